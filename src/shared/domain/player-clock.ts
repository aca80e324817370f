import type { Interval } from './frames.ts'
import type { ClipFacts } from './media.ts'
import type { Seconds } from '../units.ts'

/*
 * Understudy counts a clip's time from its first frame. A player counts as the file does: its `currentTime` and the
 * `mediaTime` of its frames are those that ffprobe reads, so the two differ by the start of the picture. Measured in
 * Chromium 156 on 2026-11-30 with MP4, MOV, Matroska and WebM: late and early tracks, edit lists, a start of one hour.
 */

/** When the first shown frame begins on the clock of the file: `ClipFacts.startTime`. */
export type ClockStart = Seconds

/** Seconds of the player for seconds from the first frame. */
export const playerTime = (start: ClockStart, time: Seconds): Seconds => time + start

/** Seconds from the first frame for seconds of the player. */
export const clipTime = (start: ClockStart, ofPlayer: Seconds): Seconds => ofPlayer - start

/** Where to send a player for a frame: its middle, so that no rounding shows the neighbour. */
export const frameTarget = (start: ClockStart, frame: Interval): Seconds =>
  playerTime(start, (frame.start + frame.end) / 2)

/** Where a player can be sent: from where it is when it has its first picture to its own duration. */
export type Reach = { readonly from: Seconds; readonly to: Seconds }

type Ends = { readonly first: Interval; readonly last: Interval }

/**
 * Whether a player can be sent to every frame. In Chromium the duration of an MP4 is a length although its clock begins
 * late, so its last frames are behind its end; a Matroska file begins with its latest track, so its first frames may be
 * before its start.
 */
export const reachesEveryFrame = ({ from, to }: Reach, { first, last }: Ends, start: ClockStart): boolean =>
  from < playerTime(start, first.end) && to > frameTarget(start, last)

/** What the facts alone tell: a player never reaches the last frames of an MP4 whose clock begins late. */
export const endsTooEarly = ({ container, startTime }: Pick<ClipFacts, 'container' | 'startTime'>): boolean =>
  (container === 'mp4' || container === 'mov') && startTime > 0.0005
