import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

type Entry = readonly [tag: number, ...values: number[]]

/**
 * A TIFF of uncompressed pixels in one strip, with any entries at all besides: what stands in them wins over the plain
 * 8-bit RGB that is meant otherwise.
 */
export async function plainTiff(
  folder: string,
  name: string,
  { width, height, pixels }: { readonly width: number; readonly height: number; readonly pixels: Buffer },
  ...entries: readonly Entry[]
): Promise<string> {
  const usual: readonly Entry[] = [
    ...([
      [256, width],
      [257, height],
      [258, 8, 8, 8],
    ] as const),
    ...([
      [259, 1],
      [262, 2],
      [273, 0],
      [277, 3],
      [278, height],
      [279, pixels.length],
    ] as const),
  ]
  const all = [...new Map([...usual, ...entries].map((entry) => [entry[0], entry])).values()].sort(
    ([left], [right]) => left - right,
  )
  const beside = 8 + 2 + all.length * 12 + 4
  const lists = all.map(([, ...values]) => values.length * 2).map((bytes) => (bytes > 4 ? bytes : 0))
  const start = beside + lists.reduce((sum, bytes) => sum + bytes, 0)
  const head = Buffer.alloc(start)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(all.length, 8)
  let free = beside
  all.forEach(([tag, ...values], nth) => {
    const at = 10 + nth * 12
    const long = tag === 273 || tag === 279
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(long ? 4 : 3, at + 2)
    head.writeUInt32LE(values.length, at + 4)
    if (long) head.writeUInt32LE(tag === 273 ? start : (values[0] ?? 0), at + 8)
    else {
      const inside = values.length <= 2
      if (!inside) head.writeUInt32LE(free, at + 8)
      values.forEach((value, index) => head.writeUInt16LE(value, (inside ? at + 8 : free) + index * 2))
      if (!inside) free += values.length * 2
    }
  })
  const path = join(folder, name)
  await writeFile(path, Buffer.concat([head, pixels]))
  return path
}
