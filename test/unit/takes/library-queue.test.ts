import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLoopbackHost } from '../../../src/main/hosting/local-hosts.ts'
import { step } from '../../../src/main/takes/state-machine.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import { aTake, openLibrary, quickClock, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()
const turn = () => new Promise((resolve) => setImmediate(resolve))
const idOf = (nth: number) => `01JD${String(nth).padStart(22, '0')}`
const places = ({ queued, state }: Take) => [state, queued?.place ?? null, queued?.paused ?? null]

describe('a paused queue', () => {
  it('sends nothing, says so at each take, and sends each once when it is resumed', async () => {
    const { origin, count } = await stage.provider()
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin }))
    expect((await bench.library.pauseQueue(true)).ok).toBe(true)
    for (const nth of [1, 2]) await bench.library.submit(aTake(stage.folder, { id: idOf(nth) }))
    for (const nth of [1, 2])
      expect(places(await bench.until(idOf(nth), 'READY'))).toEqual(['READY', nth, true])
    expect(count.submit).toBe(0)
    expect(bench.library.queue()).toEqual({
      paused: true,
      waiting: [
        { take: idOf(1), place: 1 },
        { take: idOf(2), place: 2 },
      ],
    })
    await bench.library.pauseQueue(false)
    for (const nth of [1, 2]) expect((await bench.until(idOf(nth), 'DONE')).queued).toBeNull()
    expect([count.submit, bench.library.queue()]).toEqual([2, { paused: false, waiting: [] }])
  })

  it('stays paused after a restart, in its order', async () => {
    const { origin, count } = await stage.provider()
    const first = openLibrary({ folder: stage.folder, origin })
    await first.library.pauseQueue(true)
    for (const nth of [1, 2, 3]) {
      await first.library.submit(aTake(stage.folder, { id: idOf(nth) }))
      await first.until(idOf(nth), 'READY')
    }
    await first.library.moveInQueue(idOf(3), 'first')
    await first.close()
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin, width: 1 }))
    bench.library.resume()
    expect(bench.library.queue().waiting.map(({ take }) => take)).toEqual([idOf(3), idOf(1), idOf(2)])
    for (const nth of [1, 2, 3]) await bench.until(idOf(nth), 'READY')
    expect([bench.library.queue().paused, count.submit]).toEqual([true, 0])
    const sent: string[] = []
    bench.library.subscribe(({ id, state }) => {
      if (state === 'WIRE') sent.push(id)
    })
    await bench.library.pauseQueue(false)
    for (const nth of [1, 2, 3]) await bench.until(idOf(nth), 'DONE')
    expect([sent, count.submit]).toEqual([[idOf(3), idOf(1), idOf(2)], 3])
  })

  it('holds a take back that had its slot and was checked for the last time', async () => {
    const { origin, count } = await stage.provider()
    const host = createLoopbackHost(quickClock())
    let paused = () => {}
    const pausing = new Promise<void>((resolve) => (paused = resolve))
    let looks = 0
    const bench = (stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      host: {
        ...host,
        isLive: (url) => {
          // The last look before INTENT.
          if (bench.states.at(-1) === 'READY' && (looks += 1) === 1)
            void bench.library.pauseQueue(true).then(paused)
          return host.isLive(url)
        },
      },
    }))
    await bench.library.submit(aTake(stage.folder))
    await pausing
    for (let turns = 0; turns < 50; turns += 1) await turn()
    expect([bench.states.at(-1), count.submit]).toEqual(['READY', 0])
    await bench.library.pauseQueue(false)
    await bench.until(takeId, 'DONE')
    expect([count.submit, bench.states.filter((state) => state === 'INTENT')]).toEqual([1, ['INTENT']])
  })

  it('holds a take back until the last moment before its request costs something', async () => {
    const { origin, count } = await stage.provider()
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin }))
    let pauses = 0
    bench.library.subscribe(({ state }) => {
      if (state === 'INTENT' && (pauses += 1) === 1) void bench.library.pauseQueue(true)
    })
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'HELD')
    const take = await bench.until(takeId, 'READY', 'DONE')
    for (let turns = 0; turns < 50; turns += 1) await turn()
    expect([places(take), take.problem, count.submit]).toEqual([['READY', 1, true], null, 0])
    await bench.library.pauseQueue(false)
    await bench.until(takeId, 'DONE')
    expect(count.submit).toBe(1)
  })

  it('leaves a take alone that is being sent', async () => {
    const { origin, count } = await stage.provider()
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin }))
    bench.library.subscribe(({ state }) => {
      if (state === 'WIRE') void bench.library.pauseQueue(true)
    })
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'DONE')
    expect([count.submit, bench.library.queue().paused]).toEqual([1, true])
  })

  it('sends nothing later than a day after the agreement', async () => {
    const { origin, count } = await stage.provider()
    const clock = quickClock()
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin, clock }))
    await bench.library.pauseQueue(true)
    const take = aTake(stage.folder, { consent: { amount: 0.756, passGuard: false } })
    const paid = { provider: 'kling', model: 'kling-v3', mode: 'std', orientation: 'video' } as const
    await bench.library.submit({ ...take, settings: { ...take.settings, ...paid, account: 'kling-1' } })
    await bench.until(takeId, 'READY')
    await clock.sleep(25 * 60 * 60_000)
    await bench.library.pauseQueue(false)
    expect((await bench.until(takeId, 'DRAFT', 'DONE')).problem?.code).toBe('consent-needed')
    expect(count.submit).toBe(0)
  })

  it('lets a waiting take be cancelled, which is then in no queue', async () => {
    const { origin, count } = await stage.provider()
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin }))
    await bench.library.pauseQueue(true)
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'READY')
    const cancelled = await bench.library.takeBack(takeId)
    expect(cancelled.ok && places(cancelled.value)).toEqual(['DRAFT', null, null])
    await bench.library.pauseQueue(false)
    expect([bench.library.queue().waiting, count.submit]).toEqual([[], 0])
    expect((await bench.library.moveInQueue(takeId, 'first')).ok).toBe(false)
  })
})

