import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { quadrants, usualSize } from './quadrants.ts'

type Bitmap = {
  readonly depth?: 24 | 32
  /** Rows from top to bottom, told by a negative height. */
  readonly topDown?: boolean
  readonly claimed?: { readonly width: number; readonly height: number }
}

/** A Windows bitmap of the quadrants. */
export async function bitmap(
  folder: string,
  name: string,
  { depth = 24, topDown = false, claimed }: Bitmap = {},
): Promise<string> {
  const { width, height } = usualSize
  const pixels = await quadrants().raw().toBuffer()
  const bytes = depth / 8
  const row = Math.ceil((width * bytes) / 4) * 4
  const file = Buffer.alloc(54 + row * height)
  file.write('BM', 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(claimed?.width ?? width, 18)
  file.writeInt32LE((claimed?.height ?? height) * (topDown ? -1 : 1), 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(depth, 28)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 3
      const to = 54 + (topDown ? y : height - 1 - y) * row + x * bytes
      file.set([pixels[from + 2] ?? 0, pixels[from + 1] ?? 0, pixels[from] ?? 0, 255].slice(0, bytes), to)
    }
  const path = join(folder, name)
  await writeFile(path, file)
  return path
}
