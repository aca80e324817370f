import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import { picture } from '../../../src/main/media/previews/picture.ts'
import { playable } from '../../../src/main/media/previews/proxy.ts'
import { strip } from '../../../src/main/media/previews/filmstrip.ts'
import { createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { ffmpeg, ffprobe } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const rose = [0xc0, 0x30, 0x60]
const white = [255, 255, 255]

/** The left half is rose; the right half is that too, or see-through over hidden green. */
function halves(right: 'rose' | 'see-through'): readonly string[] {
  const size = 's=640x360:r=10:d=1'
  const under = right === 'rose' ? 'color=c=#c03060' : 'color=c=lime'
  const alpha = right === 'rose' ? '1' : '0'
  return [
    ...['-f', 'lavfi', '-i', `${under}:${size},format=rgba,colorchannelmixer=aa=${alpha}`],
    ...['-f', 'lavfi', '-i', 'color=c=#c03060:s=320x360:r=10:d=1,format=rgba'],
    ...['-filter_complex', '[0:v][1:v]overlay=format=rgb:alpha=straight[v]'],
  ]
}

const in709 = [
  ...['-map', '[v]', '-vf', 'null', '-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p'],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
]
const to709 = (input: readonly string[]) =>
  input.map((word) => word.replace('[v]', ',scale=out_color_matrix=bt709:out_range=tv[v]'))

const kinds: readonly (readonly [string, readonly string[], readonly number[]])[] = [
  ['hd.mp4', [...to709(halves('rose')), ...in709.filter((word) => !['-vf', 'null'].includes(word))], rose],
  ['animation.mov', [...halves('rose'), '-map', '[v]', '-c:v', 'qtrle', '-pix_fmt', 'rgb24'], rose],
  ['see-through.mov', [...halves('see-through'), '-map', '[v]', '-c:v', 'qtrle', '-pix_fmt', 'argb'], white],
  [
    'see-through.webm',
    [
      ...halves('see-through'),
      '-map',
      '[v]',
      ...['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-crf', '4', '-b:v', '0', '-deadline', 'realtime'],
    ],
    white,
  ],
]

async function colours(pixels: Buffer): Promise<readonly (readonly number[])[]> {
  const { data, info } = await sharp(pixels).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return [0.25, 0.75].map((part) => {
    const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width * part)) * info.channels
    return [...data.subarray(at, at + 3)]
  })
}

const near = (meant: readonly (readonly number[])[]) => (shown: readonly (readonly number[])[]) =>
  shown.every((one, nth) => one.every((value, at) => Math.abs(value - (meant[nth]?.[at] ?? 0)) <= 5))

describe('what the studio shows of a clip', () => {
  it.each(kinds)('has the colours of the clip, and nothing that is hidden: %s', async (name, args, right) => {
    const path = join(bench.folder, name)
    await ffmpeg(...args, '-y', `file:${path}`)
    const facts = valueOf(await inspect(bench.mediaTools, path, {}, 'clip'))
    const shown: (readonly (readonly number[])[])[] = []
    shown.push(await colours(Buffer.from(valueOf(await picture(bench.mediaTools, path, facts, 320)))))
    const jpegs: Uint8Array[] = []
    valueOf(
      await strip(bench.mediaTools, path, { times: [0.5], near: 0.06, height: 96 }, (_, jpeg) =>
        jpegs.push(jpeg),
      ),
    )
    for (const jpeg of jpegs) shown.push(await colours(Buffer.from(jpeg)))
    const copy = join(bench.folder, `${name}.mp4`)
    valueOf(await playable(bench.mediaTools, path, copy))
    const png = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1']
    shown.push(await colours(await ffmpeg('-i', `file:${copy}`, '-pix_fmt', 'rgb24', ...png)))
    expect(shown).toHaveLength(3)
    expect(shown).toSatisfy((all: typeof shown) => all.every(near([rose, right])))
    // What says nothing is guessed by its size.
    expect(await ffprobe('-show_entries', 'stream=color_space', '-of', 'csv=p=0', copy)).toContain('bt709')
  })
})
