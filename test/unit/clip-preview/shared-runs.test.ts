import { describe, expect, it } from 'vitest'
import { createSharedRuns } from '../../../src/main/clip-preview/shared-runs.ts'
import type { Running } from '../../../src/main/media/media.ts'
import { cancelled, ok, type Outcome } from '../../../src/shared/outcome.ts'

/** Work that ends when it is told to, or when it is cancelled. */
function staged() {
  const runs: { readonly running: Running; readonly end: (value: string) => void }[] = []
  const work = (running: Running) =>
    new Promise<Outcome<string>>((resolve) => {
      runs.push({ running, end: (value) => resolve(ok(value)) })
      running.signal?.addEventListener('abort', () => resolve(cancelled('It')))
    })
  return { runs, work }
}

describe('work that several wait for', () => {
  it('is done once, and everybody hears how far it is and what came of it', async () => {
    const share = createSharedRuns()
    const { runs, work } = staged()
    const heard: string[] = []
    const asked = ['one', 'two'].map((name) =>
      share('key', 'It', { onProgress: (part) => heard.push(`${name} ${String(part)}`) }, work),
    )
    expect(runs).toHaveLength(1)
    runs[0]?.running.onProgress?.(0.5)
    runs[0]?.end('done')
    expect(await Promise.all(asked)).toEqual([ok('done'), ok('done')])
    expect(heard).toEqual(['one 0.5', 'two 0.5'])
  })

  it('goes on for the others when one no longer waits', async () => {
    const share = createSharedRuns()
    const { runs, work } = staged()
    const stop = new AbortController()
    const gone = share('key', 'It', { signal: stop.signal }, work)
    const waiting = share('key', 'It', {}, work)
    stop.abort()
    expect(await gone).toEqual(cancelled('It'))
    expect(runs[0]?.running.signal?.aborted).toBe(false)
    runs[0]?.end('done')
    expect(await waiting).toEqual(ok('done'))
  })

  it('is given up when the last one is gone, and begun anew for whoever comes then', async () => {
    const share = createSharedRuns()
    const { runs, work } = staged()
    const stops = [new AbortController(), new AbortController()]
    const gone = stops.map(({ signal }) => share('key', 'It', { signal }, work))
    for (const stop of stops) stop.abort()
    await Promise.all(gone)
    expect(runs[0]?.running.signal?.aborted).toBe(true)
    const fresh = share('key', 'It', {}, work)
    expect(runs).toHaveLength(2)
    runs[1]?.end('new')
    expect(await fresh).toEqual(ok('new'))
  })

  it('is not begun for somebody who has gone already', async () => {
    const { runs, work } = staged()
    expect(await createSharedRuns()('key', 'It', { signal: AbortSignal.abort() }, work)).toEqual(
      cancelled('It'),
    )
    expect(runs).toEqual([])
  })
})
