import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdsEverySample, walkBoxes } from '../../src/main/media/probe/mp4-boxes.ts'
import { verifyResult } from '../../src/main/media/verify.ts'
import * as clips from '../support/clips/clips.ts'
import { createWorkbench, problemOf, type Workbench } from '../support/clips/media-kit.ts'
import { ffprobe } from '../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const tiny = { seconds: 1, width: 64, height: 36, rate: 10, audio: ['-c:a', 'aac', '-b:a', '32k'] }
const madeWith = async (sound: boolean, container = ['-movflags', '+faststart']) =>
  readFile(await clips.makeClip(bench.folder, 'whole.mp4', { ...tiny, sound, container }))

const header = (type: string, size: number) => {
  const box = Buffer.alloc(8)
  box.writeUInt32BE(size)
  box.write(type, 4, 'latin1')
  return box
}
const startOf = (bytes: Buffer, type: string) => bytes.indexOf(type, 0, 'latin1') - 4

/** The box of the pictures says "to the end of the file", so that no length in the file tells of a cut. */
function openEnded(bytes: Buffer): Buffer {
  const open = Buffer.from(bytes)
  open.writeUInt32BE(0, startOf(open, 'mdat'))
  return open
}

async function verdictOn(bytes: Buffer, name: string) {
  const path = join(bench.folder, name)
  await writeFile(path, bytes)
  return verifyResult(bench.mediaTools, path)
}

/** From the first byte to the one before the last, evenly. */
const cutPoints = (size: number, count: number) =>
  Array.from({ length: count }, (_, index) => 1 + Math.round((index * (size - 2)) / (count - 1)))

async function acceptedCuts(bytes: Buffer, points: readonly number[]): Promise<readonly number[]> {
  const accepted: number[] = []
  const left = [...points]
  const judge = async (name: string) => {
    for (let point = left.shift(); point !== undefined; point = left.shift())
      if ((await verdictOn(bytes.subarray(0, point), name)).ok) accepted.push(point)
  }
  await Promise.all([judge('cut-1.mp4'), judge('cut-2.mp4')])
  return accepted
}

/** Where each piece of sound and picture starts, in the order of the file. */
async function piecesOf(bytes: Buffer): Promise<readonly number[]> {
  const path = join(bench.folder, 'pieces.mp4')
  await writeFile(path, bytes)
  const starts = await ffprobe('-show_entries', 'packet=pos', '-of', 'csv=p=0', path)
  return starts
    .trim()
    .split(/\s+/)
    .map(Number)
    .sort((left, right) => left - right)
}

const withAndWithout: readonly (readonly [string, boolean])[] = [
  ['with sound', true],
  ['without sound', false],
]

describe('a faststart film cut at 200 places', () => {
  it.each(withAndWithout)('%s: refused at every one of them, and accepted whole', async (_what, sound) => {
    const bytes = await madeWith(sound)
    expect((await verdictOn(bytes, 'all.mp4')).ok).toBe(true)
    expect(await acceptedCuts(bytes, cutPoints(bytes.length, 200))).toEqual([])
  })
})

describe('a faststart film whose pictures reach to the end of the file', () => {
  // No cut passes without this step, and it needs no program: every single byte can be tried.
  it.each(withAndWithout)('%s: cut at any byte, it never holds every sample', async (_what, sound) => {
    const bytes = openEnded(await madeWith(sound))
    const path = join(bench.folder, 'shorter.mp4')
    await writeFile(path, bytes)
    expect(await holdsEverySample(path, await walkBoxes(path))).toBe(true)
    const whole: number[] = []
    for (let size = bytes.length - 1; size >= 0; size -= 1) {
      await truncate(path, size)
      if (await holdsEverySample(path, await walkBoxes(path))) whole.push(size)
    }
    expect(whole).toEqual([])
  })

  it.each(withAndWithout)('%s: refused wherever it is cut, and accepted whole', async (_what, sound) => {
    const bytes = openEnded(await madeWith(sound))
    expect((await verdictOn(bytes, 'all.mp4')).ok).toBe(true)
    expect(await acceptedCuts(bytes, cutPoints(bytes.length, 30))).toEqual([])
  })

  it('is refused just before each of its last pieces of sound and picture, where nothing is cut in two', async () => {
    const bytes = openEnded(await madeWith(true))
    const last = (await piecesOf(bytes)).slice(-20)
    expect(last).toHaveLength(20)
    expect(await acceptedCuts(bytes, last)).toEqual([])
  })
})

describe('whole films as providers write them', () => {
  it.each<readonly [string, () => Promise<Buffer>]>([
    ['with the index at the end', () => madeWith(true, [])],
    ['in fragments', () => madeWith(true, ['-movflags', 'frag_keyframe+empty_moov'])],
    [
      'with boxes of nothing behind them',
      async () => Buffer.concat([await madeWith(true), header('free', 1032), Buffer.alloc(1024)]),
    ],
    [
      'with a second box of pictures',
      async () => Buffer.concat([await madeWith(true), header('mdat', 24), Buffer.alloc(16, 7)]),
    ],
    ['whose pictures reach to the end of the file', async () => openEnded(await madeWith(true))],
    [
      'with sizes of 64 bits',
      async () => {
        const bytes = await madeWith(true, [])
        const free = startOf(bytes, 'free')
        const size = bytes.readUInt32BE(free + 8)
        header('mdat', 1).copy(bytes, free)
        bytes.writeBigUInt64BE(BigInt(size + 8), free + 8)
        return bytes
      },
    ],
  ])('%s pass', async (_what, make) => {
    expect(await verdictOn(await make(), 'film.mp4')).toMatchObject({ ok: true })
  })

  it('are refused without an index, and when they begin with anything but their type', async () => {
    const bytes = await madeWith(true)
    const moov = startOf(bytes, 'moov')
    const without = Buffer.from(bytes)
    without.write('free', moov + 4, 'latin1')
    const late = Buffer.concat([header('free', 8), bytes])
    for (const damaged of [without, late])
      expect(problemOf(await verdictOn(damaged, 'damaged.mp4')).code).toBe('result-unusable')
  })
})
