import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { picture } from '../../../src/main/media/previews/picture.ts'
import { prepareImage } from '../../../src/main/media/image/prepare-image.ts'
import {
  characterFacts,
  characterJob,
  createWorkbench,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { adobeRgb, displayP3, greyPower18, linearRgb, withProfile } from '../../support/clips/profiles.ts'
import { awayFrom } from '../../support/clips/quadrants.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

type Depth = 8 | 16
const side = 320

/** One colour, given as fractions: one or three channels, and alpha as one more. */
async function plain(values: readonly number[], depth: Depth, profile: Uint8Array | null): Promise<Buffer> {
  const grey = values.length < 3
  const most = depth === 16 ? 65_535 : 255
  const Pixels = depth === 16 ? Uint16Array : Uint8Array
  const pixels = new Pixels(side * side * values.length).map((_, nth) =>
    Math.round((values[nth % values.length] ?? 0) * most),
  )
  const channels = values.length as 1 | 2 | 3 | 4
  const png = await sharp(pixels, { raw: { width: side, height: side, channels } })
    .toColourspace(depth === 16 ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb')
    .png()
    .toBuffer()
  return profile === null ? png : withProfile(png, profile)
}

/** The number of sRGB for an amount of light (IEC 61966-2-1). */
const encoded = (light: number) =>
  Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * Math.max(0, light) ** (1 / 2.4) - 0.055))
/** From the primaries of a space to those of sRGB, both with the white of D65. */
const primaries = {
  adobe: [
    [1.39836, -0.39836, 0],
    [0, 1, 0],
    [0, -0.04293, 1.04293],
  ],
  p3: [
    [1.22494, -0.22494, 0],
    [-0.04206, 1.04206, 0],
    [-0.01964, -0.07864, 1.09828],
  ],
}
const shown = (rows: readonly (readonly number[])[], values: readonly number[], power: number) =>
  rows.map((row) => encoded(row.reduce((sum, part, nth) => sum + part * (values[nth] ?? 0) ** power, 0)))
const over = ([red = 0, green = 0, blue = 0]: readonly number[]) => [(red + 255) / 2, green / 2, blue / 2]

const colour = [0.5, 0.6, 0.4]
const adobe = shown(primaries.adobe, colour, 2.19921875)
const p3 = shown(primaries.p3, colour, 2.19921875)
const dark = [0.002, 0.02, 0.5]
const grey = Array.from({ length: 3 }, () => encoded(0.5 ** 1.8))

describe.each([8, 16] as const)('the colours of a picture of %i bits', (depth) => {
  const cases: readonly (readonly [string, readonly number[], Uint8Array | null, readonly number[]])[] = [
    ['no profile', colour, null, colour.map((value) => value * 255)],
    ['Adobe RGB', colour, adobeRgb, adobe],
    ['Adobe RGB, half see-through', [...colour, 0.5], adobeRgb, over(adobe)],
    ['Display P3', colour, displayP3, p3],
    ['Display P3, half see-through', [...colour, 0.5], displayP3, over(p3)],
    ...(depth === 16 ? ([['light itself', dark, linearRgb, dark.map(encoded)]] as const) : []),
    ['grey without a profile', [0.5], null, [128, 128, 128]],
    ['grey of its own power', [0.5], greyPower18, grey],
    ['grey of its own power, half see-through', [0.5, 0.5], greyPower18, over(grey)],
    ['grey under a profile of colours', [0.5], linearRgb, [128, 128, 128]],
  ]

  it.each(cases)(
    'are those that %s means, prepared and shown, as PNG and as TIFF',
    async (name, values, profile, wanted) => {
      const png = await plain(values, depth, profile)
      const { space } = await sharp(png).metadata()
      const tiff = sharp(png).keepIccProfile().toColourspace(space).tiff({ compression: 'lzw' })
      const fileName = name.replaceAll(/\W/g, '-')
      for (const [end, content] of [
        ['png', png],
        ['tiff', await tiff.toBuffer()],
      ] as const) {
        const source = join(bench.folder, `${fileName}-${String(depth)}.${end}`)
        await writeFile(source, content)
        const fit = { aspect: 'pad', crop: null, background: '#ff0000' } as const
        const job = await characterJob(bench, source, { fit, aspect: { min: 2, max: 2.5 } })
        const { path } = valueOf(await prepareImage(bench.mediaTools, job))
        expect(await awayFrom(path, 0.5, 0.5, wanted), end).toBeLessThanOrEqual(2)
        expect(await awayFrom(path, 0.02, 0.5, [255, 0, 0])).toBe(0)
        if (values.length % 2 === 0) continue
        const small = valueOf(
          await picture(bench.mediaTools, source, await characterFacts(bench.mediaTools, source), 100),
        )
        expect(await awayFrom(small, 0.5, 0.5, wanted)).toBeLessThanOrEqual(3)
      }
    },
  )
})
