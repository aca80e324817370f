import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/main/system/ports.ts'
import { aTake, quickClock, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

const paid = { provider: 'kling', model: 'kling-v3', mode: 'std', orientation: 'video' } as const
/** 6 s at 0.126 USD. */
const amount = 0.756

const aPaidTake = () => {
  const take = aTake(stage.folder, { consent: { amount, passGuard: false } })
  return { ...take, settings: { ...take.settings, ...paid, account: 'kling-1' } }
}

describe('the agreement to a cost', () => {
  const hour = 60 * 60_000
  const after = async (hours: number, free = false) => {
    const { origin, count } = await stage.provider()
    const waits = Array.from({ length: hours }, () => hour)
    stage.bench = openLibrary({ folder: stage.folder, origin, also: { outage: () => waits.shift() ?? null } })
    const given = await stage.bench.library.submit(free ? aTake(stage.folder) : aPaidTake())
    expect(given.ok).toBe(true)
    return { take: await stage.bench.until(takeId, 'DRAFT', 'DONE'), count }
  }

  it('holds for a day', async () => {
    const { take, count } = await after(23)
    expect([take.state, count.submit]).toEqual(['DONE', 1])
  })

  it('is asked for anew after more than a day, and nothing is sent meanwhile', async () => {
    const { take, count } = await after(25)
    expect([take.state, take.problem?.code, count.submit]).toEqual(['DRAFT', 'consent-needed', 0])
    const again = await stage.bench?.library.submitAgain(takeId, { amount, passGuard: false })
    expect(again?.ok).toBe(true)
    await stage.bench?.until(takeId, 'DONE')
    expect(count.submit).toBe(1)
  })

  it('does not hold longer because the clock was set back meanwhile', async () => {
    const { origin, count } = await stage.provider()
    /** The clock of a computer that runs on by itself, and was set back by so many hours after so many. */
    const setBack = (own: Clock, by: number, at: number): Clock => ({
      ...own,
      now: () => own.now() - (own.monotonic() > at * hour ? by * hour : 0),
    })
    const outages = (hours: number) => {
      const waits = Array.from({ length: hours }, () => hour)
      return { outage: () => waits.shift() ?? null }
    }
    const own = quickClock()
    const within = { folder: stage.folder, origin, clock: setBack(own, 20, 12), also: outages(25) }
    stage.bench = openLibrary(within)
    await stage.bench.library.submit(aPaidTake())
    expect((await stage.bench.until(takeId, 'DRAFT', 'DONE')).state).toBe('DRAFT')
    expect(count.submit).toBe(0)
  })

  it('does not hold longer because the clock was set back between two starts', async () => {
    const { origin, count } = await stage.provider()
    const clock = quickClock()
    const first = openLibrary({ folder: stage.folder, origin, clock, also: { outage: () => hour } })
    await first.library.submit(aPaidTake())
    await new Promise<void>((resolve) => {
      first.library.subscribe(() => {
        if (clock.monotonic() > 20 * hour) resolve()
      })
    })
    await first.close()
    const waits = Array.from({ length: 6 }, () => hour)
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      clock: { ...clock, now: () => clock.now() - 15 * hour },
      also: { outage: () => waits.shift() ?? null },
    })
    stage.bench.library.resume()
    expect((await stage.bench.until(takeId, 'DRAFT', 'DONE')).state).toBe('DRAFT')
    expect(count.submit).toBe(0)
  })

  it('is not needed for what costs nothing', async () => {
    const { take, count } = await after(25, true)
    expect([take.state, count.submit]).toEqual(['DONE', 1])
  })
})
