import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json } from '../../support/servers/scripted-server.ts'
import { aTake, dropFolder, makeFolder, openLibrary, freely, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

describe('after a restart', () => {
  it('every open take goes on to its result with one task at the provider, wherever it stood', async () => {
    const { origin, tasks, count } = await stage.provider()
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
      stage.bench = openLibrary({ folder: place, origin })
      stage.bench.library.resume()
      await stage.bench.until(takeId, 'DONE')
      expect(tasks.length).toBeLessThanOrEqual(before + 1)
      await stage.bench.close()
      stage.bench = undefined
      dropFolder(place)
    }
    expect(tasks).toHaveLength(stops.length)
    expect(count.submit).toBe(stops.length)
  })

  it('what a killed preparation left half-written is gone, and nothing else', async () => {
    const { origin } = await stage.provider()
    const place = join(stage.folder, 'library', takeId)
    mkdirSync(place, { recursive: true })
    for (const name of ['.0123456789abcdef.part.mp4', 'notes.txt']) writeFileSync(join(place, name), 'x')
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    expect(readdirSync(place).sort()).toEqual([
      'certificate.json',
      'character.png',
      'clip.mp4',
      'notes.txt',
      'requests.json',
      'result.mp4',
      'take.json',
    ])
  })

  it('a wish of the user comes before the questions that are asked anew', async () => {
    const { origin, count } = await stage.provider({
      submit: (response, accept, nth) => {
        if (nth === 1) {
          response.destroy()
          return
        }
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    const first = openLibrary({ folder: stage.folder, origin })
    await first.library.submit(aTake(stage.folder))
    await first.until(takeId, 'NEEDS_USER')
    await first.close()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    expect((await stage.bench.library.submitAgain(takeId, freely)).ok).toBe(true)
    stage.bench.library.resume()
    await stage.bench.until(takeId, 'DONE')
    expect(count.submit).toBe(2)
  })

  it('a finished take is left alone', async () => {
    const { origin, count } = await stage.provider()
    const first = openLibrary({ folder: stage.folder, origin })
    await first.library.submit(aTake(stage.folder))
    await first.until(takeId, 'DONE')
    await first.close()
    const asked = count.status
    stage.bench = openLibrary({ folder: stage.folder, origin })
    stage.bench.library.resume()
    expect(stage.bench.library.list().map((take) => take.state)).toEqual(['DONE'])
    await stage.bench.close()
    stage.bench = undefined
    expect(count.status).toBe(asked)
  })
})

describe('a library that is closed right after it was opened', () => {
  it('begins nothing any more, whatever was just wished', async () => {
    const { origin } = await stage.provider({ status: (response) => !!response.destroy() })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'ACKED')
    await stage.bench.close()
    const again = openLibrary({ folder: stage.folder, origin })
    stage.bench = undefined
    again.library.resume()
    const wish = again.library.checkAgain(takeId)
    await again.library.stop()
    await wish
    const before = again.states.length
    again.journal.close()
    await new Promise((resolve) => setImmediate(resolve))
    expect(again.states).toHaveLength(before)
  })
})
