import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Media } from '../../../src/main/media/media.ts'
import { createTakeOffset } from '../../../src/main/takes/take-offset.ts'
import type { FoundOffset } from '../../../src/shared/domain/offset.ts'
import { ok } from '../../../src/shared/outcome.ts'

const found: FoundOffset = {
  ...{ verdict: 'sure', by: 'sound', offset: 0.5, slope: 0, candidates: [], sound: null, motion: null },
}
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-take-offset-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function keep(id: string, reference: string | null, result: string) {
  mkdirSync(join(folder, id), { recursive: true })
  if (reference !== null) writeFileSync(join(folder, id, 'clip.mp4'), reference)
  writeFileSync(join(folder, id, 'result.mp4'), result)
}

function searching(findOffset: Media['findOffset'] = () => Promise.resolve(ok(found))) {
  const asked: Parameters<Media['findOffset']>[0][] = []
  const { findOffset: find } = createTakeOffset({
    folder,
    library: { wholeResult: (id) => Promise.resolve(ok(join(folder, id, 'result.mp4'))) },
    media: {
      findOffset: (job, running) => {
        asked.push(job)
        return findOffset(job, running)
      },
    },
  })
  return { find, asked }
}

it('compares the prepared clip with the result, once for the same two contents', async () => {
  keep('a', 'dance', 'one')
  keep('copy', 'dance', 'one')
  keep('b', 'dance', 'two')
  const { find, asked } = searching()
  expect(await find('a')).toEqual(ok(found))
  expect(await find('copy')).toEqual(ok(found))
  expect(asked).toEqual([
    { reference: join(folder, 'a', 'clip.mp4'), result: join(folder, 'a', 'result.mp4'), by: 'both' },
  ])
  await find('b')
  keep('a', 'dance', 'changed')
  await find('a')
  expect(asked).toHaveLength(3)
})

it('says when the prepared clip is gone', async () => {
  keep('a', null, 'one')
  expect(await searching().find('a')).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
})

it('is cancelled by its caller, and then starts again', async () => {
  keep('a', 'dance', 'one')
  const stop = new AbortController()
  const stopped: boolean[] = []
  const { find } = searching((_job, { signal } = {}) => {
    if (stopped.length > 0) return Promise.resolve(ok(found))
    signal?.addEventListener('abort', () => stopped.push(true))
    queueMicrotask(() => {
      stop.abort()
    })
    return new Promise(() => undefined)
  })
  expect(await find('a', { signal: stop.signal })).toMatchObject({ problem: { code: 'cancelled' } })
  expect(stopped).toEqual([true])
  expect(await find('a')).toEqual(ok(found))
})
