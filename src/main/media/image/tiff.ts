import type { Size } from '../../../shared/domain/picture-geometry.ts'

/** The byte order of a pixel: with or without alpha. */
export type PixelKind = 'rgb' | 'rgba'
export const bytesOf: Readonly<Record<PixelKind, number>> = { rgb: 3, rgba: 4 }

const short = 3
const long = 4
const undefinedBytes = 7
const sizes = { [short]: 2, [long]: 4, [undefinedBytes]: 1 } as const
type Kind = keyof typeof sizes
type Entry = { readonly tag: number; readonly kind: Kind; readonly values: ArrayLike<number> }

/** Strips are decoded one at a time; few rows each save memory. */
const rowsInStrip = 64

function write(target: Buffer, at: number, kind: Kind, values: ArrayLike<number>): void {
  for (let nth = 0; nth < values.length; nth += 1) {
    const value = values[nth] ?? 0
    if (kind === short) target.writeUInt16LE(value, at + nth * 2)
    else if (kind === long) target.writeUInt32LE(value, at + nth * 4)
    else target.writeUInt8(value, at + nth)
  }
}

/** The tags of baseline TIFF, in ascending order as it requires. */
function entries(
  { width, height }: Size,
  kind: PixelKind,
  profile: Uint8Array | null,
  pixels: number,
): readonly Entry[] {
  const channels = bytesOf[kind]
  const row = width * channels
  const strips = Array.from({ length: Math.ceil(height / rowsInStrip) }, (_, nth) => nth * rowsInStrip)
  return [
    { tag: 256, kind: long, values: [width] },
    { tag: 257, kind: long, values: [height] },
    { tag: 258, kind: short, values: Array.from({ length: channels }, () => 8) },
    { tag: 259, kind: short, values: [1] },
    { tag: 262, kind: short, values: [2] },
    { tag: 273, kind: long, values: strips.map((first) => pixels + first * row) },
    { tag: 277, kind: short, values: [channels] },
    { tag: 278, kind: long, values: [rowsInStrip] },
    { tag: 279, kind: long, values: strips.map((first) => Math.min(rowsInStrip, height - first) * row) },
    ...(kind === 'rgba' ? [{ tag: 338, kind: short, values: [2] } as const] : []),
    ...(profile ? [{ tag: 34_675, kind: undefinedBytes, values: profile } as const] : []),
  ]
}

/**
 * The bytes before raw pixels that make them a TIFF, the simplest format with a colour profile: sharp only takes a
 * profile from inside a file.
 */
export function tiffHead(size: Size, pixelKind: PixelKind, profile: Uint8Array | null): Uint8Array {
  const count = entries(size, pixelKind, profile, 0).length
  const directory = 8
  const beside = directory + 2 + count * 12 + 4
  const lengthOf = ({ kind, values }: Entry) => Math.ceil((values.length * sizes[kind]) / 4) * 4
  const total = entries(size, pixelKind, profile, 0).reduce((sum, entry) => sum + lengthOf(entry), beside)
  const head = Buffer.alloc(total)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(directory, 4)
  head.writeUInt16LE(count, directory)
  let free = beside
  entries(size, pixelKind, profile, total).forEach((entry, nth) => {
    const at = directory + 2 + nth * 12
    head.writeUInt16LE(entry.tag, at)
    head.writeUInt16LE(entry.kind, at + 2)
    head.writeUInt32LE(entry.values.length, at + 4)
    if (entry.values.length * sizes[entry.kind] <= 4) write(head, at + 8, entry.kind, entry.values)
    else {
      head.writeUInt32LE(free, at + 8)
      write(head, free, entry.kind, entry.values)
    }
    free += lengthOf(entry)
  })
  return head
}
