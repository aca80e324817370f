import { open, readFile, stat } from 'node:fs/promises'
import type { ClipContainer } from '../../../shared/domain/media.ts'
import { MiB, type Bytes } from '../../../shared/units.ts'
import { isWhole, type Boxes } from './mp4-boxes.ts'

/** Larger ones are assumed to be whole: they are rare and would take too much memory. */
const maxGifBytes: Bytes = 128 * MiB

const block = { trailer: 0x3b, extension: 0x21, picture: 0x2c }

/** The size of the colour table that the flags announce. */
const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/**
 * The position after a list of blocks, each preceded by its length, of which the last is 0; after the end of the file
 * where one is truncated.
 */
function behindData(gif: Uint8Array, from: number): number {
  let at = from
  while (at < gif.length) {
    const length = gif[at] ?? 0
    at += 1 + length
    if (length === 0) break
  }
  return at
}

/** Whether no block is truncated (GIF89a). A missing trailer is fine, and anything after it is ignored. */
function isWholeGif(gif: Uint8Array): boolean {
  let at = 13 + tableBytes(gif[10] ?? 0)
  while (at < gif.length) {
    const kind = gif[at]
    if (kind === block.extension) at = behindData(gif, at + 2)
    else if (kind === block.picture) at = behindData(gif, at + 11 + tableBytes(gif[at + 9] ?? 0))
    else return true
  }
  return at === gif.length
}

/** ffmpeg shows what it has of a truncated image, without an error. */
async function reachesGifEnd(path: string): Promise<boolean> {
  const { size } = await stat(path)
  return size > maxGifBytes || isWholeGif(await readFile(path))
}

/** An EBML number: its length in bytes, and its value; null where it is truncated or says “unknown”. */
function ebmlNumber(head: Buffer, at: number): { readonly length: number; readonly value: number | null } {
  const first = head[at] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || at + length > head.length) return { length: 1, value: null }
  const value = head
    .subarray(at + 1, at + length)
    .reduce((sum, byte) => sum * 256 + byte, first & (0xff >> length))
  return { length, value: value === 2 ** (7 * length) - 1 ? null : value }
}

const segment = 0x18538067

/** Where a Matroska file says it ends; null where it does not say, as in a recording that was never closed. */
function endOfMatroska(head: Buffer): Bytes | null {
  const header = ebmlNumber(head, 4)
  if (header.value === null) return null
  const at = 4 + header.length + header.value
  if (at + 12 > head.length || head.readUInt32BE(at) !== segment) return null
  const size = ebmlNumber(head, at + 4)
  return size.value === null ? null : at + 4 + size.length + size.value
}

/** The first RIFF chunk of an AVI; longer files have more. Programs that never closed it leave the length zero. */
const endOfAvi = (head: Buffer): Bytes | null => {
  const size = head.length < 8 ? 0 : head.readUInt32LE(4)
  return size === 0 || size === 0xffffffff ? null : 8 + size
}

const headLength = 4096
/** Some programs include the eight bytes before the length in it. */
const lengthTolerance: Bytes = 8

/** Whether a file is as long as it says; one that does not say is assumed to be whole. */
export async function reachesItsEnd(
  path: string,
  container: ClipContainer,
  boxes: Boxes | null,
): Promise<boolean> {
  if (boxes !== null) return isWhole(boxes)
  if (container === 'gif') return reachesGifEnd(path)
  const endOf =
    container === 'avi' ? endOfAvi : container === 'webm' || container === 'mkv' ? endOfMatroska : null
  if (endOf === null) return true
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0)
    const head = buffer.subarray(0, bytesRead)
    const end = endOf(head)
    return end === null || end <= size + lengthTolerance
  } finally {
    await file.close()
  }
}
