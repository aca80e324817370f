import { open, type FileHandle } from 'node:fs/promises'
import { MiB, type Bytes } from '../../../shared/units.ts'
import { endOfSamples } from './sample-end.ts'

/** A top-level box of an MP4 or QuickTime file; `end` may lie beyond the file when that was cut. */
export type Box = { readonly type: string; readonly start: Bytes; readonly end: Bytes }
export type Boxes = { readonly boxes: readonly Box[]; readonly fileSize: Bytes }

/** More top-level boxes than an hour of fragments; a file made of endless tiny ones is not walked to its end. */
const mostBoxes = 20_000

async function readBox(file: FileHandle, start: Bytes, fileSize: Bytes): Promise<Box | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, start)
  if (bytesRead < 8) return null
  const type = buffer.toString('latin1', 4, 8)
  const size = buffer.readUInt32BE(0)
  // 0: to the end of the file; 1: the real size follows in 64 bits.
  if (size === 0) return { type, start, end: fileSize }
  if (size === 1)
    return bytesRead < 16 ? null : { type, start, end: start + Number(buffer.readBigUInt64BE(8)) }
  return { type, start, end: start + size }
}

export async function walkBoxes(path: string): Promise<Boxes> {
  const file = await open(path)
  try {
    const { size: fileSize } = await file.stat()
    const boxes: Box[] = []
    let start = 0
    while (start < fileSize && boxes.length < mostBoxes) {
      const box = await readBox(file, start, fileSize)
      if (box === null || box.end < box.start + 8) break
      boxes.push(box)
      start = box.end
    }
    return { boxes, fileSize }
  } finally {
    await file.close()
  }
}

/** An index is there, and no part of it or of the pictures lies beyond the end of the file. */
export function isWhole({ boxes, fileSize }: Boxes): boolean {
  const has = (type: string) => boxes.some((box) => box.type === type)
  const beyond = boxes.some((box) => ['moov', 'mdat', 'moof'].includes(box.type) && box.end > fileSize)
  return has('moov') && has('mdat') && !beyond
}

export const startsAsMp4 = ({ boxes }: Boxes): boolean => boxes[0]?.type === 'ftyp'

/** Far above the index of the longest video the studio reads; what claims more is not read into memory. */
const largestIndex: Bytes = 64 * MiB

/** The content of the `moov` box; null where there is none, where it is cut, or where it is too long to be one. */
export async function readIndex(path: string, { boxes, fileSize }: Boxes): Promise<Buffer | null> {
  const moov = boxes.find(({ type }) => type === 'moov')
  if (moov === undefined || moov.end > fileSize) return null
  const length = moov.end - moov.start
  if (length - 8 > largestIndex) return null
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, moov.start)
    const inLong = bytesRead >= 16 && buffer.readUInt32BE(0) === 1
    return buffer.subarray(inLong ? 16 : 8, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * Whether the file holds every sample its index names. Where the box of the pictures reaches “to the end of the file”,
 * a file cut exactly between two samples shows no other trace, and decodes without an error.
 */
export async function holdsEverySample(path: string, boxes: Boxes): Promise<boolean> {
  const moov = await readIndex(path, boxes)
  return moov !== null && endOfSamples(moov) <= boxes.fileSize
}