it('a take that a kill left before its request was sent waits in the queue, and can be moved', async () => {
  const { origin, count } = await stage.provider()
  const first = openLibrary({ folder: stage.folder, origin })
  await first.library.pauseQueue(true)
  for (const nth of [1, 2]) {
    await first.library.submit(aTake(stage.folder, { id: idOf(nth) }))
    await first.until(idOf(nth), 'READY')
  }
  await first.library.stop()
  const found = first.library.record(idOf(2))
  if (!found.ok) throw new Error(found.problem.message)
  const event = { type: 'intent', paidWith: null } as const
  first.journal.record(step(found.value.attempt, event, new Date(0).toISOString()), event)
  await first.close()
  const bench = (stage.bench = openLibrary({ folder: stage.folder, origin }))
  expect(bench.library.queue().waiting.map(({ take }) => take)).toEqual([idOf(1), idOf(2)])
  const moved = await bench.library.moveInQueue(idOf(2), 'first')
  expect(moved.ok && moved.value.waiting.map(({ take }) => take)).toEqual([idOf(2), idOf(1)])
  bench.library.resume()
  await bench.until(idOf(2), 'READY')
  expect(bench.library.queue().waiting.map(({ take }) => take)).toEqual([idOf(2), idOf(1)])
  expect(count.submit).toBe(0)
})

it('a damaged queue pauses, and the library opens with every take', async () => {
  const { origin } = await stage.provider()
  const first = openLibrary({ folder: stage.folder, origin })
  await first.library.pauseQueue(true)
  await first.library.submit(aTake(stage.folder))
  await first.until(takeId, 'READY')
  await first.close()
  writeFileSync(join(stage.folder, 'take-queue.json'), '{"vers')
  const bench = (stage.bench = openLibrary({ folder: stage.folder, origin }))
  expect(bench.library.queueNotice()?.message).toContain('paused')
  expect(bench.library.queue()).toEqual({ paused: true, waiting: [{ take: takeId, place: 1 }] })
  await bench.library.moveInQueue(takeId, 'first')
  expect(bench.library.queueNotice()).not.toBeNull()
  await bench.library.pauseQueue(false)
  expect(bench.library.queueNotice()).toBeNull()
})

it('a move of a take nobody knows says so', async () => {
  const { origin } = await stage.provider()
  const bench = (stage.bench = openLibrary({ folder: stage.folder, origin }))
  const moved = await bench.library.moveInQueue(takeId, 'first')
  expect(!moved.ok && moved.problem.code).toBe('not-found')
})
