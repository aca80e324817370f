import { describe, expect, it } from 'vitest'
import { fail } from '../../../../src/shared/outcome.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { lost, newer, older, rest } from '../some-takes.ts'
import { understudy } from '../session.ts'

describe('a take that cannot be noted down any more', () => {
  it('ends the following with its task id, because only a restart helps', async () => {
    const { problem } = fail('library-damaged', 'The disk failed.', { detail: 'Task 8' })
    const stuck = aTake({ ...newer, state: 'WIRE', taskId: null, problem })
    const { code, stderr } = await understudy(['takes', 'follow'], { studio: fakeStudio({ takes: [stuck] }) })
    expect(code).toBe(7)
    expect(stderr).toContain('Task 8')
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
    expect(stderr).toContain(`(${newer.id}) was not sent yet. Understudy sends it now: about 0.42 USD`)
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

  it('goes on with a take that had no key, since the key may be there now', async () => {
    const { problem } = fail('account-key', 'No key.')
    const studio = fakeStudio({ takes: [aTake({ ...newer, state: 'HELD', problem })], life: rest })
    expect((await understudy(['takes', 'follow', '--all'], { studio })).code).toBe(0)
    const still = aTake({ ...newer, state: 'HELD', problem })
    const { code } = await understudy(['takes', 'follow', '--all'], {
      studio: fakeStudio({ takes: [still], life: [{ state: 'ACKED' }, { state: 'HELD', problem }] }),
    })
    expect(code).toBe(5)
  })

  it('downloads a watermarked version again that is missing, and says so', async () => {
    const lostMark = fail('file-missing', 'The watermarked version of dance.mp4 is missing.')
    const marked = aTake({ ...older, watermarked: older.result })
    const studio = fakeStudio({ takes: [marked], life: [], lostMark })
    const { stderr } = await understudy(['takes', 'follow', marked.id], { studio })
    expect(studio.said[0]).toBe(`check again ${marked.id}`)
    expect(stderr).toContain('is missing. Understudy downloads it again for free.')
  })

  it('fetches a result again that is gone, and says so', async () => {
    const damaged = fail('file-missing', 'The result of dance.mp4 is no longer there.')
    const studio = fakeStudio({ takes: [older], life: [{ state: 'ACKED' }, ...rest], damaged })
    const { code, lines, stderr } = await understudy(['takes', 'follow', older.id, '--json'], { studio })
    expect([code, studio.said[0]]).toEqual([0, `check again ${older.id}`])
    expect(stderr).toContain('no longer there. Understudy downloads it again for free')
    expect(lines().at(-1)).toMatchObject({ event: 'done', take: { state: 'DONE' } })
  })

  it('fails where a result that is gone cannot be fetched any more', async () => {
    const studio = fakeStudio({ takes: [older], damaged: fail('file-missing', 'It is gone.'), life: [] })
    const checkAgain = () => Promise.resolve(fail('result-expired', 'The provider kept it until May.'))
    const { code, stderr } = await understudy(['takes', 'follow', older.id], {
      studio: { ...studio, takes: { ...studio.takes, checkAgain } },
    })
    expect(code).toBe(5)
    expect(stderr).toContain('The provider kept it until May.')
  })

  it('ends at once where the result turned out to be whole', async () => {
    const studio = fakeStudio({ takes: [older], damaged: fail('file-missing', 'It is gone.'), life: [] })
    expect((await understudy(['takes', 'follow', older.id], { studio })).code).toBe(0)
  })

  it('says of a take that was given up that nothing is followed, which is no failure', async () => {
    const given = aTake({ ...lost, state: 'ABANDONED' })
    const situation = { studio: fakeStudio({ takes: [given] }) }
    const { code, lines, stderr } = await understudy(['takes', 'follow', given.id, '--json'], situation)
    expect([code, lines().at(-1)]).toEqual([0, expect.objectContaining({ event: 'done' })])
    expect(stderr).toContain('was given up, so it isn’t followed')
    expect(stderr).not.toContain('Nobody knows')
  })

  it('names the take to which the task of another one went', async () => {
    const parted = aTake({
      ...lost,
      state: 'ABANDONED',
      problem: { code: 'outcome-unknown', message: 'It had started after all.', detail: newer.id },
    })
    const { code, stderr } = await understudy(['takes', 'follow', parted.id], {
      studio: fakeStudio({ takes: [parted, newer] }),
    })
    expect([code, stderr]).toEqual([0, expect.stringContaining(`understudy takes follow ${newer.id}`)])
  })

  it('sends nothing of a take whose wish was refused', async () => {
    const unsent = aTake({ ...newer, state: 'READY', taskId: null })
    const studio = fakeStudio({ takes: [unsent], life: rest })
    const adopt = () => Promise.resolve(fail('usage', 'It cannot be given a task id now.'))
    const { code } = await understudy(['takes', 'adopt', unsent.id, '99'], {
      studio: { ...studio, takes: { ...studio.takes, adopt } },
    })
    expect([code, studio.woken]).toEqual([2, []])
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
    expect(stderr).toContain('continue at the next start')
    expect(studio.said).toEqual(['resume'])
  })
})

describe('takes follow of several takes', () => {
  it('says of each problem which take it belongs to, and names commands and no buttons', async () => {
    const advice = 'Check again later.'
    const { problem } = fail('provider-failed', 'It could not be made.', { advice })
    const other = { ...newer, id: '01JD3CCCCCCCCCCCCCCCCCCCCC' }
    const studio = fakeStudio({ takes: [newer, other], life: [{ state: 'REMOTE_FAILED', problem }] })
    const { stderr } = await understudy(['takes', 'follow', '--all'], { studio })
    for (const { id } of [newer, other])
      expect(stderr).toContain(
        `The take of dance.mp4 (${id}): It could not be made. Check again (understudy takes follow ${id}) later.`,
      )
  })

  it('ends at once, with one sentence, where a newer version made the library', async () => {
    const { problem } = fail('library-newer', 'This library was written by a newer Understudy.')
    const studio = { ...fakeStudio({ takes: [newer] }), libraryNotices: [{ problem, stays: true }] }
    const { code, stderr } = await understudy(['takes', 'follow', '--all'], { studio })
    expect([code, stderr]).toEqual([7, `${problem.message}\n`])
  })

  it('says one sentence once, also where it is the reason of a refusal', async () => {
    const newerLibrary = fail('library-newer', 'This library was written by a newer Understudy.')
    const studio = fakeStudio({ takes: [lost], life: [] })
    const { code, stderr } = await understudy(['takes', 'adopt', lost.id, '99'], {
      studio: {
        ...studio,
        libraryNotices: [{ problem: newerLibrary.problem, stays: true }],
        takes: { ...studio.takes, adopt: () => Promise.resolve(newerLibrary) },
      },
    })
    expect([code, stderr]).toEqual([7, `${newerLibrary.problem.message}\n`])
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

  it('says before the second payment that the first may be charged as well', async () => {
    const estimate = { ...lost.estimate, amount: 0.84 }
    const costly = { ...lost, estimate, sentAt: '2026-11-20T12:00:00.000Z' }
    const argv = ['takes', 'submit-again', costly.id]
    const situation = () => ({ studio: fakeStudio({ takes: [costly], life: rest }) })
    const also = 'You may be charged for the first attempt as well.'
    expect((await understudy(argv, situation())).stderr).toContain(also)
    expect((await understudy([...argv, '--yes'], situation())).stderr).toContain(also)
    const questions: string[] = []
    const ask = (question: string) => {
      questions.push(question)
      return Promise.resolve(false)
    }
    await understudy(argv, { ...situation(), ask })
    expect(questions).toEqual([expect.stringContaining(also)])
  })

  it.each([
    [{ state: 'UNKNOWN', taskId: null }, 'may be charged for the first attempt as well'],
    [{ state: 'HELD', resume: 'UNKNOWN', taskId: null }, 'may be charged for the first attempt as well'],
    [{ state: 'READY', taskId: null }, 'was not sent yet'],
    [{ state: 'ACKED' }, 'is running or already done'],
    [{ state: 'NEEDS_USER' }, 'count it as charged'],
  ] as const)('asks for no money where nothing may be sent: %j', async (about, why) => {
    const studio = fakeStudio({ takes: [aTake({ ...newer, ...about })] })
    const { code, stderr } = await understudy(['takes', 'submit-again', newer.id], {
      studio,
      ask: () => Promise.reject(new Error('asked')),
    })
    expect([code, stderr, studio.said]).toEqual([2, expect.stringContaining(why), []])
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
