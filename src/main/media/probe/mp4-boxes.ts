import { open, type FileHandle } from 'node:fs/promises'
import { type Bytes, MiB, type Seconds } from '../../../shared/units.ts'

/** A range in an MP4 or QuickTime index in memory. Sizes in the index are never trusted. */
type Extent = { readonly from: number; readonly to: number }

/** The boxes directly inside a range. */
function* childrenOf(index: Buffer, { from, to }: Extent): Generator<Extent & { readonly type: string }> {
  let start = from
  while (start + 8 <= to) {
    const size = index.readUInt32BE(start)
    const wide = size === 1 && start + 16 <= to
    const end = size === 0 ? to : start + (wide ? Number(index.readBigUInt64BE(start + 8)) : size)
    if (end < start + 8 || end > to) return
    yield { type: index.toString('latin1', start + 4, start + 8), from: start + (wide ? 16 : 8), to: end }
    start = end
  }
}

/** The content of the first box on this path; null where there is none. */
export function findBox(index: Buffer, within: Extent, ...way: readonly string[]): Extent | null {
  const [type, ...rest] = way
  if (type === undefined) return within
  for (const child of childrenOf(index, within))
    if (child.type === type) return findBox(index, child, ...rest)
  return null
}

export const tracksOf = (moov: Buffer): readonly Extent[] =>
  [...childrenOf(moov, { from: 0, to: moov.length })].filter(({ type }) => type === 'trak')

/** The numbers of a table: a count at `skip` bytes into the box, then entries of `width` bytes. */
function tableOf(moov: Buffer, box: Extent, skip: number, width: number): readonly number[] {
  const at = box.from + skip
  if (at + 4 > box.to) return []
  const most = Math.floor((box.to - at - 4) / width)
  const places = Array.from(
    { length: Math.min(moov.readUInt32BE(at), most) },
    (_, index) => at + 4 + index * width,
  )
  return places.map((place) => (width === 8 ? Number(moov.readBigUInt64BE(place)) : moov.readUInt32BE(place)))
}

/** How many samples each chunk of a track has, as runs of equal chunks. */
function chunkRuns(
  moov: Buffer,
  stsc: Extent,
): readonly { readonly first: number; readonly samples: number }[] {
  const count = Math.floor((stsc.to - stsc.from - 8) / 12)
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const at = stsc.from + 8 + index * 12
    return { first: moov.readUInt32BE(at) - 1, samples: moov.readUInt32BE(at + 4) }
  })
}

/** The end of the last sample of a track; 0 where its tables cannot be read. */
function endOfTrack(moov: Buffer, trak: Extent): Bytes {
  const table = findBox(moov, trak, 'mdia', 'minf', 'stbl')
  const [stsz, stsc, stco, co64] = ['stsz', 'stsc', 'stco', 'co64'].map((type) =>
    table === null ? null : findBox(moov, table, type),
  )
  if (!stsz || !stsc || stsz.from + 12 > stsz.to) return 0
  const offsets = stco ? tableOf(moov, stco, 4, 4) : co64 ? tableOf(moov, co64, 4, 8) : []
  const same = moov.readUInt32BE(stsz.from + 4)
  const sizes = same === 0 ? tableOf(moov, stsz, 8, 4) : null
  const samples = sizes?.length ?? moov.readUInt32BE(stsz.from + 8)
  const runs = chunkRuns(moov, stsc)
  let furthest = 0
  let sample = 0
  let run = 0
  for (const [chunk, offset] of offsets.entries()) {
    while ((runs[run + 1]?.first ?? Infinity) <= chunk) run += 1
    const next = Math.min(samples, sample + (runs[run]?.samples ?? 0))
    const bytes = sizes
      ? sizes.slice(sample, next).reduce((sum, size) => sum + size, 0)
      : (next - sample) * same
    sample = next
    furthest = Math.max(furthest, offset + bytes)
  }
  return furthest
}

/** The end of the last sample in the file, by the tables of an index (the content of a `moov` box). */
function endOfSamples(moov: Buffer): Bytes {
  return Math.max(0, ...tracksOf(moov).map((track) => endOfTrack(moov, track)))
}

/** A top-level box of an MP4 or QuickTime file; `end` may be beyond the end of a truncated file. */
type Box = { readonly type: string; readonly start: Bytes; readonly end: Bytes }
export type Boxes = { readonly boxes: readonly Box[]; readonly fileSize: Bytes }

