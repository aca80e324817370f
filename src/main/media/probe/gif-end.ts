import { readFile, stat } from 'node:fs/promises'
import { MiB, type Bytes } from '../../../shared/units.ts'

/** Larger ones are taken for whole: they are rare, and not worth so much memory. */
const largest: Bytes = 128 * MiB

const block = { trailer: 0x3b, extension: 0x21, picture: 0x2c }

/** A table of colours behind the flags that tell of it. */
const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** Behind pieces of data, each behind its length, of which the last is 0; beyond the end where one of them is cut. */
function behindData(gif: Uint8Array, from: number): number {
  let at = from
  while (at < gif.length) {
    const length = gif[at] ?? 0
    at += 1 + length
    if (length === 0) break
  }
  return at
}

/** Whether no block of it is cut (GIF89a). Nobody misses the trailer, nor what stands behind it. */
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

/** ffmpeg shows what it has of a picture that was cut, and says nothing. */
export async function reachesGifEnd(path: string): Promise<boolean> {
  const { size } = await stat(path)
  return size > largest || isWholeGif(await readFile(path))
}
