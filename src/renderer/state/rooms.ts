import { mostCompared, type KeptComparison, type Room } from '../../shared/domain/desk.ts'
import type { Take } from '../../shared/domain/take.ts'
import { nothingSelected, selectionAfter, type Selection, type SelectionStep } from './selection.ts'
import { pairKey } from './check.ts'
import type { AppState, Slice } from './store.ts'

/** A field of the sheet about a take that is led to. */
export type DetailsPart = 'name' | 'tags' | 'note'

export type RoomsSlice = {
  readonly room: Room
  /** The take whose comparison is open. */
  readonly openTakeId: string | null
  /** Further takes that are compared with it. */
  readonly comparedWith: readonly string[]
  /** How the comparison was left that was open last. */
  readonly keptComparison: KeptComparison | null
  readonly keepComparison: (kept: KeptComparison) => void
  /** The take that is on the stage of Make instead of the files; null for the files. */
  readonly stageTakeId: string | null
  /** The take that was made of the files that are open. */
  readonly madeHere: { readonly take: string; readonly pair: string } | null
  /** The take about which everything is told, in a sheet over the room. */
  readonly detailsTakeId: string | null
  /** Where the sheet about it begins; null for its top. */
  readonly detailsPart: DetailsPart | null
  readonly selection: Selection
  /** The take that the reel is to show; a new value each time. */
  readonly soughtTake: { readonly id: string } | null
  readonly enterRoom: (room: Room) => void
  /** Opens a comparison; null goes back to Make. */
  readonly openTake: (id: string | null) => void
  /** Compares as many of these as fit; what is not done is left out. */
  readonly compareTakes: (ids: readonly string[]) => void
  /** Shows a take in Make, beside its reference; null brings the files back. */
  readonly putOnStage: (id: string | null) => void
  readonly showDetails: (id: string | null, part?: DetailsPart) => void
  readonly selectTake: (id: string, step: SelectionStep, order: readonly string[]) => void
  readonly selectTakes: (ids: readonly string[]) => void
  readonly clearSelection: () => void
  /** Shows everything about a take, and its poster, even if a search would hide it. */
  readonly seekTake: (id: string) => void
}

const isDone = (take: Take | undefined): boolean => take?.state === 'DONE'

/** The take that a comparison opens with when none was chosen: the one on the stage, else the newest. */
function takeToCompare({ openTakeId, stageTakeId, takes, takeOrder }: AppState): string | null {
  const wanted = [openTakeId, stageTakeId, ...takeOrder]
  return wanted.find((id) => id !== null && isDone(takes[id])) ?? null
}

/** The take that was made of the files that are open now; null where none was. */
export const madeOfFiles = (state: AppState): string | null =>
  state.madeHere?.pair === pairKey(state) ? state.madeHere.take : null

export const createRoomsSlice: Slice<RoomsSlice> = (set, get) => ({
  room: 'make',
  openTakeId: null,
  comparedWith: [],
  keptComparison: null,
  stageTakeId: null,
  madeHere: null,
  detailsTakeId: null,
  detailsPart: null,
  selection: nothingSelected,
  soughtTake: null,

  keepComparison: (keptComparison) => {
    set({ keptComparison })
  },

  enterRoom: (room) => {
    set({ room, detailsTakeId: null })
    if (room !== 'compare') return
    const openTakeId = takeToCompare(get())
    const kept = get().keptComparison?.takes ?? []
    // Takes that were added in the comparison are there again.
    const isKept = kept[0] === openTakeId && kept.every((id) => isDone(get().takes[id]))
    set({ openTakeId, ...(isKept && { comparedWith: kept.slice(1) }) })
  },

  openTake: (id) => {
    set({
      room: id === null ? 'make' : 'compare',
      openTakeId: id,
      comparedWith: [],
      detailsTakeId: null,
    })
  },

  compareTakes: (ids) => {
    const { takes } = get()
    const [first, ...others] = ids.filter((id) => isDone(takes[id])).slice(0, mostCompared)
    if (first === undefined) return
    get().openTake(first)
    set({ comparedWith: others })
  },

  putOnStage: (id) => {
    if (id === null) {
      set({ room: 'make', stageTakeId: null, detailsTakeId: null, selection: nothingSelected })
      return
    }
    set({
      room: 'make',
      stageTakeId: id,
      selection: { ids: [id], anchor: id },
      detailsTakeId: isDone(get().takes[id]) && !get().resultProblems[id] ? null : id,
    })
  },

  showDetails: (detailsTakeId, detailsPart) => {
    set({ detailsTakeId, detailsPart: detailsPart ?? null })
  },

  selectTake: (id, step, order) => {
    set({ selection: selectionAfter(get().selection, id, step, order) })
  },

  selectTakes: (ids) => {
    set({ selection: { ids, anchor: ids[0] ?? null } })
  },

  clearSelection: () => {
    if (get().selection.ids.length > 0) set({ selection: nothingSelected })
  },

  seekTake: (id) => {
    get().needTakes([id])
    set({
      filter: '',
      typedFilter: '',
      soughtTake: { id },
      selection: { ids: [id], anchor: id },
      detailsTakeId: id,
    })
  },
})
