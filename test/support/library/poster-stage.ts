import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import type { Kind } from '../../../src/main/clip-preview/kept-files.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import type { Media } from '../../../src/main/media/media.ts'
import { createPosterStore } from '../../../src/main/takes/posters/poster-store.ts'
import { createTakePosters } from '../../../src/main/takes/posters/take-posters.ts'
import { spriteCells } from '../../../src/shared/domain/sprite.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { aClip } from '../clips/facts.ts'
import { fullAttempt } from './an-attempt.ts'
import { anOrder } from './an-order.ts'

/** Of every result. */
export const facts = { bytes: 99, duration: 10, width: 90, height: 160, frameRate: 10 }
const base = '/media/'

/** A picture of one colour, or one with a pattern: the finer, the sharper. */
export async function still(level: number, pattern: number | null = null): Promise<Uint8Array> {
  const pixels = Buffer.alloc(90 * 160, level)
  if (pattern !== null)
    for (let at = 0; at < pixels.length; at += 1)
      if (Math.floor(at / pattern) % 2 === 0) pixels[at] = Math.max(0, level - 40)
  return sharp(pixels, { raw: { width: 90, height: 160, channels: 1 } })
    .jpeg()
    .toBuffer()
}

export let plain: Uint8Array
export let sharpest: Uint8Array
export let dark: Uint8Array

/** Twenty plain pictures, of which some are others. */
export const stillsWith = (others: Readonly<Record<number, Uint8Array>>) =>
  Array.from({ length: spriteCells }, (_, nth) => others[nth] ?? plain)

export let folder: string
export let library: string
export let cache: string
/** Draws the pictures, and gives each test of a file an empty folder. */
export function posterFolder(): void {
  beforeAll(async () => {
    ;[plain, sharpest, dark] = await Promise.all([still(120), still(200, 3), still(2, 2)])
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'understudy-posters-'))
    library = join(folder, 'library')
    cache = join(folder, 'viewing')
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })
}

type Given = {
  readonly strip?: Media['strip']
  readonly limits?: Kind
  /** Of every result. */
  readonly sha256?: (id: string) => string
  /** Whether the folders of takes are there. */
  readonly hasFolders?: boolean
}

/** Finished takes, as many as are asked for. */
export function stage({ strip, limits, sha256 = (id) => `hash-of-${id}`, hasFolders = true }: Given = {}) {
  let time = Date.now()
  const clock = { now: () => (time += 60_000) }
  const log = () => undefined
  const store = createPosterStore({ library, cache, clock, log, ...(limits && { limits }) })
  const looked: (readonly number[])[] = []
  const media: Pick<Media, 'inspect' | 'strip'> = {
    inspect: () => Promise.resolve(ok(aClip())),
    strip: async (path, clip, job, onPicture, running) => {
      looked.push(job.times)
      if (strip) return strip(path, clip, job, onPicture, running)
      for (const [nth, at] of job.times.entries())
        onPicture(at, job.times.length === 1 ? sharpest : (stillsWith({ 7: sharpest })[nth] ?? plain))
      return ok(null)
    },
  }
  const fileTokens = createFileTokens({ mediaBase: base })
  const posters = createTakePosters({
    library: {
      record: (id) => {
        if (hasFolders) mkdirSync(join(library, id), { recursive: true })
        const result = { ...facts, sha256: sha256(id) }
        return ok({ order: anOrder({ id }), attempt: fullAttempt({ take: id, state: 'DONE', result }) })
      },
      wholeResult: () => Promise.resolve(ok('result.mp4')),
    },
    folder: library,
    media,
    fileTokens,
    store,
    log,
  })
  const load = async (url: string | null) => {
    const answer = await fileTokens.serve(new Request(new URL(url ?? '', 'http://localhost')))
    return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  return { ...posters, store, looked, load }
}
