import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/main/system/clock.ts'
import { decodeHeic } from '../../../src/main/media/image/heic.ts'
import { inspect } from '../../../src/main/media/create-media.ts'
import { prepareImage } from '../../../src/main/media/image/prepare-image.ts'
import { defaultFit } from '../../../src/shared/domain/take.ts'
import { processorUsed } from '../../../src/main/system/processor-time.ts'
import { MiB } from '../../../src/shared/units.ts'
import { bitmap } from '../../support/clips/bitmaps.ts'
import { claimedHuge, type ClaimedFormat } from '../../support/clips/huge-pictures.ts'
import { heicFile, type Tile } from '../../support/clips/heic.ts'
import {
  characterJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { quadrants, save } from '../../support/clips/quadrants.ts'

let bench: Workbench
const sources: Record<string, string> = {}
const tiles: readonly (readonly Tile[])[] = [
  ['red', 'green'],
  ['blue', 'white'],
]

/** So that there is something to damage in every part of a file. */
const busy = () =>
  quadrants().composite([
    {
      input: {
        create: {
          ...{ width: 400, height: 300, channels: 3, background: '#808080' },
          noise: { type: 'gaussian', mean: 128, sigma: 40 },
        },
      },
      blend: 'overlay',
    },
  ])

beforeAll(async () => {
  bench = await createWorkbench()
  for (const [format, picture] of Object.entries({
    jpeg: busy().jpeg(),
    progressive: busy().jpeg({ progressive: true }),
    png: busy().png(),
    webp: busy().webp(),
    avif: busy().avif({ effort: 0 }),
    gif: busy().gif(),
    tiff: busy().tiff({ compression: 'lzw' }),
  }))
    sources[format] = await save(bench.folder, `whole.${format}`, picture)
  sources['bmp'] = await bitmap(bench.folder, 'whole.bmp')
  sources['heic'] = await heicFile(bench.folder, 'whole.heic', { tiles })
})
afterAll(() => bench.remove())

const written = async () => (await readdir(bench.folder)).filter((name) => /^made|\.part/.test(name))

/** What comes of a file that may be refused at either step. */
async function attempt(path: string) {
  const facts = await inspect(bench.mediaTools, path)
  if (!facts.ok) return facts
  if (facts.value.kind !== 'character') throw new Error(`${path} passes for a clip`)
  return prepareImage(bench.mediaTools, {
    ...{ source: path, facts: facts.value, folder: bench.folder, name: 'made', fit: defaultFit },
    ...{ maxBytes: null, minSide: null, maxSide: null, aspect: null },
  })
}

describe('a picture of which a part is missing', () => {
  it('is refused in every format, wherever it was cut, and leaves nothing behind', async () => {
    for (const [format, source] of Object.entries(sources)) {
      const content = await readFile(source)
      for (const part of [0.3, 0.6, 0.9, 0.98]) {
        const path = join(bench.folder, `cut.${format}`)
        await writeFile(path, content.subarray(0, Math.floor(content.length * part)))
        const problem = problemOf(await attempt(path))
        expect([format, part, problem.code]).toEqual([format, part, 'file-damaged'])
        expect(problem.message).toContain(`cut.${format}`)
      }
    }
    expect(await written()).toEqual([])
  })
})

describe('a picture with bits turned over', () => {
  it('is refused, or prepared to a whole picture: nothing else ever happens', async () => {
    let state = 20_261_121
    const dice = (sides: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      return Math.floor((state / 2 ** 31) * sides)
    }
    for (const [format, source] of Object.entries(sources)) {
      const content = await readFile(source)
      for (let nth = 0; nth < 12; nth += 1) {
        const bent = Uint8Array.from(content)
        const at = nth % 3 === 0 ? dice(Math.min(200, bent.length)) : dice(bent.length)
        bent[at] = (bent[at] ?? 0) ^ (1 << dice(8))
        const path = join(bench.folder, `bent.${format}`)
        await writeFile(path, bent)
        const outcome = await attempt(path)
        if (outcome.ok) expect((await sharp(outcome.value.path).stats()).isOpaque).toBe(true)
        else
          expect(['file-damaged', 'input-refused', 'not-an-image', 'not-a-video']).toContain(
            outcome.problem.code,
          )
      }
    }
  })

  it('or zeros in the middle is refused or prepared whole, too', async () => {
    for (const [format, source] of Object.entries(sources)) {
      const content = Uint8Array.from(await readFile(source))
      content.fill(0, Math.floor(content.length * 0.4), Math.floor(content.length * 0.7))
      const path = join(bench.folder, `zeroed.${format}`)
      await writeFile(path, content)
      const outcome = await attempt(path)
      if (outcome.ok) expect((await sharp(outcome.value.path).stats()).isOpaque).toBe(true)
      else expect(['file-damaged', 'input-refused']).toContain(outcome.problem.code)
    }
  })
})

describe('a picture that claims to be enormous', () => {
  it.each([
    'jpeg',
    'png',
    'webp',
    'avif',
    'heic',
    'gif',
    'tiff',
    'bmp',
  ] as const satisfies readonly ClaimedFormat[])('is refused from its header as a %s', async (format) => {
    const problem = problemOf(await inspect(bench.mediaTools, await claimedHuge(bench.folder, format)))
    expect(problem.code).toBe('input-refused')
    expect(problem.message).toMatch(/\d+ × \d+ pixels. Understudy reads up to 120 million/)
  })

  it('while its tiles are small, is refused when it is decoded', async () => {
    const lie = { tiles, claimed: { width: 10_000, height: 10_000 } }
    expect(problemOf(await attempt(await heicFile(bench.folder, 'lie.heic', lie))).code).toBe('file-damaged')
  })

  it('or to consist of itself is refused', async () => {
    const path = await heicFile(bench.folder, 'endless.heic', { tiles, endless: true })
    expect(problemOf(await attempt(path)).code).toBe('file-damaged')
  })
})

describe('the decoder for HEIC', () => {
  const plain = { alpha: false, profile: null }
  const size = { width: 128, height: 128, ...plain }
  const limits = { memory: 1e9, patience: 60_000, patienceEach: 0, clock: systemClock, used: processorUsed }

  it('gets no more memory than it is allowed', async () => {
    const large = Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => 'green' as const))
    const path = await heicFile(bench.folder, 'greedy.heic', { tiles: large })
    // Two dozen megabytes with an alpha channel: more than the decoder starts with.
    const sides = { width: 30 * 64, height: 30 * 64, ...plain, alpha: true }
    expect((await decodeHeic(path, sides, undefined, limits)).ok).toBe(true)
    const starved = await decodeHeic(path, sides, undefined, { ...limits, memory: 18 * MiB })
    expect(starved).toMatchObject({ ok: false, problem: { code: 'file-damaged' } })
  })

  it('is stopped when it takes too long', async () => {
    const path = await heicFile(bench.folder, 'slow.heic', { tiles })
    const impatient = { ...limits, clock: { sleep: () => Promise.resolve() } }
    const problem = problemOf(await decodeHeic(path, size, undefined, impatient))
    expect(problem).toMatchObject({
      code: 'tool-failed',
      message: 'Reading “slow.heic” took too long and was stopped.',
    })
  })

  it('is stopped by a cancel', async () => {
    const path = await heicFile(bench.folder, 'stopped.heic', { tiles })
    const stop = new AbortController()
    const decoding = decodeHeic(path, size, stop.signal)
    stop.abort()
    expect(problemOf(await decoding).code).toBe('cancelled')
    expect(problemOf(await decodeHeic(path, size, stop.signal)).code).toBe('cancelled')
  })

  it('refuses a picture that is not of the size it was measured with', async () => {
    const path = await heicFile(bench.folder, 'other.heic', { tiles })
    const decoded = await decodeHeic(path, { width: 64, height: 64, ...plain })
    expect(problemOf(decoded).detail).toContain('size')
  })
})

