import { shallow } from 'zustand/shallow'
import type { PutInTrash, TrashedTake } from '../../shared/domain/trash.ts'
import { isUnnoted } from '../../shared/text/outcome-question.ts'
import { desktop } from '../lib/desktop.ts'
import { takesWords } from './marks.ts'
import { tellingProblems } from './notices.ts'
import { nothingSelected } from './selection.ts'
import type { AppState, Slice } from './store.ts'

export type TrashSlice = {
  /** What is in the trash, the latest first, while its window is open; null while that is closed. */
  readonly trash: readonly TrashedTake[] | null
  /** Every take that left this window for the trash; some may be back. */
  readonly trashed: readonly string[]
  /** Opens the trash, or reads it once more. */
  readonly openTrash: () => Promise<void>
  readonly closeTrash: () => void
  /** All of them or none, and offers to take it back. */
  readonly trashTakes: (ids: readonly string[]) => Promise<void>
  readonly restoreTakes: (ids: readonly string[]) => Promise<void>
  /** Gives what the open trash shows to the system's bin. */
  readonly emptyTrash: () => Promise<void>
  /** These are in the trash now: put there here, or by another program. */
  readonly takesTrashed: (ids: readonly string[]) => void
}

const without = <Value>(all: Readonly<Record<string, Value>>, ids: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(all).filter(([id]) => !ids.has(id)))

/** What the window knows without these takes; a room that shows one of them shows something else. */
function withoutTakes(state: AppState, gone: ReadonlySet<string>): Partial<AppState> {
  const left = (ids: readonly string[]) => ids.filter((id) => !gone.has(id))
  const shown = (id: string | null) => (id === null || gone.has(id) ? null : id)
  const takes = without(state.takes, gone)
  const selected = left(state.selection.ids)
  return {
    takes,
    takeOrder: left(state.takeOrder),
    takePictures: without(state.takePictures, gone),
    unnotedTakes: Object.values(takes)
      .filter(isUnnoted)
      .map(({ id }) => id),
    selection:
      selected.length === 0 ? nothingSelected : { ids: selected, anchor: shown(state.selection.anchor) },
    openTakeId: shown(state.openTakeId),
    // The comparison leaves out the others that are gone, and shows them again where they come back.
    ...(shown(state.openTakeId) === null && { comparedWith: [] }),
    stageTakeId: shown(state.stageTakeId),
    madeHere: state.madeHere !== null && gone.has(state.madeHere.take) ? null : state.madeHere,
    detailsTakeId: shown(state.detailsTakeId),
  }
}

/** What of these takes the rooms show. */
const shownIn = ({ room, openTakeId, comparedWith, stageTakeId, madeHere, selection }: AppState) => ({
  ...{ room, openTakeId, comparedWith, stageTakeId, madeHere, selection },
})

export const createTrashSlice: Slice<TrashSlice> = (set, get) => {
  const told = tellingProblems(get)

  const put = async (ids: readonly string[]): Promise<PutInTrash | null> => {
    const answer = await desktop().ask['take:trash']({ takes: [...ids] })
    if (!told(answer)) return null
    get().takesTrashed(ids)
    return answer.value
  }

  const bringBack = async (ids: readonly string[]): Promise<boolean> => {
    const answer = await desktop().ask['take:restore']({ takes: [...ids] })
    if (!told(answer)) return false
    answer.value.forEach(get().putTake)
    const { trash } = get()
    set({ trash: trash && trash.filter(({ take }) => !ids.includes(take.id)) })
    return true
  }

  return {
    trash: null,
    trashed: [],

    openTrash: async () => {
      const answer = await desktop().ask['library:trash']({})
      if (told(answer)) set({ trash: answer.value })
    },
    closeTrash: () => {
      set({ trash: null })
    },
    trashTakes: async (ids) => {
      if (ids.length === 0) return
      const words = takesWords(get(), ids)
      const before = shownIn(get())
      let after = before
      await get().offerUndo(
        put(ids).then((done) => {
          if (done === null) return null
          after = shownIn(get())
          const stays = done.resultsStay.length > 0 ? ' Results in folders that you chose stay there.' : ''
          return `${words}: in the trash.${stays}`
        }),
        async () => {
          // Where the user has gone elsewhere meanwhile, only the takes come back.
          if ((await bringBack(ids)) && shallow(shownIn(get()), after)) set(before)
        },
      )
    },
    restoreTakes: async (ids) => {
      const words = takesWords(get(), ids)
      if (await bringBack(ids)) get().tell({ tone: 'good', title: `${words}: back in the library.` })
    },
    emptyTrash: async () => {
      // Only these were asked about: another program may have put more into it.
      const takes = (get().trash ?? []).map(({ take }) => take.id)
      if (takes.length === 0) return
      const answer = await desktop().ask['library:empty-trash']({ takes })
      if (!told(answer)) return
      const { binned, left } = answer.value
      const { trash } = get()
      set({ trash: trash && trash.filter(({ take }) => !binned.includes(take.id)) })
      const [first] = left
      if (first) get().tellProblem(first.problem)
      else
        get().tell({
          tone: 'good',
          title: 'The trash is empty.',
          advice: 'You find its takes in the bin of your system.',
        })
    },
    takesTrashed: (ids) => {
      const state = get()
      set({
        ...withoutTakes(state, new Set(ids)),
        trashed: [...new Set([...state.trashed, ...ids])],
        // Nothing is left to compare.
        ...(state.room === 'compare' && ids.includes(state.openTakeId ?? '') && { room: 'make' }),
      })
      get().catalogueChanged()
      if (state.trash !== null) void get().openTrash()
    },
  }
}
