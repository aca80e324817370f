import { create } from 'zustand'
import type { Edges, FrameSpan } from '../state/trim-window.ts'

export type Reading = {
  /** What is on the screen, counted from 0. */
  readonly frame: number
  /** Times the clip's own speed, below 0 backward; 0 while paused. */
  readonly speed: number
}

export type LoopPlayer = {
  readonly reading: () => Reading
  /** Told at once, and whenever another frame is on the screen or the speed changes. */
  readonly follow: (listener: (reading: Reading) => void) => () => void
  /** The frames to go round and round in. */
  readonly setPart: (edges: Edges, span: FrameSpan) => void
  readonly toggle: () => void
  readonly pause: () => void
  /** Stops, and shows a frame anywhere in the clip. */
  readonly show: (frame: number) => void
  readonly step: (frames: number) => void
  /** Faster forward (1) or backward (-1) each time. */
  readonly shuttle: (direction: 1 | -1) => void
  readonly dispose: () => void
}

type ClipPlayer = {
  /** The player of the preview, while there is one. */
  readonly player: LoopPlayer | null
  readonly setPlayer: (player: LoopPlayer | null) => void
}

/** Beside the state of the window, because a player is a thing and not a value. */
export const useClipPlayer = create<ClipPlayer>()((set) => ({
  player: null,
  setPlayer: (player) => {
    set({ player })
  },
}))
