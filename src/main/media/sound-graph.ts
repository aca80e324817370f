import type { Seconds } from '../../shared/units.ts'
import { soundRate } from './h264-mp4.ts'

/** One coded frame of AAC; the first of a stream is the encoder's run-up. */
const soundFrame = 1024

const seconds = (value: Seconds) => value.toFixed(6)

export type SoundWindow = {
  /** On the source file's own clock. */
  readonly begins: Seconds
  readonly duration: Seconds
  /** How long after zero the sound starts; silence before. */
  readonly lead?: Seconds
}

/**
 * The sound of a window, in whole coded frames that end with the picture or just before it. The encoder puts one
 * frame of run-up in front, for which a file would need an edit list; the first 21 ms are left out in its place, so
 * that everything after them is in step.
 */
export function soundGraph({ begins, duration, lead = 0 }: SoundWindow): string {
  const last = Math.floor((duration * soundRate) / soundFrame) * soundFrame
  return [
    `atrim=start=${seconds(begins)}:end=${seconds(begins + duration)}`,
    `asetpts=PTS-${seconds(begins)}/TB+${seconds(lead)}/TB`,
    `aresample=${soundRate}:async=1:first_pts=0`,
    'apad',
    `atrim=start_sample=${soundFrame}:end_sample=${Math.max(2 * soundFrame, last)}`,
  ].join(',')
}
