import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Rebuilt } from '../../../src/main/studio-types.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/a-take.ts'
import { aResult, fakeStudio } from '../../support/fake-studio.ts'
import { temporaryFolder, understudy } from './session.ts'

const older = aTake({
  id: '01JD1AAAAAAAAAAAAAAAAAAAAA',
  state: 'DONE',
  attempt: 1,
  taskId: '7',
  result: aResult,
})
const newer = aTake({ id: '01JD2BBBBBBBBBBBBBBBBBBBBB', state: 'ACKED', attempt: 1, taskId: '8' })
const lost = aTake({
  id: '01JD2CCCCCCCCCCCCCCCCCCCCC',
  state: 'NEEDS_USER',
  attempt: 1,
  problem: fail('outcome-unknown', 'Nobody knows.').problem,
})
const rest = [{ state: 'REMOTE_DONE' }, { state: 'DOWNLOADING' }, { state: 'DONE', result: aResult }] as const

describe('takes rebuild', () => {
  const rebuilding = (rebuilt: Rebuilt) => {
    const studio = fakeStudio({ takes: [older] })
    const rebuild = () => Promise.resolve(ok(rebuilt))
    return { ...studio, takes: { ...studio.takes, rebuild } }
  }

  it('names the takes that are back', async () => {
    const studio = rebuilding({ takes: [older], lost: [] })
    const { code, stdout } = await understudy(['takes', 'rebuild', '--json'], { studio })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ takes: [{ id: older.id, state: 'DONE' }], lost: [] })
    const told = await understudy(['takes', 'rebuild'], { studio })
    expect(told.stdout).toContain(older.id)
  })

  it('says that nothing was missing', async () => {
    const studio = rebuilding({ takes: [], lost: [] })
    const { code, stdout } = await understudy(['takes', 'rebuild'], { studio })
    expect([code, stdout]).toEqual([0, 'No take was missing that could be brought back.\n'])
  })

  it('names folders that do not say enough, with the task they name', async () => {
    const both = [
      { id: newer.id, taskId: '8' },
      { id: lost.id, taskId: null },
    ]
    const studio = rebuilding({ takes: [], lost: both })
    const { code, stdout, stderr } = await understudy(['takes', 'rebuild', '--json'], { studio })
    expect(code).toBe(7)
    expect(JSON.parse(stdout)).toEqual({ takes: [], lost: both })
    expect(stderr).toContain('2 folders do not say enough')
    expect(stderr).toContain(`${newer.id}: task 8`)
    const one = await understudy(['takes', 'rebuild'], {
      studio: rebuilding({ takes: [], lost: both.slice(0, 1) }),
    })
    expect(one.stderr).toContain('One folder does not say enough')
  })

  it('says why it cannot', async () => {
    const studio = fakeStudio({ takes: [] })
    const rebuild = () => Promise.resolve(fail('library-newer', 'Too new.'))
    const { code } = await understudy(['takes', 'rebuild'], {
      studio: { ...studio, takes: { ...studio.takes, rebuild } },
    })
    expect(code).toBe(7)
  })
})

describe('a take that cannot be noted down any more', () => {
  it('ends the following with its task id, because only a restart helps', async () => {
    const { problem } = fail('library-damaged', 'The disk failed.', { detail: 'Task 8' })
    const stuck = aTake({ ...newer, state: 'WIRE', taskId: null, problem })
    const { code, stderr } = await understudy(['takes', 'follow'], { studio: fakeStudio({ takes: [stuck] }) })
    expect(code).toBe(7)
    expect(stderr).toContain('Task 8')
  })
})

describe('takes list', () => {
  it('shows the newest first, with what a program needs', async () => {
    const studio = fakeStudio({ takes: [older, newer] })
    const { code, stdout } = await understudy(['takes', 'list', '--json'], { studio })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      {
        id: newer.id,
        state: 'ACKED',
        provider: 'practice',
        model: 'practice',
        taskId: '8',
        createdAt: newer.createdAt,
      },
      {
        id: older.id,
        state: 'DONE',
        provider: 'practice',
        model: 'practice',
        taskId: '7',
        createdAt: older.createdAt,
        result: { path: `/library/${older.id}/result.mp4`, bytes: 5, sha256: 'c0ffee', duration: 6 },
      },
    ])
  })

  it('is a table for people', async () => {
    const { stdout } = await understudy(['takes', 'list'], { studio: fakeStudio({ takes: [older] }) })
    expect(stdout).toBe(
      'TAKE                        STATE  PROVIDER  MODEL     CREATED (UTC)     CHARACTER  CLIP\n' +
        '01JD1AAAAAAAAAAAAAAAAAAAAA  DONE   practice  practice  2026-11-20 12:00  hero.png   dance.mp4\n',
    )
  })

  it('does not set anything going', async () => {
    const { studio } = await understudy(['takes', 'list'], { studio: fakeStudio({ takes: [newer] }) })
    expect(studio.said).toEqual([])
  })

  it('says so when the library is held by another process', async () => {
    const { code, stdout, stderr } = await understudy(['takes', 'list', '--json'], {
      openStudio: () => Promise.resolve(fail('library-in-use', 'Another Understudy holds the library.')),
    })
    expect([code, stdout, stderr]).toEqual([7, '', 'Another Understudy holds the library.\n'])
  })
})

