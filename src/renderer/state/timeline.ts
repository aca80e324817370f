import type { FitChoices } from '../../shared/domain/fit.ts'
import type { ClipWindow } from '../../shared/domain/media.ts'
import type { AppState, Slice } from './store.ts'
import { emptyHistory, record, stepBack, stepForward, type History, type Step } from './history.ts'

/** What undo and redo bring back: the performed part, and how files are made to fit. */
export type Edit = { readonly window: ClipWindow; readonly fit: FitChoices }

export type TimelineSlice = {
  /** By clip and character, so that a pair that comes back finds its own steps. */
  readonly histories: Readonly<Record<string, History<Edit>>>
  /** Changes with the same gesture are one step: name each drag, and each held key, anew. */
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
