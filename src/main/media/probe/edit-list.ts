import type { Seconds } from '../../../shared/units.ts'
import { findBox, tracksOf, type Extent } from './box-tree.ts'

/** One line of an edit list: play this part of the track next. */
export type Edit = {
  /** null for a pause before anything is played. */
  readonly mediaTime: number | null
  readonly duration: Seconds
  /** 1 at the usual pace. */
  readonly rate: number
}

/** More than any camera or editor writes for one track. */
const mostEdits = 10_000

/** A number behind the version of a box, where version 1 keeps its two dates in 64 bits. */
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
    mostEdits,
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

/** The edits of one track by its number in the index (the content of a `moov` box); none where it has no list. */
export function editsOf(moov: Buffer, track: number): readonly Edit[] {
  const trak = tracksOf(moov).find((one) => numberBehindDates(moov, findBox(moov, one, 'tkhd')) === track)
  const elst = trak === undefined ? null : findBox(moov, trak, 'edts', 'elst')
  const timescale = numberBehindDates(moov, findBox(moov, { from: 0, to: moov.length }, 'mvhd'))
  return elst === null ? [] : editsIn(moov, elst, timescale ?? 0)
}

/**
 * Whether a list cuts or moves what is shown. Nearly every file carries one edit that plays the whole track from its
 * first picture; it only takes back the delay of decoding, and who ignores it shows the same frames.
 */
export function cutsOrMoves(edits: readonly Edit[], hiddenPackets: number): boolean {
  const parts = edits.filter(({ mediaTime }) => mediaTime !== null)
  const pauses = edits.some(({ mediaTime, duration }) => mediaTime === null && duration > 0)
  return pauses || parts.length > 1 || parts.some(({ rate }) => rate !== 1) || hiddenPackets > 0
}
