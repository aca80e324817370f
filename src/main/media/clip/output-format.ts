import { perSecond, rateText, type Rate } from '../../../shared/domain/frames.ts'

/** How every video the app writes is coded; pure lists of options. */
export const soundRate = 48_000
export const soundBits = 160_000

/**
 * No B-frames: with them the first picture starts after zero, and hiding that takes an edit list, which some servers
 * ignore. `bitexact` keeps the writing program out of the file.
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

/** Constant quality that hardly anyone tells from the source. */
export const fineQuality: readonly string[] = ['-crf', '18']

export const soundOptions = (channels: number): readonly string[] => [
  ...['-c:a', 'aac', '-b:a', String(soundBits), '-ar', String(soundRate)],
  ...['-ac', String(Math.min(2, Math.max(1, channels))), '-flags:a', '+bitexact'],
]

/** No subtitles, no data, no place, device, author or chapters. */
export const nothingElse: readonly string[] = ['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1']

/**
 * Messages between the pictures hold the name and settings of a coder, and whatever else a device writes there. A coder
 * that is not named names itself; this name is the one that ISO/IEC 14496-15 recommends.
 */
export const wordless: readonly string[] = [
  ...['-bsf:v', 'filter_units=remove_types=6', '-metadata:s:v', 'encoder=AVC Coding'],
]

/** Pictures that are shown later than they are decoded begin at zero all the same, without an edit list. */
const mp4Muxer: readonly (readonly [name: string, value: string])[] = [
  ['fflags', '+bitexact'],
  ['movflags', '+faststart+negative_cts_offsets'],
  ['use_editlist', '0'],
  ['avoid_negative_ts', 'disabled'],
  ['f', 'mp4'],
]
export const asMp4: readonly string[] = mp4Muxer.flatMap(([name, value]) => [`-${name}`, value])

/** The same for one of several outputs; without it, the others would go on when this one has failed. */
export const asOneMp4 = `[onfail=abort:${mp4Muxer.map(([name, value]) => `${name}=${value}`).join(':')}]`
