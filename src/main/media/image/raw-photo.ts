import { open, type FileHandle } from 'node:fs/promises'

const tag = { kind: 254, photometric: 262, dngVersion: 50_706 }
/** Brightness behind a mosaic of colour filters, and the same before it is developed. */
const undeveloped = [32_803, 34_892]
const reduced = 1
/** No camera and no program writes more. */
const mostEntries = 512

async function firstDirectory(file: FileHandle): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>()
  const head = Buffer.alloc(8)
  await file.read(head, 0, 8, 0)
  const little = head.toString('latin1', 0, 2) === 'II'
  const u16 = (from: Buffer, at: number) => (little ? from.readUInt16LE(at) : from.readUInt16BE(at))
  const u32 = (from: Buffer, at: number) => (little ? from.readUInt32LE(at) : from.readUInt32BE(at))
  const at = u32(head, 4)
  const count = Buffer.alloc(2)
  if ((await file.read(count, 0, 2, at)).bytesRead < 2) return found
  const entries = Buffer.alloc(Math.min(mostEntries, u16(count, 0)) * 12)
  const { bytesRead } = await file.read(entries, 0, entries.length, at + 2)
  const short = 3
  for (let from = 0; from + 12 <= bytesRead; from += 12)
    found.set(
      u16(entries, from),
      u16(entries, from + 2) === short ? u16(entries, from + 8) : u32(entries, from + 8),
    )
  return found
}

/**
 * True for a TIFF whose first picture is not the photo: cameras put a thumbnail there (DNG, NEF, ARW, PEF, SRW), and
 * the photo elsewhere, as the sensor saw it. Tags of TIFF 6.0 and of DNG 1.7.
 */
export async function isRawPhoto(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const directory = await firstDirectory(file)
    return (
      directory.has(tag.dngVersion) ||
      ((directory.get(tag.kind) ?? 0) & reduced) !== 0 ||
      undeveloped.includes(directory.get(tag.photometric) ?? 0)
    )
  } finally {
    await file.close()
  }
}
