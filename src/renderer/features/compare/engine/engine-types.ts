import type { FrameList } from '../../../../shared/domain/frames.ts'
import type { Seconds } from '../../../../shared/units.ts'
import type { PairStatus, PlayerPair, Reading } from '../pair-types.ts'
import type { Scheduler } from '../player-side.ts'
import type { Sound } from '../sound.ts'
import type { FrameSource } from './frame-source.ts'
import type { ShownFrame } from './shown-frames.ts'
import type { SoundTrack } from './sound.ts'

export type EngineSide = { readonly frames: FrameList; readonly source: FrameSource }

export type EngineOptions = {
  /** The reference first. */
  readonly sides: readonly EngineSide[]
  readonly sound: SoundTrack | null
  readonly heard: Sound
  readonly scheduler: Scheduler
  /** Paints these frames, which belong together. Called again when only the view has changed. */
  readonly onPaint: (shown: readonly ShownFrame[]) => void
  readonly onStatus: (status: PairStatus) => void
  readonly onReading: (reading: Reading) => void
  /** The machine can't decode in time: smaller copies would help. */
  readonly onHeavy: () => void
  /** A decoded frame of this side can't be painted. */
  readonly onUnreadable: (side: number, error: unknown) => void
}

export type Engine = PlayerPair & {
  /** Any frame of any side has arrived. */
  readonly frameArrived: () => void
  /** The sides that have to be shown; the others are not decoded. */
  readonly setVisible: (sides: readonly number[], result?: number) => void
  /** Takes another source for a side; the frames are the same ones. */
  readonly replaceSource: (side: number, source: FrameSource) => void
  /** Other sides from now on, those that stay by their number. The place and what plays stay too. */
  readonly setSides: (next: readonly (number | EngineSide)[], leads: readonly Seconds[]) => void
  /** A smaller copy of a side, which is shown until the frames of the file are there; null: there is none any more. */
  readonly setCopy: (side: number, copy: FrameSource | null) => void
  /** Whether anything may be shown from such a copy. */
  readonly allowSoft: (allowed: boolean) => void
  /** Resolves once nothing on the screen is from such a copy. */
  readonly sharp: () => Promise<void>
  readonly fail: (side: number) => void
}
