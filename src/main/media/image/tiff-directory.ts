import { open, type FileHandle } from 'node:fs/promises'

/** Tags of TIFF 6.0, and of DNG 1.7 the last. */
export const tag = {
  kind: 254,
  bits: 258,
  compression: 259,
  photometric: 262,
  channels: 277,
  planes: 284,
  tileWidth: 322,
  extraChannels: 338,
  numbers: 339,
  subsampling: 530,
  profile: 34_675,
  dngVersion: 50_706,
} as const

/** The first value of each tag that is asked about. */
export type TiffDirectory = ReadonlyMap<number, number>

const asked: ReadonlySet<number> = new Set(Object.values(tag))
const short = 3
/** No camera and no program writes more. */
const mostEntries = 512

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

/**
 * What the directory of the first picture in a TIFF says; empty where it cannot be read whole, since what is missing
 * would be taken for what TIFF assumes.
 */
export async function readTiffDirectory(path: string): Promise<TiffDirectory> {
  const found = new Map<number, number>()
  const cut: TiffDirectory = new Map()
  const file = await open(path)
  try {
    const head = await readAt(file, 0, 8)
    if (head.length < 8) return cut
    const little = head.toString('latin1', 0, 2) === 'II'
    const u16 = (from: Buffer, at: number) => (little ? from.readUInt16LE(at) : from.readUInt16BE(at))
    const u32 = (from: Buffer, at: number) => (little ? from.readUInt32LE(at) : from.readUInt32BE(at))
    const at = u32(head, 4)
    const count = await readAt(file, at, 2)
    if (count.length < 2) return cut
    const length = Math.min(mostEntries, u16(count, 0)) * 12
    const entries = await readAt(file, at + 2, length)
    if (entries.length < length) return cut
    for (let from = 0; from + 12 <= entries.length; from += 12) {
      const name = u16(entries, from)
      if (!asked.has(name) || found.has(name)) continue
      const isShort = u16(entries, from + 2) === short
      // Of more values than the entry has room for, it says where they are.
      const elsewhere = isShort && u32(entries, from + 4) > 2
      const value = elsewhere ? await readAt(file, u32(entries, from + 8), 2) : entries.subarray(from + 8)
      if (value.length < 2) return cut
      found.set(name, isShort ? u16(value, 0) : u32(value, 0))
    }
    return found
  } finally {
    await file.close()
  }
}
