import { describe, expect, it } from 'vitest'
import type { Found } from '../../../src/main/providers/provider.ts'
import { aTake, freely, openLibrary, quickClock, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'
import { json } from '../../support/servers/scripted-server.ts'

const stage = libraryStage()
const hour = 60 * 60_000
const cadence = { first: 1, gap: () => 200_000 }

/** A provider that loses the answer to its first submits, and finds what the test says it finds. */
async function losing(look: (ownId: string, nth: number) => Found, lost = 1) {
  const provider = await stage.provider({
    submit: (response, accept, nth) => {
      accept()
      if (nth <= lost) response.destroy()
      else {
        const { id } = provider.tasks.at(-1) ?? { id: '' }
        response.end(JSON.stringify({ code: 0, data: { task_id: id, task_status: 'submitted' } }))
      }
    },
  })
  let looks = 0
  const find = {
    settle: 0,
    look: ({ ownId }: { readonly ownId: string }) => Promise.resolve(look(ownId, (looks += 1))),
  }
  stage.bench = openLibrary({ folder: stage.folder, origin: provider.origin, also: { find } })
  return { ...provider, bench: stage.bench, looks: () => looks }
}

describe('a task that the provider shows late', () => {
  it('answers the question that was put to the user meanwhile', async () => {
    const { bench, count } = await losing((_own, nth) =>
      nth < 4 ? { kind: 'absent' } : { kind: 'found', taskId: 'task-1' },
    )
    await bench.library.submit(aTake(stage.folder))
    expect((await bench.until(takeId, 'DONE')).taskId).toBe('task-1')
    expect(bench.states).toContain('NEEDS_USER')
    expect(count.submit).toBe(1)
  })

  it('is looked for every hour for one day, and not for ever', async () => {
    const { bench, looks } = await losing(() => ({ kind: 'absent' }))
    await bench.library.submit(aTake(stage.folder))
    const asked = await bench.until(takeId, 'NEEDS_USER')
    await expect.poll(looks).toBe(1 + 24)
    expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'NEEDS_USER', since: asked.since } })
  })

  it('comes to a take of its own when another attempt was paid for in the meantime: both results come home', async () => {
    const own: string[] = []
    const { bench, tasks, count } = await losing((ownId) => {
      if (!own.includes(ownId)) own.push(ownId)
      return own.length > 0 && again ? { kind: 'found', taskId: 'task-1' } : { kind: 'absent' }
    })
    let again = false
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'NEEDS_USER')
    again = true
    await bench.library.submitAgain(takeId, freely)
    expect((await bench.until(takeId, 'DONE')).taskId).toBe('task-2')
    await expect.poll(() => bench.library.list().map(({ state }) => state)).toEqual(['DONE', 'DONE'])
    const parted = bench.library.list().find(({ id }) => id !== takeId)
    expect(parted).toMatchObject({ taskId: 'task-1', partOf: takeId, attempt: 1 })
    expect(bench.library.resultPath(parted?.id ?? '').ok).toBe(true)
    expect([tasks.length, count.submit]).toEqual([2, 2])
    expect(own).toHaveLength(1)
  })

  it('of an earlier attempt is still looked for after a restart, and found once', async () => {
    const { bench, origin } = await losing(() => ({ kind: 'absent' }))
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'NEEDS_USER')
    await bench.library.submitAgain(takeId, freely)
    await bench.until(takeId, 'DONE')
    await bench.close()
    const look = (): Promise<Found> => Promise.resolve({ kind: 'found', taskId: 'task-1' })
    for (const start of ['first', 'second']) {
      const next = openLibrary({ folder: stage.folder, origin, also: { find: { settle: 0, look } } })
      stage.bench = next
      next.library.resume()
      await expect.poll(() => next.library.list().map(({ state }) => state)).toEqual(['DONE', 'DONE'])
      if (start === 'first') await next.close()
    }
  })
})

describe('two tasks of one request', () => {
  it('are two takes: the oldest is this one, and the other comes home as well', async () => {
    const { bench, count } = await losing(() => ({ kind: 'several', taskIds: ['task-1', 'task-2'] }))
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'ACKED', 'DONE')
    const [one, other] = [bench.library.show(takeId), bench.library.list().find(({ id }) => id !== takeId)]
    expect(one).toMatchObject({ value: { taskId: 'task-1' } })
    expect(other).toMatchObject({ taskId: 'task-2', partOf: takeId })
    expect(bench.states).not.toContain('NEEDS_USER')
    expect(count.submit).toBe(1)
  })
})

