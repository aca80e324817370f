import type { CatalogueCall } from '../../../src/shared/catalogue-calls.ts'
import { readBoardName, type Board } from '../../../src/shared/domain/board.ts'
import { firstOf, type CardGroup, type TakeCard } from '../../../src/shared/domain/catalogue.ts'
import { localDay } from '../../../src/shared/domain/local-day.ts'
import { changedMarks, folded, unmarked, type TakeMarks } from '../../../src/shared/domain/marks.ts'
import {
  parseFilter,
  stateGroupOf,
  type Condition,
  type FilterPart,
} from '../../../src/shared/domain/take-filter.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import type { TrashedTake } from '../../../src/shared/domain/trash.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { chipsOf } from '../../../src/shared/text/filter-chips.ts'
import type { Answers } from './fake-answers.ts'

type CatalogueAnswers = Pick<Answers, CatalogueCall>

type Told = {
  readonly marks: (marks: readonly TakeMarks[]) => void
  readonly boards: (boards: readonly Board[]) => void
  readonly trashed: (takes: readonly string[]) => void
  readonly restored: (take: Take) => void
}

const compared = {
  '=': (one: number, other: number) => one === other,
  '<': (one: number, other: number) => one < other,
  '<=': (one: number, other: number) => one <= other,
  '>': (one: number, other: number) => one > other,
  '>=': (one: number, other: number) => one >= other,
} as const

/** As the core’s search decides, but for words by reading every text. */
function fits(condition: Condition, take: Take, marks: TakeMarks, boards: readonly Board[]): boolean {
  switch (condition.kind) {
    case 'words': {
      const texts = { model: take.settings.model, clip: take.clipName, character: take.characterName }
      const all = [...Object.values(texts), marks.name ?? '', marks.note, ...marks.tags].join('\n')
      return folded(condition.in === null ? all : texts[condition.in]).includes(folded(condition.words))
    }
    case 'stars':
    case 'number':
      return compared[condition.comparison](marks[condition.kind], condition.value)
    case 'flag':
      return marks.flag === condition.flag
    case 'tag':
      return marks.tags.some((tag) => folded(tag) === folded(condition.name))
    case 'board':
      return boards.some(
        ({ name, takes }) => folded(name) === folded(condition.name) && takes.includes(take.id),
      )
    case 'provider':
      return condition.ids.includes(take.settings.provider)
    case 'state':
      return stateGroupOf(take.state) === condition.group
    default:
      return true
  }
}