describe('a take is named by the beginning of its id', () => {
  const studio = () => fakeStudio({ takes: [older, newer, lost] })

  it('in upper or lower case', async () => {
    const { stdout } = await understudy(['takes', 'show', '01jd1', '--json'], { studio: studio() })
    expect(JSON.parse(stdout)).toMatchObject({ id: older.id, attempt: 1, clipName: 'dance.mp4' })
  })

  it('unless more than one begins so', async () => {
    const { code, stderr } = await understudy(['takes', 'show', '01JD2'], { studio: studio() })
    expect([code, stderr]).toEqual([2, '2 takes begin with “01JD2”. Type more of the id.\n'])
  })

  it('and has to exist', async () => {
    const { code, stderr } = await understudy(['takes', 'give-up', 'XYZ'], { studio: studio() })
    expect([code, stderr]).toEqual([2, 'There is no take “XYZ”. understudy takes list names them all.\n'])
  })
})

describe('takes follow', () => {
  it('ends at once when no take is open', async () => {
    const studio = fakeStudio({ takes: [older] })
    const { code, stdout } = await understudy(['takes', 'follow', '--all', '--json'], { studio })
    expect([code, stdout]).toEqual([0, ''])
  })

  it('goes on with every open take and ends when all are done', async () => {
    const studio = fakeStudio({ takes: [older, newer], life: rest })
    const { code, lines } = await understudy(['takes', 'follow', '--all', '--json'], { studio })
    expect(code).toBe(0)
    expect(lines().map((line) => line['state'] ?? line['event'])).toEqual([
      'ACKED',
      'REMOTE_DONE',
      'DOWNLOADING',
      'DONE',
      'done',
    ])
    expect(lines().at(-1)).toMatchObject({
      take: { id: newer.id, result: { path: `/library/${newer.id}/result.mp4` } },
    })
  })

  it('says of a take that was interrupted before it was sent that it is sent now, and for how much', async () => {
    const estimate = { ...aTake().estimate, amount: 0.42 }
    const unsent = aTake({ ...newer, state: 'READY', taskId: null, estimate })
    const { code, stderr } = await understudy(['takes', 'follow'], {
      studio: fakeStudio({ takes: [unsent], life: rest }),
    })
    expect(code).toBe(0)
    expect(stderr).toContain(`(${newer.id}) was not sent yet. It goes on and is sent now: about 0.42 USD`)
  })

  it.each([['follow'], ['adopt', '99'], ['submit-again', '--yes']])(
    '%s sends no other take that was interrupted before it was sent',
    async (command, ...more) => {
      const unsent = aTake({ ...older, state: 'UPLOADED', taskId: null, result: null })
      const asking = { ...lost, id: '01JD3CCCCCCCCCCCCCCCCCCCCC' }
      const studio = fakeStudio({ takes: [unsent, newer, asking], life: rest })
      await understudy(['takes', command, asking.id, ...more], { studio })
      expect(studio.woken).toEqual([newer.id, asking.id])
    },
  )

  it('ends with exit 6 when a take waits for the user', async () => {
    const studio = fakeStudio({ takes: [lost], life: [] })
    const { code, lines } = await understudy(['takes', 'follow', '--all', '--json'], { studio })
    expect(code).toBe(6)
    expect(lines().map((line) => line['event'])).toEqual(['state', 'done'])
  })

  it('ends with exit 5 when a take failed', async () => {
    const problem = fail('provider-failed', 'It could not be made.').problem
    const studio = fakeStudio({ takes: [newer], life: [{ state: 'REMOTE_FAILED', problem }] })
    const { code } = await understudy(['takes', 'follow', '--all', '--json'], { studio })
    expect(code).toBe(5)
  })

  it('ends at once for a draft, which asks for a new decision', async () => {
    const draft = aTake({ id: '01JD3DDDDDDDDDDDDDDDDDDDDD' })
    const { code } = await understudy(['takes', 'follow', draft.id], {
      studio: fakeStudio({ takes: [draft], life: ['pause'] }),
    })
    expect(code).toBe(3)
  })

  it.each([
    ['waits for its user', lost],
    ['waited for a key', { ...newer, state: 'HELD', problem: fail('account-key', 'No key.').problem }],
  ] as const)('looks once more at a take that is named and %s', async (_why, take) => {
    const studio = fakeStudio({ takes: [take], life: rest })
    const { code } = await understudy(['takes', 'follow', take.id], { studio })
    expect([code, studio.said]).toEqual([0, [`check again ${take.id}`, 'resume']])
  })

  it('leaves submitted takes alone on Ctrl-C', async () => {
    const controller = new AbortController()
    const studio = fakeStudio({ takes: [newer], life: ['pause'] })
    setImmediate(() => controller.abort())
    const { code, stderr } = await understudy(['takes', 'follow', '--all'], {
      studio,
      signal: controller.signal,
    })
    expect(code).toBe(130)
    expect(stderr).toContain('go on at the next start')
    expect(studio.said).toEqual(['resume'])
  })
})

