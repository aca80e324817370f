import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../src/main/media/create-media.ts'
import { picture } from '../../src/main/media/previews/picture.ts'
import { prepareClip } from '../../src/main/media/clip/prepare-clip.ts'
import type { MediaFacts } from '../../src/shared/domain/media.ts'
import type { Problem } from '../../src/shared/outcome.ts'
import { fileZoo, mutate, type Mutation } from '../support/clips/file-zoo.ts'
import { clipJob, createWorkbench, problemOf, type Workbench } from '../support/clips/media-kit.ts'

let bench: Workbench
let zoo: Readonly<Record<string, Buffer>> = {}
beforeAll(async () => {
  bench = await createWorkbench()
  zoo = await fileZoo(bench.folder)
})
afterAll(() => bench.remove())

const endings = ['mp4', 'm4v', 'mov', 'mkv', 'webm', 'avi', 'jpg', 'png', 'webp', 'avif', 'gif', 'tiff']
const films = ['mp4', 'm4v', 'mov', 'mkv', 'webm', 'avi'] as const
const aboutTheFile = [
  'file-empty',
  'file-damaged',
  'file-too-large',
  'not-a-video',
  'not-an-image',
  'input-refused',
]

function expectClear({ code, message, advice }: Problem): void {
  expect(aboutTheFile).toContain(code)
  expect(message).toMatch(/^(?:“|The first frame of “)[^\n]+\.$/)
  expect(advice).toMatch(/^[A-Z][^\n]+\.$/)
}

function expectSane(facts: MediaFacts): void {
  const numbers = Object.values(facts).filter((value) => typeof value === 'number')
  expect(numbers.every((value) => Number.isFinite(value))).toBe(true)
  expect(Math.min(facts.width, facts.height, facts.bytes)).toBeGreaterThan(0)
  if (facts.kind === 'character') return
  expect(facts.frames).toBeGreaterThan(0)
  expect(
    Math.min(facts.duration, facts.frameRate, facts.hiddenPackets, facts.keyframeInterval),
  ).toBeGreaterThanOrEqual(0)
  expect(facts.keyframes).toBeLessThanOrEqual(facts.frames)
}

/** Everything a drop does with a file; what comes of it is a clear problem or facts that can be true. */
async function drop(name: string, bytes: Buffer): Promise<void> {
  const path = join(bench.folder, name)
  await writeFile(path, bytes)
  const facts = await inspect(bench.mediaTools, path)
  if (!facts.ok) {
    expectClear(facts.problem)
    return
  }
  expectSane(facts.value)
  const first = await picture(bench.mediaTools, path, facts.value, 160)
  if (first.ok) expect(Buffer.from(first.value).subarray(0, 2).toString('hex')).toBe('ffd8')
  else expectClear(first.problem)
}

const part = fc.double({ min: 0, max: 1, noNaN: true })
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('cut'), at: part } as const),
  // Most of what can be broken about a file stands at its beginning.
  fc.record({
    kind: fc.constant('flip'),
    at: fc.oneof(part, fc.double({ min: 0, max: 0.02, noNaN: true })),
    bit: fc.nat(7),
  } as const),
  fc.record({
    kind: fc.constant('fill'),
    at: part,
    length: fc.double({ min: 0, max: 0.1, noNaN: true }),
    byte: fc.constantFrom(0, 255, 127),
  } as const),
  fc.record({
    kind: fc.constant('double'),
    at: part,
    length: fc.double({ min: 0, max: 0.2, noNaN: true }),
  } as const),
  fc.record({ kind: fc.constant('splice'), at: part, from: fc.constantFrom(...endings) } as const),
)

describe('a file that is broken', () => {
  it('in any way gives a clear problem or facts that can be true', async () => {
    const broken = fc.record({
      ending: fc.constantFrom(...endings),
      named: fc.constantFrom(...endings),
      mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(broken, async ({ ending, named, mutations }) => {
        const bytes = mutations.reduce((file, one) => mutate(file, zoo, one), zoo[ending] ?? Buffer.alloc(0))
        await drop(`broken.${named}`, bytes)
      }),
      { seed: 5, numRuns: 120, endOnFailure: true },
    )
  })

  it.each(endings)('in its first bytes, one after the other, too: %s', async (ending) => {
    const whole = zoo[ending] ?? Buffer.alloc(0)
    for (let at = 0; at < 64; at += 8) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0xff
      await drop(`first.${ending}`, bytes)
    }
  })

  it.each(endings)('by being only a beginning, with zeros or noise behind it, is too: %s', async (ending) => {
    const start = (zoo[ending] ?? Buffer.alloc(0)).subarray(0, 200)
    const noise = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919 + (at >> 3)) & 0xff))
    for (const rest of [Buffer.alloc(0), Buffer.alloc(100_000), noise])
      await drop(`beginning.${ending}`, Buffer.concat([start, rest]))
  })
})

describe('a film that is broken inside', () => {
  const leftovers = async () => (await readdir(bench.folder)).filter((name) => name.includes('.part'))

  it.each(films)('is prepared whole or not at all: %s', async (ending) => {
    const source = join(bench.folder, `inside.${ending}`)
    const whole = zoo[ending] ?? Buffer.alloc(0)
    for (const at of [0.3, 0.5, 0.7]) {
      await writeFile(source, mutate(whole, zoo, { kind: 'fill', at, length: 0.05, byte: 0 }))
      const facts = await inspect(bench.mediaTools, source)
      if (!facts.ok) {
        expectClear(facts.problem)
        continue
      }
      const prepared = await prepareClip(bench.mediaTools, await clipJob(bench, source))
      expect(await leftovers()).toEqual([])
      if (prepared.ok)
        expect(await inspect(bench.mediaTools, prepared.value.path)).toMatchObject({ ok: true })
      else expectClear(problemOf(prepared))
    }
  })
})