/** The catalogue of a studio in memory. It announces what changed, as the real one does. */
export function catalogueAnswers(takes: Map<string, Take>, told: Told): CatalogueAnswers {
  const kept = new Map<string, Omit<TakeMarks, 'boards'>>()
  let boards: readonly Board[] = []
  const trash = new Map<string, TrashedTake>()

  /** The oldest first, whose number is 1. */
  const numbered = () => [...takes.keys(), ...trash.keys()].toSorted()
  const marksIn =
    (order: readonly string[]) =>
    (take: string): TakeMarks => ({
      ...(kept.get(take) ?? { ...unmarked, take, number: order.indexOf(take) + 1 }),
      boards: boards.filter((board) => board.takes.includes(take)).map(({ id }) => id),
    })
  const marksOf = (take: string) => marksIn(numbered())(take)
  const newestFirst = () => [...takes.values()].toSorted((one, other) => (one.id < other.id ? 1 : -1))
  const entriesOf = (some: readonly Take[]) => {
    const order = new Map(numbered().map((id, index) => [id, index + 1]))
    const read = marksIn([])
    return some.map((take) => ({ take, marks: { ...read(take.id), number: order.get(take.id) ?? 0 } }))
  }

  function find(filter: readonly FilterPart[]): readonly TakeCard[] {
    return entriesOf(newestFirst())
      .filter(({ take, marks }) =>
        filter.every(({ condition, isNegated }) => fits(condition, take, marks, boards) !== isNegated),
      )
      .map(({ take: { id, createdAt, state }, marks: { number, stars, flag } }) => ({
        id,
        number,
        createdAt,
        state,
        stars,
        flag,
        ratio: null,
      }))
  }

  const changeBoards = (next: readonly Board[], touched: readonly string[]) => {
    boards = next
    told.boards(boards)
    told.marks(touched.map(marksOf))
  }
  const withBoard = async (id: string, change: (board: Board) => void): Promise<Outcome<Board>> => {
    const board = boards.find((one) => one.id === id)
    if (!board) return fail('not-found', 'There is no such board.')
    change(board)
    return ok(board)
  }
  const mark: Answers['take:mark'] = async ({ requests }) => {
    const before = requests.flatMap(({ takes: ids }) => ids.map(marksOf))
    for (const { takes: ids, change } of requests)
      for (const id of ids) {
        const changed = changedMarks(marksOf(id), change)
        if (!changed.ok) return changed
        kept.set(id, { ...changed.value, take: id })
      }
    const after = before.map(({ take }) => marksOf(take))
    told.marks(after)
    return ok({ before, after })
  }

  return {
    'take:list': async () => {
      const all = newestFirst()
      return ok({ order: all.map(({ id }) => id), entries: entriesOf(firstOf(all)) })
    },
    'take:mark': mark,
    'take:rename': async ({ take, name }) => {
      const before = marksOf(take)
      await mark({ requests: [{ takes: [take], change: { name } }] })
      return ok(before)
    },
    'library:search': async ({ filter, group, order }) => {
      const parsed = parseFilter(filter)
      if (!parsed.ok) return parsed
      const newest = find(parsed.value)
      const sorted =
        order === 'oldest'
          ? newest.toReversed()
          : order === 'stars'
            ? newest.toSorted((one, other) => other.stars - one.stars)
            : newest
      const labelOf = ({ id, createdAt }: TakeCard): string => {
        const take = takes.get(id)
        if (group === 'day') return localDay(createdAt)
        if (group === 'provider') return take?.settings.provider ?? ''
        return (group === 'clip' ? take?.clipName : take?.characterName) ?? ''
      }
      const byGroup = group === null ? null : Map.groupBy(sorted, labelOf)
      const groups: readonly CardGroup[] = [...(byGroup ?? [])].map(([label, of]) => ({
        label,
        count: of.length,
      }))
      return ok({
        cards: byGroup ? [...byGroup.values()].flat() : sorted,
        groups,
        chips: chipsOf(parsed.value),
      })
    },
    'library:page': async ({ takes: ids }) => ok(entriesOf(ids.flatMap((id) => takes.get(id) ?? []))),
    'take:trash': async ({ takes: ids }) => {
      const running = ids.find((id) => stateGroupOf(takes.get(id)?.state ?? 'WIRE') === 'running')
      if (running !== undefined) return fail('usage', 'A take is still running.')
      for (const id of ids) {
        const take = takes.get(id)
        if (take) trash.set(id, { take, marks: marksOf(id), trashedAt: '2026-11-20T12:00:00.000Z' })
      }
      for (const id of ids) takes.delete(id)
      told.trashed(ids)
      return ok({ takes: ids, resultsStay: [] })
    },
    'take:restore': async ({ takes: ids }) => {
      const back = ids.flatMap((id) => trash.get(id)?.take ?? [])
      for (const take of back) {
        trash.delete(take.id)
        takes.set(take.id, take)
        told.restored(take)
      }
      return ok(back)
    },
    'library:trash': async () => ok([...trash.values()]),
    'library:empty-trash': async () => {
      const binned = [...trash.keys()]
      trash.clear()
      return ok({ binned, left: [] })
    },
    'tag:list': async () => {
      const tags = [...kept.values()].flatMap((one) => one.tags)
      return ok([...Map.groupBy(tags, folded).values()].map((of) => ({ tag: of[0] ?? '', takes: of.length })))
    },
    'board:list': async () => ok(boards),
    'board:save': async ({ board }) => {
      const name = readBoardName(board, boards)
      if (!name.ok) return name
      const known = boards.find(({ id }) => id === board.id)
      const saved = { made: '2026-11-20T12:00:00.000Z', takes: [], ...known, ...board, name: name.value }
      changeBoards([...boards.filter(({ id }) => id !== board.id), saved], [])
      return ok(saved)
    },
    'board:remove': ({ board: id }) =>
      withBoard(id, (board) => {
        changeBoards(
          boards.filter((one) => one !== board),
          board.takes,
        )
      }),
    'board:put': ({ board: id, takes: ids }) =>
      withBoard(id, (board) => {
        changeBoards(
          boards.map((one) => (one === board ? { ...board, takes: ids } : one)),
          [...new Set([...board.takes, ...ids])],
        )
      }),
  }
}