describe('a preparation that is cancelled', () => {
  it('in the middle says so at once and leaves nothing behind', async () => {
    for (const format of ['jpeg', 'heic', 'bmp', 'png']) {
      const stop = new AbortController()
      const job = await characterJob(bench, sources[format] ?? '', { name: 'made-cancelled', maxBytes: 3000 })
      const preparing = prepareImage(bench.mediaTools, job, { signal: stop.signal })
      stop.abort()
      expect([format, problemOf(await preparing).code]).toEqual([format, 'cancelled'])
    }
    expect((await written()).filter((name) => name.includes('cancelled'))).toEqual([])
  })

  it('when it has begun to encode, too', async () => {
    const stop = new AbortController()
    const job = await characterJob(bench, sources['png'] ?? '', { name: 'made-stopped', maxBytes: 9000 })
    const outcome = await prepareImage(bench.mediaTools, job, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort()
      },
    })
    expect(problemOf(outcome).code).toBe('cancelled')
    expect((await written()).filter((name) => name.includes('stopped'))).toEqual([])
  })

  it('reports its way from nothing to the end, never backwards', async () => {
    const told: number[] = []
    const job = await characterJob(bench, sources['webp'] ?? '', { maxBytes: 9000 })
    valueOf(await prepareImage(bench.mediaTools, job, { onProgress: (done) => told.push(done) }))
    expect(told.length).toBeGreaterThan(2)
    expect(told).toEqual([...told].sort((one, other) => one - other))
    expect(told.at(-1)).toBe(1)
  })
})