describe('a question about a task that is known', () => {
  it('is taken back when the provider knows the task again, and is asked about ever more rarely', async () => {
    const asked: number[] = []
    const clock = quickClock()
    const { origin } = await stage.provider({
      status: (response, nth) => {
        asked.push(clock.now())
        if (nth < 20) json(response, 404, { code: 1203, message: 'no such task' })
        return nth < 20
      },
    })
    const bench = openLibrary({ folder: stage.folder, origin, clock, also: { cadence } })
    stage.bench = bench
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'NEEDS_USER')
    const before = asked.length
    await bench.until(takeId, 'DONE')
    const gaps = asked.slice(before, before + 6).map((at, index) => at - asked[before + index - 1]!)
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(24 * hour + 1)
  })
})

describe('the files of an attempt that may still begin', () => {
  it('stay up when the attempt after it is refused, and go once its task has come home as a take', async () => {
    let isShown = false
    const removed: string[] = []
    const provider = await stage.provider({
      submit: (response, accept, nth) => {
        if (nth > 1) {
          json(response, 429, { code: 1102, message: 'resource pack exhausted', request_id: 'r' })
          return
        }
        accept()
        response.destroy()
      },
    })
    const look = (): Promise<Found> =>
      Promise.resolve(isShown ? { kind: 'found', taskId: 'task-1' } : { kind: 'absent' })
    const settings = { folder: stage.folder, origin: provider.origin, also: { find: { settle: 0, look } } }
    const bench = openLibrary({ ...settings, remove: (name) => removed.push(name) })
    stage.bench = bench
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'NEEDS_USER')
    const first = bench.journal.uploads(takeId).map(({ name }) => name)
    expect(first.length).toBeGreaterThan(0)
    await bench.library.submitAgain(takeId, freely)
    await bench.until(takeId, 'REJECTED')
    await bench.close()
    expect(removed.filter((name) => first.includes(name))).toEqual([])
    isShown = true
    const next = openLibrary({ ...settings, remove: (name) => removed.push(name) })
    stage.bench = next
    next.library.resume()
    await expect.poll(() => next.library.list().map(({ state }) => state)).toEqual(['DONE', 'REJECTED'])
    await expect.poll(() => first.every((name) => removed.includes(name))).toBe(true)
  })
})

describe('a task id that the user pastes', () => {
  it.each([
    ['of another take', 'task-2', /belongs to another take/],
    ['that the provider does not know', 'task-9', /knows no task task-9/],
    ['that is no id', '..', /can’t be a task id/],
  ])('%s is not adopted, and the take stays a question', async (_what, taskId, words) => {
    const { bench } = await losing(() => ({ kind: 'absent' }))
    const other = '01ARZ3NDEKTSV4RRFFQ69G5FAW'
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'NEEDS_USER')
    await bench.library.submit(aTake(stage.folder, { id: other }))
    await bench.until(other, 'DONE')
    const adopted = await bench.library.adopt(takeId, taskId)
    expect(adopted.ok ? '' : adopted.problem.message).toMatch(words)
    expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'NEEDS_USER' } })
  })
})

describe('a task that the provider has forgotten', () => {
  it('becomes a question after half an hour, however often the user looks meanwhile', async () => {
    const clock = quickClock()
    const { origin } = await stage.provider({
      status: (response) => {
        json(response, 404, { code: 1203, message: 'no such task' })
        return true
      },
    })
    const bench = openLibrary({
      folder: stage.folder,
      origin,
      clock,
      also: { cadence: { first: 1, gap: () => 30_000 } },
    })
    stage.bench = bench
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'ACKED')
    const began = clock.monotonic()
    const looking = setInterval(() => void bench.library.lookAtAll(), 1)
    await bench.until(takeId, 'NEEDS_USER')
    clearInterval(looking)
    expect(clock.monotonic() - began).toBeLessThan(2 * hour)
  })
})

describe('a clock that is set forward while the answer is out', () => {
  it('does not shorten the time in which the task may still appear', async () => {
    const clock = quickClock()
    let ahead = 0
    const own = { ...clock, now: () => clock.now() + ahead }
    let looks = 0
    const { origin } = await stage.provider({
      submit: (response, accept) => {
        accept()
        ahead = 24 * hour
        response.destroy()
      },
    })
    const look = (): Promise<Found> => {
      looks += 1
      return Promise.resolve(looks < 6 ? { kind: 'absent' } : { kind: 'found', taskId: 'task-1' })
    }
    const bench = openLibrary({
      folder: stage.folder,
      origin,
      clock: own,
      also: { find: { settle: 15 * 60_000, look } },
    })
    stage.bench = bench
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'DONE')
    expect(bench.states).not.toContain('NEEDS_USER')
  })
})