describe('the answers to a take that waits for the user', () => {
  it('a new attempt is paid for again, so it needs consent again', async () => {
    const costly = { ...lost, estimate: { ...lost.estimate, amount: 0.84 } }
    const studio = fakeStudio({ takes: [costly], life: rest })
    const { code, stderr } = await understudy(['takes', 'submit-again', costly.id], { studio })
    expect(code).toBe(3)
    expect(stderr).toContain('about 0.84 USD')
    expect(studio.said).toEqual([])
  })

  it('submits again with consent and follows the new attempt', async () => {
    const studio = fakeStudio({ takes: [lost], life: [{ state: 'READY', attempt: 2 }, ...rest] })
    const { code } = await understudy(['takes', 'submit-again', lost.id, '--yes', '--json'], { studio })
    expect(code).toBe(0)
    expect(studio.said).toContain(`submit again ${lost.id}`)
  })

  it('adopts a task that was found at the provider and follows it', async () => {
    const studio = fakeStudio({ takes: [lost], life: [{ state: 'ACKED', taskId: '99' }, ...rest] })
    const { code } = await understudy(['takes', 'adopt', lost.id, '99', '--json'], { studio })
    expect(code).toBe(0)
    expect(studio.said).toContain(`adopt ${lost.id} 99`)
  })

  it('gives up', async () => {
    const { stdout } = await understudy(['takes', 'give-up', lost.id, '--json'], {
      studio: fakeStudio({ takes: [lost] }),
    })
    expect(JSON.parse(stdout)).toMatchObject({ id: lost.id, state: 'ABANDONED' })
  })
})

describe('takes give-up', () => {
  it('takes back first what was interrupted before it was sent', async () => {
    const studio = fakeStudio({ takes: [aTake({ ...newer, state: 'READY', taskId: null })] })
    const { code, stdout } = await understudy(['takes', 'give-up', newer.id, '--json'], { studio })
    expect([code, studio.said]).toEqual([0, [`take back ${newer.id}`]])
    expect(JSON.parse(stdout)).toMatchObject({ state: 'ABANDONED' })
  })
})

describe('takes save-elsewhere', () => {
  it('has the result fetched into a folder, named from where one is', async () => {
    const studio = fakeStudio({ takes: [older] })
    const out = temporaryFolder()
    const argv = ['takes', 'save-elsewhere', older.id, '--out', out, '--json']
    const { code, stdout } = await understudy(argv, { studio })
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ id: older.id })])
    expect(studio.said).toContain(`save elsewhere ${older.id} ${out}`)
  })

  it('needs a folder', async () => {
    const { code, stderr } = await understudy(['takes', 'save-elsewhere', older.id], { studio: fakeStudio() })
    expect([code, stderr]).toEqual([2, expect.stringContaining('--out FOLDER')])
  })
})

describe('takes export', () => {
  it('copies the result to a new file', async () => {
    const out = join(temporaryFolder(), 'dance.mp4')
    const argv = ['takes', 'export', older.id, '--out', out, '--json']
    const { code, stdout } = await understudy(argv, { studio: fakeStudio({ takes: [older] }) })
    expect([code, JSON.parse(stdout)]).toEqual([0, { path: out, bytes: 5 }])
    expect(existsSync(out)).toBe(true)
    const again = await understudy(argv, { studio: fakeStudio({ takes: [older] }) })
    expect([again.code, again.stdout]).toEqual([2, ''])
  })
})
