import { describe, expect, it } from 'vitest'
import { fail } from '../../../../src/shared/outcome.ts'
import type { Take } from '../../../../src/shared/domain/take.ts'
import { markMissed } from '../../../../src/main/takes/problems.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { aResult, fakeStudio } from '../../../support/library/fake-studio.ts'
import { understudy } from '../session.ts'

const id = '01JD2CCCCCCCCCCCCCCCCCCCCC'
const priced = { ...aTake().estimate, amount: 1.26, perSecond: 0.126, seconds: 10 }

/** What `takes show` says to a person, at half past twelve. */
async function shown(take: Partial<Take>, ...others: readonly Take[]): Promise<string> {
  const one = aTake({ id, attempt: 1, estimate: priced, ...take })
  const studio = fakeStudio({ takes: [one, ...others] })
  const { stdout } = await understudy(['takes', 'show', id], { studio })
  return stdout.replace(/ {2,}/g, '  ')
}

const settings = { ...aTake().settings, provider: 'highway', model: 'kling-v3-0-std' }

describe('takes show of a take that needs its user', () => {
  const asking = {
    state: 'NEEDS_USER',
    settings,
    sentAt: '2026-11-20T12:00:00.000Z',
    problem: { code: 'outcome-unknown', message: 'It is not known whether this take started.' },
  } as const

  it('says what happened, the money, where to look, and the four ways out with the free ones first', async () => {
    const told = await shown(asking)
    expect(told).toContain('It was sent to Highway (2026-11-20 12:00 UTC)')
    expect(told).toContain('It costs about 1.26 USD. You may have been charged.')
    expect(told).toContain('Look on Highway’s website for a Kling 3.0 Standard task, 10 s long')
    const ways = ['takes follow', 'takes adopt', 'takes submit-again', 'takes give-up']
    const places = ways.map((way) => told.indexOf(`understudy ${way} 01JD2CCCCCCCCC`))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(told).toContain('(about 1.26 USD; asks first)')
  })

  it('offers no new attempt for a task that the provider knows', async () => {
    const told = await shown({ ...asking, taskId: '790' })
    expect(told).not.toContain('submit-again')
    expect(told).toContain('count it as charged')
  })

  it('names the tasks that could be it', async () => {
    const problem = { ...asking.problem, detail: 'q-1, q-2' }
    expect(await shown({ ...asking, problem })).toMatch(/Could be {2}q-1\nCould be {2}q-2\n/)
  })
})

describe('takes show of a take that was given up', () => {
  it('promises no question to the provider any more', async () => {
    const advice = 'Nothing is sent again automatically. Understudy asks the provider first.'
    const problem = {
      code: 'outcome-unknown',
      message: 'It is not known whether it started.',
      advice,
    } as const
    const told = await shown({ state: 'ABANDONED', problem })
    expect(told).toContain('It is not known whether it started.')
    expect(told).not.toContain('asks the provider')
    const parted = { ...problem, advice: 'Its result appears as a separate take.', detail: id }
    expect(await shown({ state: 'ABANDONED', problem: parted })).toContain('a separate take')
  })
})

describe('takes show of a take that is done', () => {
  it('says that its result is gone or changed, and the command that fetches it again', async () => {
    const done = aTake({ id, attempt: 1, state: 'DONE', result: aResult })
    const damaged = fail('file-damaged', 'The result was changed.', { advice: 'Move it away.' })
    const studio = fakeStudio({ takes: [done], damaged })
    const { stdout } = await understudy(['takes', 'show', id], { studio })
    expect(stdout).toContain('The result was changed.')
    expect(stdout).toContain('understudy takes follow 01JD2CCCCCCCCC')
    expect(stdout).not.toContain('Nothing more to do')
    const told = await understudy(['takes', 'show', id, '--json'], { studio })
    expect(JSON.parse(told.stdout)).toMatchObject({ resultProblem: { code: 'file-damaged' } })
  })
})

describe('takes show of a take with a marked version', () => {
  const done = { state: 'DONE', result: aResult } as const
  const markProblem = { code: 'result-unusable', message: 'No mark.', advice: 'Check it again.' } as const
  const json = async (take: Partial<Take>): Promise<unknown> => {
    const studio = fakeStudio({ takes: [aTake({ id, attempt: 1, ...done, ...take })] })
    return JSON.parse((await understudy(['takes', 'show', id, '--json'], { studio })).stdout)
  }

  it('names its file', async () => {
    expect(await shown({ ...done, watermarked: aResult })).toContain('result-watermarked.mp4')
    expect(await json({ watermarked: aResult })).toMatchObject({
      watermarked: { path: expect.stringContaining('result-watermarked.mp4'), sha256: aResult.sha256 },
    })
  })

  it('says that it is coming, or why it is not there', async () => {
    expect(await shown({ ...done, markComing: true })).toContain('is being downloaded')
    expect(await shown({ ...done, markProblem })).toMatch(/Watermarked {2}No mark\.\n {2}Check it again\./)
    expect(await json({ markProblem })).toMatchObject({ watermarkedProblem: { message: 'No mark.' } })
    const missed = markMissed('dance.mp4', 'No link.')
    expect(await shown({ ...done, markProblem: missed })).toContain(
      `Download watermarked version (understudy takes follow ${id}) to try again for free.`,
    )
  })
})

describe('takes show of a take that goes on by itself', () => {
  it('says when a hold tries again, how long the result is kept, and the command for another folder', async () => {
    const told = await shown({
      state: 'HELD',
      resume: 'REMOTE_DONE',
      taskId: '790',
      heldUntil: '2026-11-20T12:30:15.000Z',
      resultUntil: '2026-11-20T13:00:00.000Z',
      problem: { code: 'disk-full', message: 'Only 38 MB are free, and 412 MB are needed.' },
    })
    expect(told).toContain('The download needs disk space')
    expect(told).toContain('The download resumes automatically when there is space.')
    expect(told).toContain('Tries again  2026-11-20 12:30 UTC (15 s left)')
    expect(told).toContain('Kept until  2026-11-20 13:00 UTC (30 min left)')
    expect(told).toContain('understudy takes save-elsewhere 01JD2CCCCCCCCC --out FOLDER')
  })

  it('says which take an earlier attempt belongs to', async () => {
    const parent = aTake({ id: '01JD1AAAAAAAAAAAAAAAAAAAAA', attempt: 2, sentAt: '2026-11-20T12:00:00.000Z' })
    const told = await shown({ state: 'ACKED', taskId: '790', partOf: parent.id }, parent)
    expect(told).toContain(
      `Belongs to  ${parent.id}: Earlier attempt of “hero.png performs dance.mp4”: it had started after all. The provider may have charged you for both attempts.`,
    )
  })

  it('tells programs the same facts', async () => {
    const take = aTake({
      id,
      state: 'HELD',
      resume: 'REMOTE_DONE',
      partOf: '01JD1AAAAAAAAAAAAAAAAAAAAA',
      sentAt: '2026-11-20T12:00:00.000Z',
      heldUntil: '2026-11-20T12:30:15.000Z',
      resultUntil: '2026-11-20T13:00:00.000Z',
    })
    const { stdout } = await understudy(['takes', 'show', id, '--json'], {
      studio: fakeStudio({ takes: [take] }),
    })
    const { partOf, sentAt, heldUntil, resultUntil } = take
    expect(JSON.parse(stdout)).toMatchObject({ partOf, sentAt, heldUntil, resultUntil })
  })
})
