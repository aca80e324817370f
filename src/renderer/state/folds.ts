import type { Slice } from './store.ts'

/** The parts of the desk that unfold. */
export const folds = ['provider', 'checks', 'fixes', 'files', 'more', 'advanced'] as const
export type FoldName = (typeof folds)[number]

export type FoldsSlice = {
  /** What the user opened or closed; a fold that is not named decides by what is in it. */
  readonly openFolds: Readonly<Partial<Record<FoldName, boolean>>>
  /** The fold that a click leads to, until it is found. */
  readonly soughtFold: FoldName | null
  /** Whether the desk is open over a window that has no room for it. */
  readonly deskOpen: boolean
  readonly setFold: (fold: FoldName, open: boolean) => void
  /** Opens a fold, wherever the desk is, and goes there. */
  readonly goToFold: (fold: FoldName) => void
  readonly foundFold: () => void
  readonly openDeskSheet: (open: boolean) => void
}

export const createFoldsSlice: Slice<FoldsSlice> = (set, get) => ({
  openFolds: {},
  soughtFold: null,
  deskOpen: false,

  setFold: (fold, open) => {
    set({ openFolds: { ...get().openFolds, [fold]: open } })
  },

  goToFold: (fold) => {
    get().setFold(fold, true)
    set({ soughtFold: fold })
  },

  foundFold: () => {
    set({ soughtFold: null })
  },

  openDeskSheet: (deskOpen) => {
    set({ deskOpen })
  },
})
