import type { Bytes } from '../../../shared/units.ts'
import { findBox, tracksOf, type Extent } from './box-tree.ts'

/** The numbers of a table: a count stands `skip` bytes into the box, and so many entries of `width` bytes follow. */
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

/** How many samples each chunk of a track holds, told as runs of chunks that hold as many. */
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

/** Where the last sample of one track ends; 0 where its tables cannot be read. */
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

/** How far into its file the last picture or sound reaches, by the tables of an index (the content of a `moov` box). */
export function endOfSamples(moov: Buffer): Bytes {
  return Math.max(0, ...tracksOf(moov).map((track) => endOfTrack(moov, track)))
}
