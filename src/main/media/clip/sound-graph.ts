import type { ShortFix } from '../../../shared/domain/fit.ts'
import type { Seconds } from '../../../shared/units.ts'
import { soundRate } from './output-format.ts'

/** One coded frame of AAC; the first of a stream is the encoder's run-up. */
export const soundFrame = 1024

const seconds = (value: Seconds) => value.toFixed(6)

export type SoundWindow = {
  /** On the source file's own clock. */
  readonly begins: Seconds
  readonly duration: Seconds
  /** How long after zero the sound starts; silence before. */
  readonly lead?: Seconds
}

/** The samples of a window from zero on, silence behind them without end. */
const windowed = ({ begins, duration, lead = 0 }: SoundWindow): readonly string[] => [
  `atrim=start=${seconds(begins)}:end=${seconds(begins + duration)}`,
  `asetpts=PTS-${seconds(begins)}/TB+${seconds(lead)}/TB`,
  `aresample=${soundRate}:async=1:first_pts=0`,
  'apad',
  // Where a window has no sound at all, silence comes without times.
  'asetpts=N',
]

/**
 * Whole coded frames that end with the picture or just before it. The encoder puts one frame of run-up in front, for
 * which a file would need an edit list; the first 21 ms are left out in its place, so that everything after them is in
 * step.
 */
function wholeFrames(duration: Seconds): string {
  const last = Math.floor((duration * soundRate) / soundFrame) * soundFrame
  return `atrim=start_sample=${soundFrame}:end_sample=${Math.max(2 * soundFrame, last)}`
}

/** The sound of a window, as long as its picture. */
export const soundGraph = (window: SoundWindow): string =>
  [...windowed(window), wholeFrames(window.duration)].join(',')

const slowest = 0.5

/** `atempo` goes down to half the speed; slower takes several of them. Pitch stays. */
const slowedBy = (tempo: number): readonly string[] =>
  tempo < slowest ? [`atempo=${slowest}`, ...slowedBy(tempo / slowest)] : [`atempo=${tempo.toFixed(9)}`]

export type LengthenedSound = {
  readonly begins: Seconds
  /** Of the picture before and after it was lengthened. */
  readonly performed: Seconds
  readonly duration: Seconds
  readonly how: Exclude<ShortFix, 'boomerang'>
}

/** The sound of a part that is lengthened with its picture: slowed at the same pitch, or from its start again. */
export function lengthenedSound({ begins, performed, duration, how }: LengthenedSound): string {
  const samples = Math.round(performed * soundRate)
  return [
    ...windowed({ begins, duration: performed }),
    `atrim=end_sample=${samples}`,
    ...(how === 'loop' ? [`aloop=loop=-1:size=${samples}`] : slowedBy(performed / duration)),
    'apad',
    wholeFrames(duration),
  ].join(',')
}
