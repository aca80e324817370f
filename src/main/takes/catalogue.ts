import { readBoardName, type Board, type BoardDraft } from '../../shared/domain/board.ts'
import type {
  CardGroup,
  FoundCards,
  PageEntry,
  SearchAsked,
  TagCount,
  TakeCard,
} from '../../shared/domain/catalogue.ts'
import { localDay } from '../../shared/domain/local-day.ts'
import {
  changedMarks,
  sameMarks,
  type Marks,
  type MarksChange,
  type TakeMarks,
} from '../../shared/domain/marks.ts'
import { parseFilter } from '../../shared/domain/take-filter.ts'
import { ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { chipsOf } from '../../shared/text/filter-chips.ts'
import type { Timestamp } from '../../shared/units.ts'
import type { Clock, Log } from '../system/ports.ts'
import type { Journal } from './journal/journal.ts'
import type { FoundCard } from './journal/search.ts'
import { unlessUnwritten } from './journal/writes.ts'
import { catchUpBoards, writeBoards } from './marks/boards-file.ts'
import { createMirror } from './marks/mirror.ts'
import { noFullText, unknownBoard, unknownTake } from './problems.ts'
import type { Library } from './takes.ts'

/** The same change for several takes. */
export type MarksRequest = { readonly takes: readonly string[]; readonly change: MarksChange }

/** Marks before and after one change, in the order the takes were named. Undo puts back those before. */
export type ChangedMarks = { readonly before: readonly TakeMarks[]; readonly after: readonly TakeMarks[] }

export type CatalogueChange =
  | { readonly what: 'marks'; readonly marks: readonly TakeMarks[] }
  | { readonly what: 'boards'; readonly boards: readonly Board[] }

/** Search, marks and boards of one library. Nothing here sends, pays or downloads anything. */
export type Catalogue = {
  readonly search: (asked: SearchAsked) => Outcome<FoundCards>
  /** The takes in full, in this order. Takes that can’t be read are left out. */
  readonly page: (takes: readonly string[]) => readonly PageEntry[]
  /** Of all takes for null. */
  readonly marksOf: (takes: readonly string[] | null) => ReadonlyMap<string, TakeMarks>
  readonly tags: () => readonly TagCount[]
  /** Changes all of these takes or none. */
  readonly mark: (requests: readonly MarksRequest[]) => Promise<Outcome<ChangedMarks>>
  readonly boards: () => readonly Board[]
  /** Makes a board, or gives one another name or cover. */
  readonly saveBoard: (draft: BoardDraft) => Promise<Outcome<Board>>
  /** Answers the board as it was. Its takes stay. */
  readonly removeBoard: (id: string) => Promise<Outcome<Board>>
  /** Puts these takes on a board, in this order and in place of those before. Answers the board as it was. */
  readonly putTakes: (id: string, takes: readonly string[]) => Promise<Outcome<Board>>
  readonly subscribe: (listener: (change: CatalogueChange) => void) => () => void
  /** Why search is slower than it should be. */
  readonly problem: Problem | null
  readonly stop: () => Promise<void>
}

type CatalogueParts = {
  readonly library: Pick<Library, 'show' | 'unreadable'>
  readonly journal: Journal
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
}

function groupsOf(
  cards: readonly FoundCard[],
  group: SearchAsked['group'],
): Pick<FoundCards, 'cards' | 'groups'> {
  const small = ({ key: _key, label: _label, ...card }: FoundCard): TakeCard => card
  if (group === null) return { cards: cards.map(small), groups: [] }
  const label = (card: FoundCard) => (group === 'day' ? localDay(card.createdAt) : card.label)
  // In the order in which the groups begin.
  const groups = [...Map.groupBy(cards, (card) => (group === 'day' ? label(card) : card.key)).values()]
  return {
    cards: groups.flat().map(small),
    groups: groups.flatMap((of): readonly CardGroup[] => {
      const [first] = of
      return first ? [{ label: label(first), count: of.length }] : []
    }),
  }
}

const byTake = (marks: readonly TakeMarks[]) => new Map(marks.map((one) => [one.take, one]))

/** The marks of every named take after all changes; the first problem where there is one. */
function changeAll(
  before: ReadonlyMap<string, TakeMarks>,
  requests: readonly MarksRequest[],
): Outcome<ReadonlyMap<string, Marks>> {
  const after = new Map<string, Marks>()
  for (const { takes, change } of requests)
    for (const take of takes) {
      const marks = after.get(take) ?? before.get(take)
      if (!marks) return unknownTake(take)
      const changed = changedMarks(marks, change)
      if (!changed.ok) return changed
      after.set(take, changed.value)
    }
  return ok(after)
}

export function createCatalogue({ library, journal, folder, clock, log }: CatalogueParts): Catalogue {
  const listeners = new Set<(change: CatalogueChange) => void>()
  const tell = (change: CatalogueChange) => {
    for (const listener of listeners) listener(change)
  }
  const mirror = createMirror({ library: folder, journal, clock, log })
  const now = (): Timestamp => new Date(clock.now()).toISOString()
  const marksOf: Catalogue['marksOf'] = (takes) => byTake(journal.marksOf(takes))
  const boards = () => journal.boards().boards

  try {
    catchUpBoards(folder, journal)
  } catch (error) {
    log('the boards couldn’t be compared with their file', { error })
  }
  mirror.start()

  function markAll(requests: readonly MarksRequest[]): Outcome<ChangedMarks> {
    const takes = [...new Set(requests.flatMap((request) => request.takes))]
    const before = marksOf(takes)
    const after = changeAll(before, requests)
    if (!after.ok) return after
    const changed = [...after.value].flatMap(([take, marks]) => {
      const known = before.get(take)
      return known && sameMarks(known, marks) ? [] : [{ ...marks, take }]
    })
    const ids = changed.map(({ take }) => take)
    if (ids.length > 0) {
      journal.saveMarks(changed, mirror.written())
      mirror.write(ids)
      tell({ what: 'marks', marks: journal.marksOf(ids) })
    }
    const inOrder = (of: ReadonlyMap<string, TakeMarks>) => takes.flatMap((take) => of.get(take) ?? [])
    return ok({ before: inOrder(before), after: inOrder(marksOf(takes)) })
  }

  /** Saves a change of the boards, and tells the takes of which the boards changed. */
  function changeBoards(touched: readonly string[], save: () => void): void {
    save()
    try {
      writeBoards(folder, journal.boards())
    } catch (error) {
      log('the boards couldn’t be written into their file; the journal has them', { error })
    }
    tell({ what: 'boards', boards: boards() })
    if (touched.length > 0) tell({ what: 'marks', marks: journal.marksOf(touched) })
  }

  /** Runs a change, unless nothing may be written. */
  const changing = <T>(change: () => Outcome<T>): Promise<Outcome<T>> =>
    unlessUnwritten(() => {
      const problem = journal.readOnly
      return Promise.resolve(problem === null ? change() : { ok: false, problem })
    })

  const withBoard = (id: string, change: (board: Board) => Outcome<Board>): Promise<Outcome<Board>> =>
    changing(() => {
      const board = boards().find((one) => one.id === id)
      return board ? change(board) : unknownBoard
    })

  return {
    search: ({ filter, group, order }) => {
      const parsed = parseFilter(filter)
      if (!parsed.ok) return parsed
      const unreadable = new Set(library.unreadable())
      const found = journal
        .search({ filter: parsed.value, order, group: group === 'day' ? null : group })
        .filter(({ id }) => !unreadable.has(id))
      return ok({ ...groupsOf(found, group), chips: chipsOf(parsed.value) })
    },
    page: (takes) => {
      const marks = marksOf(takes)
      return takes.flatMap((id): readonly PageEntry[] => {
        const [take, its] = [library.show(id), marks.get(id)]
        return take.ok && its ? [{ take: take.value, marks: its }] : []
      })
    },
    marksOf,
    tags: journal.tags,
    mark: (requests) => changing(() => markAll(requests)),
    boards,
    saveBoard: (draft) =>
      changing(() => {
        const all = boards()
        const name = readBoardName(draft, all)
        if (!name.ok) return name
        const known = all.find(({ id }) => id === draft.id)
        const board = { made: now(), takes: [], ...known, ...draft, name: name.value }
        changeBoards([], () => {
          journal.saveBoard(board)
        })
        return ok(board)
      }),
    removeBoard: (id) =>
      withBoard(id, (board) => {
        changeBoards(board.takes, () => {
          journal.removeBoard(id)
        })
        return ok(board)
      }),
    putTakes: (id, takes) =>
      withBoard(id, (board) => {
        const known = marksOf(takes)
        const missing = takes.find((take) => !known.has(take))
        if (missing !== undefined) return unknownTake(missing)
        changeBoards([...new Set([...board.takes, ...takes])], () => {
          journal.saveBoard({ ...board, takes })
        })
        return ok(board)
      }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    problem: journal.isFullText || journal.readOnly !== null ? null : noFullText,
    stop: mirror.stop,
  }
}
