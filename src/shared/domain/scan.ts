import type { Seconds } from '../units.ts'

/** Times count from the first shown frame; the end is not part of it. */
export type Span = { readonly start: Seconds; readonly end: Seconds }

/** What one look at the moving picture found. All of it is a hint: it is measured, but what it means is a guess. */
export type Scan = {
  /** The part that was looked at. */
  readonly span: Span
  /** Where a new scene begins: the time of its first frame. */
  readonly cuts: readonly Seconds[]
  /** Where the camera jumps within a scene. */
  readonly jumps: readonly Seconds[]
  /** Nothing changes from frame to frame. */
  readonly frozen: readonly Span[]
  /** Hardly anything moves. */
  readonly still: readonly Span[]
  readonly black: readonly Span[]
  /** More motion than models follow. */
  readonly fast: readonly Span[]
}

/** One small picture of a filmstrip. */
export type StripPicture = { readonly at: Seconds; readonly picture: string }

/** The loudness of a clip in equal steps: the peak of each, from 0 to 1. */
export type Waveform = { readonly step: Seconds; readonly peaks: readonly number[] }