/** More top-level boxes than an hour of fragments; reading stops there, because a file can have endless tiny ones. */
const maxBoxes = 20_000

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
    while (start < fileSize && boxes.length < maxBoxes) {
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

/** There is an index, and neither it nor the media data extends beyond the end of the file. */
export function isWhole({ boxes, fileSize }: Boxes): boolean {
  const has = (type: string) => boxes.some((box) => box.type === type)
  const beyond = boxes.some((box) => ['moov', 'mdat', 'moof'].includes(box.type) && box.end > fileSize)
  return has('moov') && has('mdat') && !beyond
}

export const startsAsMp4 = ({ boxes }: Boxes): boolean => boxes[0]?.type === 'ftyp'

/** Far above the index of the longest video that is accepted; anything larger is not read into memory. */
const maxIndexBytes: Bytes = 64 * MiB

/** The content of the `moov` box; null where it is missing, truncated or too long. */
export async function readIndex(path: string, { boxes, fileSize }: Boxes): Promise<Buffer | null> {
  const moov = boxes.find(({ type }) => type === 'moov')
  if (moov === undefined || moov.end > fileSize) return null
  const length = moov.end - moov.start
  if (length - 8 > maxIndexBytes) return null
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
 * Whether the file holds every sample in its index. Where the media box extends “to the end of the file”, a file
 * truncated exactly between two samples has no other sign, and decodes without an error.
 */
export async function holdsEverySample(path: string, boxes: Boxes): Promise<boolean> {
  const moov = await readIndex(path, boxes)
  return moov !== null && endOfSamples(moov) <= boxes.fileSize
}

/** One line of an edit list: play this part of the track next. */
export type Edit = {
  /** null for a pause. */
  readonly mediaTime: number | null
  readonly duration: Seconds
  /** 1 for normal speed. */
  readonly rate: number
}

/** More than any camera or editor writes for one track. */
const maxEdits = 10_000

/** A number after the version and two dates of a box; version 1 has 64-bit dates. */
function numberBehindDates(moov: Buffer, box: Extent | null): number | null {
  if (box === null || box.from >= box.to) return null
  const at = box.from + (moov[box.from] === 1 ? 20 : 12)
  return at + 4 <= box.to ? moov.readUInt32BE(at) : null
}

function editsIn(moov: Buffer, elst: Extent, timescale: number): readonly Edit[] {
  if (elst.from + 8 > elst.to) return []
  const wide = moov[elst.from] === 1
  const width = wide ? 20 : 12
  const count = Math.min(
    moov.readUInt32BE(elst.from + 4),
    Math.floor((elst.to - elst.from - 8) / width),
    maxEdits,
  )
  return Array.from({ length: count }, (_, index) => {
    const at = elst.from + 8 + index * width
    const mediaTime = wide ? Number(moov.readBigInt64BE(at + 8)) : moov.readInt32BE(at + 4)
    const duration = wide ? Number(moov.readBigUInt64BE(at)) : moov.readUInt32BE(at)
    return {
      mediaTime: mediaTime < 0 ? null : mediaTime,
      duration: timescale > 0 ? duration / timescale : 0,
      rate: moov.readInt32BE(at + width - 4) / 0x10000,
    }
  })
}

/** The edits of one track by its number in the index (the content of a `moov` box); empty where it has no list. */
export function editsOf(moov: Buffer, track: number): readonly Edit[] {
  const trak = tracksOf(moov).find((one) => numberBehindDates(moov, findBox(moov, one, 'tkhd')) === track)
  const elst = trak === undefined ? null : findBox(moov, trak, 'edts', 'elst')
  const timescale = numberBehindDates(moov, findBox(moov, { from: 0, to: moov.length }, 'mvhd'))
  return elst === null ? [] : editsIn(moov, elst, timescale ?? 0)
}

/**
 * Whether an edit list cuts or moves what is shown. Nearly every file has one edit that plays the whole track from its
 * first frame; it only removes the decoding delay, and ignoring it shows the same frames.
 */
export function cutsOrMoves(edits: readonly Edit[], hiddenPackets: number): boolean {
  const parts = edits.filter(({ mediaTime }) => mediaTime !== null)
  const pauses = edits.some(({ mediaTime, duration }) => mediaTime === null && duration > 0)
  return pauses || parts.length > 1 || parts.some(({ rate }) => rate !== 1) || hiddenPackets > 0
}
