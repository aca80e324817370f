import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

const quarter = { red: '#ff0000', green: '#00ff00', blue: '#0000ff', white: '#ffffff' } as const
/** The corners of an upright picture of quadrants, row by row. */
export const upright = ['red', 'green', 'blue', 'white']
export const usualSize = { width: 480, height: 360 }
type Size = typeof usualSize

/** Four quarters of plain colour: what happened to a picture is told by its corners. */
export function quadrants({ width, height }: Size = usualSize): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2" width="${String(width)}" height="${String(height)}" preserveAspectRatio="none">
    <rect width="1" height="1" fill="${quarter.red}"/><rect x="1" width="1" height="1" fill="${quarter.green}"/>
    <rect y="1" width="1" height="1" fill="${quarter.blue}"/><rect x="1" y="1" width="1" height="1" fill="${quarter.white}"/></svg>`
  return sharp(Buffer.from(svg)).removeAlpha()
}

/** `#rrggbb` at a point given by fractions of the sides; pixels are not turned by any note in the file. */
export async function colourAt(path: string | Uint8Array, x: number, y: number): Promise<readonly number[]> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = Math.round(y * (info.height - 1)) * info.width + Math.round(x * (info.width - 1))
  return [...data.subarray(at * 3, at * 3 + 3)]
}

const distance = (one: readonly number[], other: readonly number[]) =>
  Math.max(...one.map((value, nth) => Math.abs(value - (other[nth] ?? 0))))

/** The largest difference of any channel, 0 to 255. */
export async function awayFrom(path: string | Uint8Array, x: number, y: number, wanted: readonly number[]) {
  return distance(await colourAt(path, x, y), wanted)
}

const channels = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))

/** The names of the colours in the corners, row by row; a colour that is none of the four is told as it is. */
export async function cornersOf(path: string | Uint8Array): Promise<readonly string[]> {
  const points = [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.9, 0.9],
  ] as const
  return Promise.all(
    points.map(async ([x, y]) => {
      const found = await colourAt(path, x, y)
      const [name] =
        Object.entries(quarter).find(([, colour]) => distance(found, channels(colour)) < 24) ?? []
      return name ?? found.join(',')
    }),
  )
}

/** How pixels lie in a file whose note says that a viewer is to turn them as `orientation` says, step by step. */
const stored: readonly (readonly ((picture: Sharp) => Sharp)[])[] = [
  [],
  [(picture) => picture.flop()],
  [(picture) => picture.rotate(180)],
  [(picture) => picture.flip()],
  [(picture) => picture.rotate(90), (picture) => picture.flop()],
  [(picture) => picture.rotate(270)],
  [(picture) => picture.rotate(90), (picture) => picture.flip()],
  [(picture) => picture.rotate(90)],
]

export async function turnedPicture(
  folder: string,
  orientation: number,
  format: 'jpeg' | 'png' | 'webp' | 'tiff',
): Promise<string> {
  const path = join(folder, `turned-${String(orientation)}.${format}`)
  let lying = await quadrants().png().toBuffer()
  for (const step of stored[orientation - 1] ?? []) lying = await step(sharp(lying)).png().toBuffer()
  await sharp(lying).toFormat(format).withMetadata({ orientation }).toFile(path)
  return path
}

/** A PNG with one more chunk right behind its header. */
export async function withChunk(
  source: string,
  target: string,
  type: string,
  data: Uint8Array,
): Promise<string> {
  const content = await readFile(source)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const numbers = Buffer.alloc(8)
  numbers.writeUInt32BE(data.length, 0)
  numbers.writeUInt32BE(crc32(body), 4)
  const chunk = Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)])
  await writeFile(target, Buffer.concat([content.subarray(0, 33), chunk, content.subarray(33)]))
  return target
}

export async function save(folder: string, name: string, picture: Sharp): Promise<string> {
  const path = join(folder, name)
  await picture.toFile(path)
  return path
}
