import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countingProvider } from '../../support/counting-provider.ts'
import { json } from '../../support/scripted-server.ts'
import { aTake, dropFolder, makeFolder, openLibrary, takeId, type Bench } from '../../support/library.ts'

let folder: string
let bench: Bench | undefined
const providers: { readonly close: () => Promise<void> }[] = []
beforeEach(() => {
  folder = makeFolder()
})
afterEach(async () => {
  await bench?.close()
  bench = undefined
  await Promise.all(providers.splice(0).map((one) => one.close()))
  dropFolder(folder)
})

async function provider(...script: Parameters<typeof countingProvider>) {
  const one = await countingProvider(...script)
  providers.push(one)
  return one
}

describe('after a restart', () => {
  it('every open take goes on to its result with one task at the provider, wherever it stood', async () => {
    const { origin, tasks, count } = await provider()
    const stops = [
      'PREPARED',
      'UPLOADED',
      'READY',
      'ACKED',
      'REMOTE_DONE',
      'DOWNLOADING',
      'VERIFIED',
    ] as const
    for (const stop of stops) {
      const place = makeFolder()
      const first = openLibrary({ folder: place, origin })
      const reached = first.until(takeId, stop)
      await first.library.submit(aTake(place))
      await reached
      await first.close()
      const before = tasks.length
      bench = openLibrary({ folder: place, origin })
      bench.library.resume()
      await bench.until(takeId, 'DONE')
      expect(tasks.length).toBeLessThanOrEqual(before + 1)
      await bench.close()
      bench = undefined
      dropFolder(place)
    }
    expect(tasks).toHaveLength(stops.length)
    expect(count.submit).toBe(stops.length)
  })

  it('what a killed preparation left half-written is gone, and nothing else', async () => {
    const { origin } = await provider()
    const place = join(folder, 'library', takeId)
    mkdirSync(place, { recursive: true })
    for (const name of ['.0123456789abcdef.part.mp4', 'notes.txt']) writeFileSync(join(place, name), 'x')
    bench = openLibrary({ folder, origin })
    await bench.library.submit(aTake(folder))
    await bench.until(takeId, 'DONE')
    expect(readdirSync(place).sort()).toEqual([
      'character.png',
      'clip.mp4',
      'notes.txt',
      'result.mp4',
      'take.json',
    ])
  })

  it('a wish of the user comes before the questions that are asked anew', async () => {
    const { origin, count } = await provider({
      submit: (response, accept, nth) => {
        if (nth === 1) {
          response.destroy()
          return
        }
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    const first = openLibrary({ folder, origin })
    await first.library.submit(aTake(folder))
    await first.until(takeId, 'NEEDS_USER')
    await first.close()
    bench = openLibrary({ folder, origin })
    expect((await bench.library.submitAgain(takeId)).ok).toBe(true)
    bench.library.resume()
    await bench.until(takeId, 'DONE')
    expect(count.submit).toBe(2)
  })

  it('a finished take is left alone', async () => {
    const { origin, count } = await provider()
    const first = openLibrary({ folder, origin })
    await first.library.submit(aTake(folder))
    await first.until(takeId, 'DONE')
    await first.close()
    const asked = count.status
    bench = openLibrary({ folder, origin })
    bench.library.resume()
    expect(bench.library.list().map((take) => take.state)).toEqual(['DONE'])
    await bench.close()
    bench = undefined
    expect(count.status).toBe(asked)
  })
})
