import type { Board } from '../../../shared/domain/board.ts'
import { boardRows, type BoardRows, type KeptBoards } from './board-rows.ts'
import {
  cardRows,
  countUnlisted,
  listUnlisted,
  type CardRows,
  type KeptCard,
  type MarkedTake,
  type Mirrored,
} from './card-rows.ts'
import { transaction, type Database } from './database.ts'
import type { Numbered } from '../marks/numbers.ts'
import { searchRows, type SearchRows } from './search.ts'
import { hasFullText, isIndexed, prepareWords, takeWords } from './take-words.ts'

/** What the user says about takes, and the search for them. Attempts and events are never changed here. */
export type CatalogueRows = CardRows &
  BoardRows &
  SearchRows & {
    /** False where SQLite has no full-text search; then every text is read for every search. */
    readonly isFullText: boolean
    /** Saves all marks or none. `mirrored`: what was written into files since the last change. */
    readonly saveMarks: (marks: readonly MarkedTake[], mirrored?: readonly Mirrored[]) => void
    readonly saveMirrored: (mirrored: readonly Mirrored[]) => void
    readonly saveBoard: (board: Board) => void
    readonly removeBoard: (id: string) => void
    readonly restoreBoards: (kept: KeptBoards) => void
    /** Never gives these numbers to a new take: takes that are only in folders have them. */
    readonly reserveNumbers: (highest: number) => void
    /** The numbers of takes that come back one after the other. Takes that are made meanwhile get later ones. */
    readonly numbersOf: (returning: readonly Numbered[]) => ReadonlyMap<string, number>
  }

/** What the journal does to the catalogue inside its own transactions. */
export type CatalogueHooks = {
  readonly addCard: (take: string) => void
  readonly noteFacts: (take: string) => void
  readonly numbersFor: (returning: readonly Numbered[]) => ReadonlyMap<string, number>
  readonly restoreCard: (card: KeptCard, number: number | null) => void
}

/** A test may say that SQLite has none. */
export type FullText = (db: Database) => boolean

/** Lists what an older version, or a SQLite without full-text search, has left unlisted. */
export function prepareCatalogue(db: Database, isFullText: FullText = hasFullText): void {
  const left = Number(db.prepare(countUnlisted).get()?.['left'])
  if (left > 0)
    transaction(db, () => {
      db.exec(listUnlisted)
      // Those are not indexed yet.
      db.exec('DELETE FROM words_indexed')
    })
  prepareWords(db, isFullText(db))
}

export function catalogueRows(
  db: Database,
  inTransaction: (run: () => void) => void,
  fullText: FullText = hasFullText,
): { readonly rows: CatalogueRows; readonly hooks: CatalogueHooks } {
  // A library that is only read may never have been prepared.
  const isFullText = fullText(db) && isIndexed(db)
  const prepare = (sql: string) => db.prepare(sql)
  const words = takeWords(prepare, isFullText)
  const { addCard, noteFacts, putMarks, putMirrored, numbersFor, restoreCard, passNumbers, ...cards } =
    cardRows(prepare, words)
  const { putBoard, dropBoard, putBoards, ...boards } = boardRows(prepare)
  const written =
    <T>(write: (value: T) => void) =>
    (value: T) => {
      inTransaction(() => {
        write(value)
      })
    }
  return {
    hooks: { addCard, noteFacts, numbersFor, restoreCard },
    rows: {
      ...cards,
      ...boards,
      ...searchRows(prepare, words),
      isFullText,
      saveMarks: (marks, mirrored = []) => {
        inTransaction(() => {
          putMirrored(mirrored)
          putMarks(marks)
        })
      },
      saveMirrored: written(putMirrored),
      saveBoard: written(putBoard),
      removeBoard: written(dropBoard),
      restoreBoards: written(putBoards),
      reserveNumbers: written(passNumbers),
      numbersOf: (returning) => {
        const numbers = numbersFor(returning)
        inTransaction(() => {
          passNumbers([...numbers.values()].reduce((most, number) => Math.max(most, number), 0))
        })
        return numbers
      },
    },
  }
}
