import { describe, expect, it } from 'vitest'
import { aTake, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()
describe('a service that does not answer', () => {
  it('gets nothing new, and what waited is sent as soon as it is back', async () => {
    const { origin, count } = await stage.provider()
    const outages = [30_000, 60_000]
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: { outage: () => outages.shift() ?? null },
    })
    const told: string[] = []
    stage.bench.library.subscribe((take) => {
      if (take.state === 'HELD') told.push(`${String(count.submit)} ${take.problem?.message ?? ''}`)
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    const sentence = 'The provider isn’t answering at the moment, so nothing was sent.'
    expect(told).toEqual([`0 ${sentence}`, `0 ${sentence}`])
    expect(count.submit).toBe(1)
  })
})

describe('looking at all takes at once', () => {
  it('asks about each task that runs one time, and not again for every such wish in a row', async () => {
    const { origin } = await stage.provider()
    const asked: string[] = []
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: {
        // An answer that only looking again cuts short.
        status: (id, signal) => {
          asked.push(id)
          return new Promise((resolve) => {
            signal?.addEventListener('abort', () => {
              resolve({ kind: 'running', word: 'processing', progress: null, eta: null })
            })
          })
        },
      },
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'ACKED')
    await expect.poll(() => asked.length).toBe(1)
    const { library } = stage.bench
    await Promise.all([library.lookAtAll(), library.lookAtAll(), library.lookAtAll()])
    await expect.poll(() => asked.length).toBe(2)
    await library.stop()
    expect(asked).toHaveLength(2)
  })
})
