import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'
import { json } from '../../support/servers/scripted-server.ts'

const stage = libraryStage()

const paid = { provider: 'kling', model: 'kling-v3', mode: 'std', orientation: 'video' } as const
/** 6 s at 0.126 USD. */
const amount = 0.756

const aPaidTake = (passGuard = false, id = takeId) => {
  const take = aTake(stage.folder, { id, consent: { amount, passGuard } })
  return { ...take, settings: { ...take.settings, ...paid, account: 'kling-1' } }
}
const entries = () =>
  stage.bench?.journal.spend().map(({ outcome, cost, ...rest }) => ({ ...rest, outcome, cost }))

describe('the ledger', () => {
  it('enters a paid attempt before its first byte leaves, and what was really deducted afterwards', async () => {
    const atSubmit: unknown[] = []
    const { origin } = await stage.provider({
      submit: (response, accept) => {
        atSubmit.push(entries())
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1', task_status: 'submitted' } })
      },
      status: (response) => {
        const data = {
          task_id: 'task-1',
          task_status: 'succeed',
          final_unit_deduction: '5.4',
          task_result: { videos: [{ url: `${origin}/task-1.mp4` }] },
        }
        json(response, 200, { code: 0, data })
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aPaidTake())
    const take = await stage.bench.until(takeId, 'DONE')
    const entry = {
      take: takeId,
      attempt: 1,
      account: 'kling-1',
      provider: 'kling',
      model: 'kling-v3',
      amount,
    }
    expect(atSubmit).toEqual([[expect.objectContaining({ ...entry, outcome: 'open', cost: null })]])
    const cost = { units: '5.4', unitName: 'units' }
    expect(entries()).toEqual([expect.objectContaining({ ...entry, outcome: 'done', cost })])
    expect(take.cost).toEqual(cost)
  })

  it('marks what was refused, so that it does not count against the limit of a day', async () => {
    const { origin } = await stage.provider({
      submit: (response) => {
        json(response, 400, { code: 1301, message: 'unsafe' })
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aPaidTake())
    await stage.bench.until(takeId, 'REJECTED')
    expect(entries()).toMatchObject([{ outcome: 'refused' }])
    expect(stage.bench.journal.spentSince('2000-01-01T00:00:00.000Z')).toBe(0)
  })

  it('holds nothing of a take that the provider has put off, until it is sent', async () => {
    const seen: unknown[] = []
    const { origin } = await stage.provider({
      submit: (response, accept, nth) => {
        if (nth === 1) {
          json(response, 429, { code: 1303, message: 'parallel task over resource pack limit' })
          return
        }
        seen.push(stage.bench?.journal.spend().length)
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1', task_status: 'submitted' } })
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    const held: unknown[] = []
    stage.bench.library.subscribe((take) => {
      if (take.state === 'HELD') held.push(stage.bench?.journal.spend().length)
    })
    await stage.bench.library.submit(aPaidTake())
    await stage.bench.until(takeId, 'DONE')
    expect(held).toEqual([0])
    expect(seen).toEqual([1])
    expect(stage.bench.journal.spentSince('2000-01-01T00:00:00.000Z')).toBeCloseTo(amount)
  })

  it('says nothing about practice', async () => {
    const { origin } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    expect(entries()).toEqual([])
  })
})

describe('a limit of the user', () => {
  it('stops a take that would pass it, and lets it go with a yes of its own', async () => {
    const { origin, count } = await stage.provider()
    const guards = { perTake: 0.5, perDay: null }
    stage.bench = openLibrary({ folder: stage.folder, origin, guards })
    expect(await stage.bench.library.submit(aPaidTake())).toMatchObject({
      ok: false,
      problem: { code: 'guard-passed', message: expect.stringContaining('0.76 USD') },
    })
    expect(count.submit).toBe(0)
    expect((await stage.bench.library.submit(aPaidTake(true))).ok).toBe(true)
    await stage.bench.until(takeId, 'DONE')
    expect(count.submit).toBe(1)
  })

  it('counts what was spent today', async () => {
    const { origin } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin, guards: { perTake: null, perDay: 1 } })
    expect((await stage.bench.library.submit(aPaidTake())).ok).toBe(true)
    await stage.bench.until(takeId, 'DONE')
    const second = await stage.bench.library.submit(aPaidTake(false, '01ARZ3NDEKTSV4RRFFQ69G5FAW'))
    expect(second).toMatchObject({ ok: false, problem: { code: 'guard-passed' } })
  })
})

describe('the width of an account', () => {
  it('is never passed, and every take gets its turn', async () => {
    const ids = ['1', '2', '3', '4', '5'].map((digit) => `01ARZ3NDEKTSV4RRFFQ69G5FA${digit}`)
    let running = 0
    let most = 0
    const polls = new Map<string, number>()
    const { origin, tasks } = await stage.provider({
      submit: (response, accept) => {
        accept()
        running += 1
        most = Math.max(most, running)
        json(response, 200, {
          code: 0,
          data: { task_id: `task-${String(tasks.length)}`, task_status: 'submitted' },
        })
      },
      result: () => false,
    })
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      width: 2,
      also: {
        status: (id) => {
          const asked = (polls.get(id) ?? 0) + 1
          polls.set(id, asked)
          // None ends before the next one has come, however long its preparation takes.
          if (asked < 4 || (running < 2 && tasks.length < ids.length))
            return Promise.resolve({ kind: 'running', word: 'processing', progress: null, eta: null })
          running -= 1
          return Promise.resolve({ kind: 'succeeded', taskId: id, url: `${origin}/${id}.mp4`, cost: null })
        },
      },
    })
    for (const id of ids) await stage.bench.library.submit(aTake(stage.folder, { id }))
    for (const id of ids) await stage.bench.until(id, 'DONE')
    expect(most).toBe(2)
    expect(tasks).toHaveLength(5)
  })
})

describe('cancelling a task that was submitted', () => {
  const running = { kind: 'running', word: 'processing', progress: null, eta: null } as const

  it('asks the provider where it can, and follows the task to the end it says', async () => {
    const { origin } = await stage.provider()
    const cancelled: string[] = []
    const problem = fail('provider-failed', 'The task was cancelled.').problem
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: {
        status: () =>
          Promise.resolve(cancelled.length === 0 ? running : { kind: 'failed', problem, cost: null }),
        cancel: (id) => {
          cancelled.push(id)
          return Promise.resolve(ok(null))
        },
      },
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'ACKED')
    expect((await stage.bench.library.cancel(takeId)).ok).toBe(true)
    expect((await stage.bench.until(takeId, 'REMOTE_FAILED')).problem).toEqual(problem)
    expect(cancelled).toEqual(['task-1'])
  })

  it('is refused where the provider cannot, and the take is followed as before', async () => {
    const { origin } = await stage.provider()
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: { status: () => Promise.resolve(running) },
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'ACKED')
    const refused = await stage.bench.library.cancel(takeId)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(stage.bench.library.show(takeId)).toMatchObject({ ok: true, value: { state: 'ACKED' } })
  })
})

describe('money that was agreed to and not sent yet', () => {
  it('counts against the limit of a day, so that many takes at once cannot pass it together', async () => {
    const { origin, count } = await stage.provider()
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      guards: { perTake: null, perDay: 1 },
      width: 0,
    })
    const ids = ['1', '2', '3'].map((digit) => `01ARZ3NDEKTSV4RRFFQ69G5FA${digit}`)
    const { library } = stage.bench
    const asked = await Promise.all(ids.map((id) => library.submit(aPaidTake(false, id))))
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1)
    expect(count.submit).toBe(0)
  })

  it('is asked for again, at today’s rate and within today’s limits, before a new attempt', async () => {
    const guards = { perTake: null as number | null, perDay: null }
    const { origin, count } = await stage.provider({
      submit: (response) => {
        json(response, 400, { code: 1301, message: 'unsafe' })
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin, guards })
    const { library } = stage.bench
    await library.submit(aPaidTake())
    await stage.bench.until(takeId, 'REJECTED')
    expect(await library.submitAgain(takeId, { amount: 0.1, passGuard: false })).toMatchObject({
      ok: false,
      problem: { code: 'consent-needed' },
    })
    guards.perTake = 0.5
    expect(await library.submitAgain(takeId, { amount, passGuard: false })).toMatchObject({
      ok: false,
      problem: { code: 'guard-passed' },
    })
    expect(count.submit).toBe(1)
    expect((await library.submitAgain(takeId, { amount, passGuard: true })).ok).toBe(true)
    await expect.poll(() => count.submit).toBe(2)
  })

  it('counts a failed task only where the provider took something for it', async () => {
    const taken = ['0', '3.5']
    const { origin } = await stage.provider()
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: {
        status: () => {
          const cost = { units: taken.shift() ?? '0', unitName: 'units' }
          const { problem } = fail('provider-failed', 'It failed.')
          return Promise.resolve({ kind: 'failed', problem, cost })
        },
      },
    })
    const since = '2000-01-01T00:00:00.000Z'
    await stage.bench.library.submit(aPaidTake())
    await stage.bench.until(takeId, 'REMOTE_FAILED')
    expect(stage.bench.journal.spentSince(since)).toBe(0)
    const second = '01ARZ3NDEKTSV4RRFFQ69G5FAW'
    await stage.bench.library.submit(aPaidTake(false, second))
    await stage.bench.until(second, 'REMOTE_FAILED')
    expect(stage.bench.journal.spentSince(since)).toBeCloseTo(0.49)
  })
})

describe('taking a take back', () => {
  it('never cancels a task that was submitted, even where the provider could', async () => {
    const { origin } = await stage.provider()
    const cancelled: string[] = []
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: {
        status: () => Promise.resolve({ kind: 'running', word: 'processing', progress: null, eta: null }),
        cancel: (id) => {
          cancelled.push(id)
          return Promise.resolve(ok(null))
        },
      },
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'ACKED')
    expect((await stage.bench.library.takeBack(takeId)).ok).toBe(false)
    expect(cancelled).toEqual([])
  })
})
