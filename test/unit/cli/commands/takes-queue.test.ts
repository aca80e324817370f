import { describe, expect, it } from 'vitest'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { ok, type Problem } from '../../../../src/shared/outcome.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { asked, files } from '../asked.ts'
import { temporaryFolder, understudy } from '../session.ts'

const id = (letter: string) => `01JD8Q${letter.repeat(20)}`
const waiting = (letter: string, place: number, paused = false, state: TakeState = 'READY') =>
  aTake({ id: id(letter), state, attempt: 1, clipName: `${letter}.mp4`, queued: { place, paused } })
const running = aTake({ id: id('Z'), state: 'ACKED', attempt: 1, taskId: 'task-1' })
const three = (paused = false) => [
  running,
  waiting('C', 2, paused),
  waiting('A', 1, paused),
  waiting('B', 3, paused, 'PREPARING'),
]
/** The queue counts places; the list of all takes has an order of its own. */
const studioWith = (paused = false) => {
  const takes = three(paused).toSorted((a, b) => (a.queued?.place ?? 0) - (b.queued?.place ?? 0))
  return fakeStudio({ takes, paused, life: [] })
}
const queue = (argv: readonly string[], studio = studioWith()) =>
  understudy(['takes', 'queue', ...argv], { studio })

describe('understudy takes queue', () => {
  it('lists what waits to be sent in its order, and why', async () => {
    const { code, stdout, stderr } = await queue(['list'])
    expect(code).toBe(0)
    const rows = stdout.split('\n').slice(1, 4)
    expect(rows.map((row) => row.slice(0, 26))).toEqual([id('A'), id('C'), id('B')])
    expect(rows.map((row) => /in the queue|Preparing the files/.exec(row)?.[0])).toEqual([
      'in the queue',
      'in the queue',
      'Preparing the files',
    ])
    expect(stdout).not.toContain(id('Z'))
    expect(stderr).toContain('understudy takes follow --all')
  })

  it('tells programs whether it is paused, and each take with its place', async () => {
    const { stdout } = await queue(['list', '--json'], studioWith(true))
    expect(JSON.parse(stdout)).toMatchObject({
      paused: true,
      takes: [
        { id: id('A'), queued: { place: 1, paused: true } },
        { id: id('C'), queued: { place: 2 } },
        { id: id('B'), state: 'PREPARING' },
      ],
    })
  })

  it('says that nothing waits', async () => {
    const { stdout } = await queue(['list'], fakeStudio({ takes: [running] }))
    expect(stdout).toBe('No take waits to be sent.\n')
  })

  it('pauses and resumes, and names the way on while it is paused', async () => {
    const studio = studioWith()
    expect((await queue(['pause'], studio)).stdout).toContain(
      'Paused. To continue: understudy takes queue resume',
    )
    expect(studio.takes.queue().paused).toBe(true)
    expect((await queue(['resume'], studio)).stdout).not.toContain('Paused.')
    expect(studio.takes.queue().paused).toBe(false)
    expect(studio.woken).toEqual([])
  })

  it('says that takes are sent later when a pause can’t be saved, since it ends with the command', async () => {
    const studio = studioWith()
    const unsaved: Problem = { code: 'disk-full', message: 'Paused until you quit.' }
    const full = {
      ...studio,
      takes: {
        ...studio.takes,
        pauseQueue: () => Promise.resolve(ok({ ...studio.takes.queue(), paused: true, unsaved })),
      },
    }
    const { code, stdout, stderr } = await queue(['pause'], full)
    expect(code).not.toBe(0)
    expect(stderr).toContain('isn’t paused')
    expect(stderr).toContain('sent when Understudy opens next')
    expect(stdout).not.toContain('Paused')
  })

  it('moves by enough of an id, to one place', async () => {
    const studio = studioWith()
    for (const to of [['--first'], ['--last'], ['--before', 'CCC']])
      expect((await queue(['move', 'BBB', ...to], studio)).code).toBe(0)
    expect(studio.said).toEqual([
      `move ${id('B')} "first"`,
      `move ${id('B')} "last"`,
      `move ${id('B')} {"before":"${id('C')}"}`,
    ])
    for (const wrong of [
      ['BBB'],
      ['BBB', '--first', '--last'],
      ['nobody', '--first'],
      ['BBB', '--before', 'no'],
    ])
      expect((await queue(['move', ...wrong], studio)).code).toBe(2)
    expect(studio.said).toHaveLength(3)
  })

  it('cancels a take that waits, and never one that was sent', async () => {
    const studio = studioWith()
    expect((await queue(['cancel', 'CCC'], studio)).code).toBe(0)
    expect(studio.takes.show(id('C'))).toMatchObject({ value: { state: 'DRAFT' } })
    expect((await queue(['cancel', 'ZZZ'], studio)).code).toBe(2)
  })
})

describe('a paused queue', () => {
  it('refuses a command that would wait for ever for a take to be sent', async () => {
    for (const argv of [
      ['takes', 'follow', 'AAA'],
      ['takes', 'submit-again', id('D'), '--yes'],
    ]) {
      const takes = [...three(true), aTake({ id: id('D'), state: 'DRAFT' })]
      const { code, stderr, studio } = await understudy(argv, { studio: fakeStudio({ takes, paused: true }) })
      expect([argv[1], code]).toEqual([argv[1], 2])
      expect(stderr).toContain('understudy takes queue resume')
      expect([studio.woken, studio.said]).toEqual([[], []])
    }
  })

  it('refuses a new take before there is one', async () => {
    const studio = fakeStudio({ files, paused: true })
    const { code, stderr } = await understudy(asked(temporaryFolder(), '--yes'), { studio })
    expect(code).toBe(2)
    expect(stderr).toContain('understudy takes queue resume')
    expect([studio.submitted, studio.woken, studio.said]).toEqual([[], [], []])
  })

  it('asks nobody to pay for what isn’t sent', async () => {
    const asking = { isTTY: true, ask: () => Promise.reject(new Error('asked')) }
    const studio = fakeStudio({ files, paused: true })
    const { code, stderr } = await understudy(asked(temporaryFolder()), { studio, ...asking })
    expect(code).toBe(2)
    expect(stderr).toContain('understudy takes queue resume')
  })

  it('that was paused after the question still takes no new take', async () => {
    const studio = fakeStudio({ files })
    const openStudio = async () => {
      await studio.takes.pauseQueue(true)
      return ok(studio)
    }
    const { code, stderr } = await understudy(asked(temporaryFolder(), '--yes'), { studio, openStudio })
    expect([code, studio.submitted]).toEqual([2, []])
    expect(stderr).toContain('understudy takes queue resume')
  })

  it('follows what runs, and says how many are not sent', async () => {
    const studio = fakeStudio({ takes: three(true), paused: true, life: [{ state: 'DONE' }] })
    const { code, stderr } = await understudy(['takes', 'follow', '--all'], { studio })
    expect(code).toBe(0)
    expect(stderr).toContain('3 takes are not sent')
    expect(studio.woken).toEqual([id('Z')])
  })

  it('says only how many are not sent when nothing runs', async () => {
    const studio = fakeStudio({ takes: [waiting('A', 1, true)], paused: true, life: [] })
    const { code, stdout, stderr } = await understudy(['takes', 'follow', '--all'], { studio })
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('1 take is not sent')
  })
})
