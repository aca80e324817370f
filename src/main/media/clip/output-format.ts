import { perSecond, rateText, type Rate } from '../../../shared/domain/frames.ts'
import type { Pixels } from '../../../shared/units.ts'

/** The sample rate of every video that the app writes. */
export const soundRate = 48_000
export const soundBits = 160_000

/**
 * No B-frames: with them the first frame starts after zero, which takes an edit list to hide, and some servers ignore
 * those. `bitexact` keeps the encoder’s name out of the file.
 */
export const pictureOptions = (rate: Rate): readonly string[] => [
  ...['-c:v', 'libx264', '-preset', 'medium', '-profile:v', 'high', '-bf', '0'],
  ...[
    '-g',
    String(Math.max(1, Math.round(2 * perSecond(rate)))),
    '-r',
    rateText(rate),
    '-flags:v',
    '+bitexact',
  ],
]

/** Constant quality, hardly distinguishable from the source. */
export const fineQuality: readonly string[] = ['-crf', '18']

export const soundOptions = (channels: number): readonly string[] => [
  ...['-c:a', 'aac', '-b:a', String(soundBits), '-ar', String(soundRate)],
  ...['-ac', String(Math.min(2, Math.max(1, channels))), '-flags:a', '+bitexact'],
]

/** No subtitles, data tracks, location, device, author or chapters. */
export const withoutMetadata: readonly string[] = ['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1']

/**
 * SEI messages hold the encoder’s name and settings, and whatever else a device writes there. Without a name, ffmpeg
 * adds its own; this name is the one that ISO/IEC 14496-15 recommends.
 */
export const withoutSei: readonly string[] = [
  ...['-bsf:v', 'filter_units=remove_types=6', '-metadata:s:v', 'encoder=AVC Coding'],
]

/** With negative offsets, reordered frames start at zero without an edit list. */
const mp4Muxer: readonly (readonly [name: string, value: string])[] = [
  ['fflags', '+bitexact'],
  ['movflags', '+faststart+negative_cts_offsets'],
  ['use_editlist', '0'],
  ['avoid_negative_ts', 'disabled'],
  ['f', 'mp4'],
]
export const asMp4: readonly string[] = mp4Muxer.flatMap(([name, value]) => [`-${name}`, value])

/** The same for one of several outputs. Without `onfail`, the others would continue after this one failed. */
export const asOneMp4 = `[onfail=abort:${mp4Muxer.map(([name, value]) => `${name}=${value}`).join(':')}]`

export type Size = { readonly width: Pixels; readonly height: Pixels }

type Sides = { readonly minSide: Pixels | null; readonly maxSide: Pixels | null }

/** The nearest even side, as H.264 needs. */
export const even = (value: number): Pixels => Math.max(2, Math.round(value / 2) * 2)
const evenDown = (value: number) => Math.floor(value / 2) * 2
const evenUp = (value: number) => Math.ceil(value / 2) * 2

/**
 * Even sides from `minSide` to `maxSide` with the same aspect ratio, scaled as little as possible; null where no such
 * size exists. Rounding never breaks a limit.
 */
export function fitSize({ width, height }: Size, { minSide, maxSide }: Sides): Size | null {
  const most = maxSide === null ? Number.POSITIVE_INFINITY : evenDown(maxSide)
  const least = minSide === null ? 2 : evenUp(minSide)
  const longer = Math.max(width, height)
  const shorter = Math.min(width, height)
  // A side that only needs rounding does not scale the frame.
  const wanted = minSide !== null && shorter < minSide ? minSide / shorter : 1
  const scale = maxSide === null ? wanted : Math.min(wanted, maxSide / longer)
  if (minSide !== null && shorter * scale < minSide - 0.5) return null
  if (least > most) return null
  const fit = (side: Pixels) => Math.min(most, Math.max(least, even(side * scale)))
  return { width: fit(width), height: fit(height) }
}

/** Even sides, the longer one at most `maxSide`. */
export function atMost({ width, height }: Size, maxSide: Pixels): Size {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  const fit = (side: Pixels) => Math.max(2, Math.min(evenDown(maxSide), even(side * scale)))
  return { width: fit(width), height: fit(height) }
}

/** The same aspect ratio with about `share` of the pixels; null when that is too small for `minSide`. */
export function shrink(size: Size, share: number, minSide: Pixels | null): Size | null {
  const scale = Math.sqrt(share)
  const smaller = { width: even(size.width * scale), height: even(size.height * scale) }
  return Math.min(smaller.width, smaller.height) < (minSide ?? 64) ? null : smaller
}
