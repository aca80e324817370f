import type { CallAnswer } from '../../shared/contract.ts'
import type { Problem } from '../../shared/outcome.ts'
import type { Fraction } from '../../shared/units.ts'
import { askUntil } from '../lib/ask-until.ts'
import type { Slice } from './store.ts'

/** Where the library would come to, as the user is asked about it. */
export type MovePlan = NonNullable<CallAnswer<'library:plan-move'>>

/** The library is being copied by a window, or is in another folder now. */
type Moving = { readonly to: string; readonly fraction: Fraction | null }

export type LibraryMoveSlice = {
  readonly moving: Moving | null
  readonly movedTo: string | null
  /** Why the last move failed, until the user has read it. */
  readonly moveProblem: Problem | null
  /** Stops the move that this window began; null where it began none. */
  readonly cancelMove: (() => void) | null
  readonly moveLibrary: (plan: MovePlan) => Promise<void>
  readonly forgetMoveProblem: () => void
  readonly setMoving: (moving: Moving | null) => void
  readonly setMoved: (to: string) => void
}

export const createLibraryMoveSlice: Slice<LibraryMoveSlice> = (set, get) => ({
  moving: null,
  movedTo: null,
  moveProblem: null,
  cancelMove: null,

  moveLibrary: async ({ plan, to }) => {
    const stop = new AbortController()
    set({
      moving: { to, fraction: null },
      cancelMove: () => {
        stop.abort()
      },
    })
    const answer = await askUntil('library:move', { plan }, { signal: stop.signal })
    set({ moving: null, cancelMove: null })
    // The user who cancelled it knows why.
    if (!answer.ok && answer.problem.code !== 'cancelled') set({ moveProblem: answer.problem })
  },

  forgetMoveProblem: () => {
    set({ moveProblem: null })
  },

  setMoving: (moving) => {
    set({ moving })
    // The core was stopped meanwhile, and refused what this window asked.
    if (moving === null && get().movedTo === null) void get().readCore()
  },

  setMoved: (to) => {
    set({ movedTo: to })
    // In the desktop app, the window closes with the program.
    if (get().about?.face !== 'electron') window.location.reload()
  },
})
