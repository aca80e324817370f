import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMedia } from '../../src/main/media/create-media.ts'
import { realTools, runTool } from '../support/processes/tools.ts'
import type { ToolRun } from '../../src/main/system/ports.ts'
import * as clips from '../support/clips/clips.ts'
import {
  characterJob,
  clipFacts,
  clipJob,
  createWorkbench,
  valueOf,
  type Workbench,
} from '../support/clips/media-kit.ts'

let bench: Workbench
const runs: ToolRun[] = []
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const studioMedia = () =>
  createMedia({
    tools: realTools,
    run: (run) => {
      runs.push(run)
      return runTool(run)
    },
    workFolder: bench.mediaTools.workFolder,
  })

/** The parts of a command line that stand before each name of a file it reads, and those names. */
function inputsOf({
  args,
}: ToolRun): readonly { readonly before: readonly string[]; readonly name: string }[] {
  const places = args.flatMap((arg, at) => (arg === '-i' ? [at + 1] : []))
  if (places.length === 0) return [{ before: args.slice(0, -1), name: args.at(-1) ?? '' }]
  return places.map((place, nth) => ({
    before: args.slice(nth === 0 ? 0 : (places[nth - 1] ?? 0) + 1, place - 1),
    name: args[place] ?? '',
  }))
}

const valueAfter = (args: readonly string[], option: string) => args[args.lastIndexOf(option) + 1]

async function everything(clip: string, character: string): Promise<void> {
  const media = studioMedia()
  const facts = await clipFacts(bench.mediaTools, clip)
  valueOf(await media.inspect(clip))
  valueOf(await media.picture(clip, facts, 160))
  valueOf(await media.frameTimes(clip))
  valueOf(await media.scan(clip, facts, { start: 0, end: 1 }))
  valueOf(await media.motion(clip))
  valueOf(await media.strip(clip, facts, { times: [0, 1], near: 0.1, height: 90 }, () => undefined))
  valueOf(await media.waveform(clip, facts, 0.1))
  valueOf(await media.playable(clip, facts, join(bench.folder, 'playable.mp4')))
  const job = await clipJob(bench, clip, { length: 1, maxBytes: 60_000 })
  const prepared = valueOf(await media.prepareClip(job))
  valueOf(await media.verifyResult(prepared.path, { onMotion: () => undefined }))
  valueOf(await media.findOffset({ reference: clip, result: prepared.path, by: 'sound' }))
  const beside = join(bench.folder, `beside-${String(runs.length)}.mp4`)
  valueOf(
    await media.sideBySide({
      reference: clip,
      result: prepared.path,
      offset: 0,
      sound: 'none',
      target: beside,
    }),
  )
  valueOf(await media.inspect(character))
  valueOf(await media.prepareCharacter(await characterJob(bench, character)))
}

/** The oldest kind of Windows bitmap, which the picture library leaves to ffmpeg. */
async function bitmap(): Promise<string> {
  const side = 400
  const head = Buffer.alloc(54)
  head.write('BM', 0, 'latin1')
  head.writeUInt32LE(54 + side * side * 3, 2)
  head.writeUInt32LE(54, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(side, 18)
  head.writeInt32LE(side, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(24, 28)
  const path = join(bench.folder, 'drawn.bmp')
  await writeFile(path, Buffer.concat([head, Buffer.alloc(side * side * 3, 99)]))
  return path
}

describe('every command the studio runs on a file', () => {
  it('is guarded before the name of that file, which is absolute and literal', async () => {
    await everything(await clips.hevcClip(bench.folder), await bitmap())
    const reading = runs.filter(({ args }) => !args.includes('-filters') && !args.includes('-version'))
    expect(reading.length).toBeGreaterThan(12)
    for (const run of reading) {
      expect(valueAfter(run.args, '-max_alloc')).toBe('1073741824')
      // There is nothing to overwrite where nothing is written to a file.
      if (run.args.includes('-y')) expect(run.args.at(-1)).not.toMatch(/^file:/)
      // How long they take depends on the file and on the machine, so that only a stall ends them.
      expect([run.wallLimit, run.stallLimit]).toEqual([undefined, expect.any(Number)])
      for (const { before, name } of inputsOf(run)) {
        const ownPipe = name === 'pipe:0'
        expect(valueAfter(before, '-protocol_whitelist')).toBe(ownPipe ? 'pipe' : 'file')
        expect(valueAfter(before, '-format_whitelist')).toMatch(
          /^(?:mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mxf,gif,apng|bmp_pipe)$/,
        )
        const decoders = valueAfter(before, '-codec_whitelist:v')?.split(',') ?? []
        expect(decoders).toContain(run.args.includes('bmp_pipe') ? 'bmp' : 'h264')
        for (const odd of ['jpeg2000', 'smackvid', 'tiff']) expect(decoders).not.toContain(odd)
        expect(valueAfter(before, '-codec_whitelist:a')).toMatch(/^aac,/)
        expect(Number(valueAfter(before, '-max_pixels'))).toBeLessThanOrEqual(120_000_000)
        expect(ownPipe || (name.startsWith('file:') && isAbsolute(name.slice(5)))).toBe(true)
      }
    }
    const decoding = reading.filter(({ command }) => command === bench.mediaTools.ffmpeg)
    for (const { args } of decoding) expect(args).toEqual(expect.arrayContaining(['-nostdin', '-xerror']))
  })

  it.skipIf(process.platform === 'win32')('keeps its scratch files where nobody else can look', async () => {
    const { mode } = await stat(bench.mediaTools.workFolder)
    expect(mode & 0o777).toBe(0o700)
  })
})

/** What a drop and a preparation do with a clip and a character. */
async function preparation(clip: string, character: string): Promise<void> {
  const media = studioMedia()
  for (const path of [clip, character]) {
    const facts = valueOf(await media.inspect(path))
    valueOf(await media.picture(path, facts, 90))
  }
  valueOf(await media.waveform(clip, await clipFacts(bench.mediaTools, clip), 0.1))
  const target = join(dirname(clip), 'prepared.mp4')
  const prepared = valueOf(await media.prepareClip(await clipJob(bench, clip, { target })))
  expect(prepared.frames).toBe(30)
  valueOf(await media.prepareCharacter(await characterJob(bench, character, { folder: dirname(clip) })))
}

describe('every name a file can have', () => {
  const names = [...clips.awkwardNames, `${'x'.repeat(246)}.mp4`, 'pipe:1.mp4', '-']
  let source = ''
  let drawn = Buffer.alloc(0)
  beforeAll(async () => {
    source = await clips.makeClip(bench.folder, 'source.mp4', { width: 160, height: 90, seconds: 1 })
    const square = { width: 320, height: 320, channels: 3, background: '#c84' } as const
    drawn = await sharp({ create: square }).png().toBuffer()
  })

  it.each(names)('is the name of that one file and nothing else: %j', async (name) => {
    const folder = join(bench.folder, '%d \'quoted\' "folder" 🎬\n-i [a]|b\\c')
    await mkdir(folder, { recursive: true })
    const clip = join(folder, name)
    await copyFile(source, clip)
    const character = join(folder, `${name.slice(0, 240)}.png`)
    await writeFile(character, drawn)
    await preparation(clip, character)
    await rm(join(folder, 'prepared.mp4'), { force: true })
  })
})
