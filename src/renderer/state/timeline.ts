import type { FitChoices } from '../../shared/domain/take.ts'
import type { ClipWindow } from '../../shared/domain/media.ts'
import type { AppState, Slice } from './store.ts'

/** What can be undone and redone; the present is kept by its owner. */
export type History<State> = {
  /** The oldest first. */
  readonly past: readonly State[]
  /** The next one to be done again is the last. */
  readonly future: readonly State[]
  /** The movement under way, for example one drag: however many changes it brings, it is one step. */
  readonly gesture: string | null
}

export const emptyHistory: History<never> = { past: [], future: [], gesture: null }

/** Far more than anybody counts back, and small: a step is a few numbers. */
export const mostSteps = 500

type Change<State> = {
  readonly before: State
  readonly after: State
  /** null: a step of its own. */
  readonly gesture: string | null
}

type Same<State> = (one: State, other: State) => boolean

/** Notes a change. One that changes nothing is no step, and neither is a movement that ends where it began. */
export function record<State>(
  history: History<State>,
  { before, after, gesture }: Change<State>,
  same: Same<State>,
): History<State> {
  const goesOn = gesture !== null && gesture === history.gesture
  if (!goesOn)
    return same(before, after)
      ? history
      : { past: [...history.past, before].slice(-mostSteps), future: [], gesture }
  const began = history.past.at(-1)
  if (began === undefined || !same(began, after)) return history
  return { past: history.past.slice(0, -1), future: [], gesture: null }
}

type Step<State> = { readonly history: History<State>; readonly now: State }

/** One step back; null where there is none. */
export function stepBack<State>({ past, future }: History<State>, now: State): Step<State> | null {
  const before = past.at(-1)
  if (before === undefined) return null
  return { now: before, history: { past: past.slice(0, -1), future: [...future, now], gesture: null } }
}

/** One step forward again; null where there is none. */
export function stepForward<State>({ past, future }: History<State>, now: State): Step<State> | null {
  const after = future.at(-1)
  if (after === undefined) return null
  return { now: after, history: { past: [...past, now], future: future.slice(0, -1), gesture: null } }
}

/** What undo and redo bring back: the performed part, and how files are made to fit. */
type Edit = { readonly window: ClipWindow; readonly fit: FitChoices }

export type TimelineSlice = {
  /** By clip and character, so that a pair that comes back finds its own steps. */
  readonly histories: Readonly<Record<string, History<Edit>>>
  /** Changes with the same gesture are one step: give each drag, and each held key, a new name. */
  readonly changeWindow: (window: ClipWindow, gesture?: string) => void
  readonly changeFit: (change: Partial<FitChoices>, gesture?: string) => void
  readonly undo: () => void
  readonly redo: () => void
}

type Inputs = Pick<AppState, 'clip' | 'character' | 'histories'>

const pairOf = ({ clip, character }: Pick<AppState, 'clip' | 'character'>): string =>
  `${clip?.file.token ?? ''} ${character?.file.token ?? ''}`

const historyOf = (state: Inputs): History<Edit> => state.histories[pairOf(state)] ?? emptyHistory

export const canUndo = (state: Inputs): boolean => historyOf(state).past.length > 0
export const canRedo = (state: Inputs): boolean => historyOf(state).future.length > 0

const editOf = ({ clipWindow, takeSettings }: AppState): Edit => ({
  window: clipWindow,
  fit: takeSettings.fit,
})

const sameEdit = (one: Edit, other: Edit): boolean => JSON.stringify(one) === JSON.stringify(other)

export const createTimelineSlice: Slice<TimelineSlice> = (set, get) => {
  const put = ({ window, fit }: Edit, history: History<Edit>) => {
    const state = get()
    set({
      clipWindow: window,
      takeSettings: { ...state.takeSettings, fit },
      histories: { ...state.histories, [pairOf(state)]: history },
    })
  }

  const change = (after: Edit, gesture: string | undefined) => {
    const before = editOf(get())
    put(after, record(historyOf(get()), { before, after, gesture: gesture ?? null }, sameEdit))
  }

  const walk = (step: (history: History<Edit>, now: Edit) => Step<Edit> | null) => {
    const state = get()
    const found = step(historyOf(state), editOf(state))
    if (!found) return
    put(found.now, found.history)
  }

  return {
    histories: {},
    changeWindow: (window, gesture) => {
      change({ ...editOf(get()), window }, gesture)
    },
    changeFit: (fit, gesture) => {
      const now = editOf(get())
      change({ ...now, fit: { ...now.fit, ...fit } }, gesture)
    },
    undo: () => {
      walk(stepBack)
    },
    redo: () => {
      walk(stepForward)
    },
  }
}
