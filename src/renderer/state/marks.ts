import { changedMarks, sameMarks, type MarksChange, type TakeMarks } from '../../shared/domain/marks.ts'
import { desktop } from '../lib/desktop.ts'
import { markedWords, undoOf } from './mark-words.ts'
import type { AppState, Slice } from './store.ts'

export type MarksSlice = {
  /** By take, for the takes that were in sight. */
  readonly marks: Readonly<Record<string, TakeMarks>>
  /** Counts the changes after which a search may find other takes. */
  readonly catalogueChanges: number
  /** Takes back the newest change of marks or boards; null when there is none. */
  readonly undoMarks: (() => Promise<void>) | null
  readonly putMarks: (marks: readonly TakeMarks[]) => void
  /** Shows the change at once, saves it, and offers to take it back. */
  readonly markTakes: (takes: readonly string[], change: MarksChange) => Promise<void>
  readonly catalogueChanged: () => void
  /** The takes whose tags are to be changed together. */
  readonly tagsFor: readonly string[] | null
  readonly askForTags: (takes: readonly string[] | null) => void
  /**
   * Says what was done once it is done, with a button that takes it back. The keys of undo mean it from the first
   * moment. `done` is null for what did not work.
   */
  readonly offerUndo: (done: Promise<string | null>, undo: () => Promise<void>) => Promise<void>
}

/** "Take 12", and only "Take" for the moment until its number is known. */
export const takeWords = ({ marks }: Pick<AppState, 'marks'>, id: string): string => {
  const number = marks[id]?.number
  return number === undefined ? 'Take' : `Take ${String(number)}`
}

/** "Take 12", or how many. */
export const takesWords = (state: Pick<AppState, 'marks'>, ids: readonly string[]): string =>
  ids.length === 1 ? takeWords(state, ids[0] ?? '') : `${String(ids.length)} takes`

const isSame = (one: TakeMarks | undefined, other: TakeMarks) =>
  one !== undefined && sameMarks(one, other) && one.boards.join() === other.boards.join()

export const createMarksSlice: Slice<MarksSlice> = (set, get) => {
  /** How many changes of a take are on their way: what the core says of it meanwhile is older than what is shown. */
  const onTheWay = new Map<string, number>()
  const count = (takes: readonly string[], by: number) => {
    for (const take of takes) onTheWay.set(take, (onTheWay.get(take) ?? 0) + by)
  }

  const show = (marks: readonly TakeMarks[]) => {
    const known = get().marks
    const changed = marks.filter((one) => !isSame(known[one.take], one))
    if (changed.length > 0)
      set({ marks: { ...known, ...Object.fromEntries(changed.map((one) => [one.take, one])) } })
  }

  const send = async (
    requests: readonly { readonly takes: readonly string[]; readonly change: MarksChange }[],
  ): Promise<readonly TakeMarks[] | null> => {
    const { marks } = get()
    const takes = requests.flatMap((request) => request.takes)
    const shown = requests.flatMap(({ takes: marked, change }) =>
      marked.flatMap((take) => {
        const its = marks[take]
        const after = its && changedMarks(its, change)
        return its && after?.ok ? [{ ...its, ...after.value }] : []
      }),
    )
    count(takes, 1)
    show(shown)
    const answer = await desktop().ask['take:mark']({
      requests: requests.map((request) => ({ ...request, takes: [...request.takes] })),
    })
    count(takes, -1)
    if (answer.ok) get().putMarks(answer.value.after)
    else {
      get().putMarks(takes.flatMap((take) => marks[take] ?? []))
      get().tellProblem(answer.problem)
    }
    return answer.ok ? answer.value.before : null
  }

  return {
    marks: {},
    catalogueChanges: 0,
    undoMarks: null,
    tagsFor: null,

    putMarks: (marks) => {
      show(marks.filter(({ take }) => (onTheWay.get(take) ?? 0) === 0))
    },
    markTakes: async (takes, change) => {
      if (takes.length === 0) return
      const sent = send([{ takes, change }])
      await get().offerUndo(
        sent.then((before) => before && markedWords(before, change)),
        async () => {
          const before = (await sent) ?? []
          await send(before.map((one) => ({ takes: [one.take], change: undoOf(one, change) })))
        },
      )
    },
    catalogueChanged: () => {
      set({ catalogueChanges: get().catalogueChanges + 1 })
    },
    askForTags: (tagsFor) => {
      set({ tagsFor })
    },
    offerUndo: async (done, undo) => {
      const drop = () => {
        if (get().undoMarks === undoOnce) set({ undoMarks: null })
      }
      const undoOnce = async () => {
        drop()
        set({ notices: get().notices.filter(({ about }) => about !== 'marks') })
        if ((await done) !== null) await undo()
      }
      set({ undoMarks: undoOnce })
      const title = await done
      if (title === null) drop()
      // It may have been taken back already.
      if (title === null || get().undoMarks !== undoOnce) return
      const action = { label: 'Undo', run: () => void undoOnce() }
      get().tell({ tone: 'good', title, action, about: 'marks' })
    },
  }
}
