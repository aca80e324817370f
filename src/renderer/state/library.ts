import type { FoundCards, Grouping, TakeOrder } from '../../shared/domain/catalogue.ts'
import { filterFields } from '../../shared/domain/take-filter.ts'
import type { Problem } from '../../shared/outcome.ts'
import { desktop } from '../lib/desktop.ts'
import type { AppState, Slice } from './store.ts'

/** What was found, and how it is grouped; the choice may have changed since. */
type Found = FoundCards & { readonly grouping: Grouping | null }

export type LibrarySlice = {
  /** The part of the filter that is shown as chips. */
  readonly filter: string
  /** What is typed after it. */
  readonly typedFilter: string
  readonly grouping: Grouping | null
  readonly takesOrder: TakeOrder
  /** What was found last; it stays while a filter cannot be read. */
  readonly found: Found | null
  readonly filterProblem: Problem | null
  readonly changeLibraryView: (
    change: Partial<Pick<LibrarySlice, 'filter' | 'typedFilter' | 'grouping' | 'takesOrder'>>,
  ) => void
  /** Asks for what fits; while an answer is awaited, only the newest question waits. */
  readonly searchLibrary: () => Promise<void>
}

/** A word at the end that may become a condition: the rest of `stars>=4` is not typed yet. */
const begun = /(?:^|\s)-?([a-z]+)$/i

/** What is searched for: the chips and what is typed, without a condition that has only begun. */
export function wholeFilter({ filter, typedFilter }: Pick<AppState, 'filter' | 'typedFilter'>): string {
  const field = begun.exec(typedFilter)
  const isBegun = field !== null && filterFields.includes((field[1] ?? '').toLowerCase())
  return `${filter} ${isBegun ? typedFilter.slice(0, field.index) : typedFilter}`.trim()
}

export const createLibrarySlice: Slice<LibrarySlice> = (set, get) => {
  let isAsking = false
  /** Counts the questions: the newest is answered once its number is. */
  let asked = 0

  async function askOnce(): Promise<void> {
    const { grouping, takesOrder } = get()
    const filter = wholeFilter(get())
    const answer = await desktop().ask['library:search']({ filter, group: grouping, order: takesOrder })
    set(
      answer.ok
        ? { found: { ...answer.value, grouping }, filterProblem: null }
        : { filterProblem: filter === wholeFilter(get()) ? answer.problem : get().filterProblem },
    )
  }

  return {
    filter: '',
    typedFilter: '',
    grouping: 'day',
    takesOrder: 'newest',
    found: null,
    filterProblem: null,

    changeLibraryView: (change) => {
      set(change)
    },
    searchLibrary: async () => {
      asked += 1
      if (isAsking) return
      isAsking = true
      try {
        for (let answered = 0; answered !== asked;) {
          answered = asked
          await askOnce()
        }
      } finally {
        isAsking = false
      }
    },
  }
}
