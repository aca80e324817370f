import type { Condition } from '../../../shared/domain/take-filter.ts'
import { nameOfProvider } from '../../../shared/rules/providers.ts'
import { transaction, type Database } from './database.ts'
import type { Prepare } from './tables.ts'

/** The text of a take that search looks through; `takes` and `cards` are joined. */
const texts = {
  name: "COALESCE(cards.name, '')",
  prompt:
    "COALESCE(CASE WHEN json_valid(takes.data) THEN json_extract(takes.data, '$.settings.prompt') END, '')",
  note: 'cards.note',
  tags: "COALESCE((SELECT group_concat(tag, ' ' ORDER BY place) FROM tags WHERE tags.take = cards.take), '')",
  clip: 'cards.clip',
  character: 'cards.character',
  provider: "cards.provider || ' ' || provider_name(cards.provider)",
  model: 'cards.model',
} as const
const columns = Object.keys(texts).join(', ')
const selectTexts = `SELECT cards.number, ${Object.values(texts).join(', ')}
  FROM cards JOIN takes ON takes.id = cards.take`

/** Counts up when other text is indexed, so that the index of every library is made again. */
const version = 1

/** As the full-text index splits text: words in lower case, without accents, one space around each. */
const spaced = (text: string) =>
  ` ${text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{Co}]+/gu, ' ')
    .trim()} `

/** Scripts that write no spaces between words. The index sees a whole sentence as one word. */
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/v

function hasWords(text: unknown, words: unknown, starts: unknown): 0 | 1 {
  const [looked, wanted] = [spaced(String(text)), spaced(String(words))]
  if (unspaced.test(String(words))) return looked.includes(wanted.trim()) ? 1 : 0
  return looked.includes(starts === 1 ? wanted.trimEnd() : wanted) ? 1 : 0
}

export const hasFullText = (db: Database): boolean =>
  db.prepare("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").get() !== undefined

export const isIndexed = (db: Database) =>
  db.prepare('SELECT version FROM words_indexed').get()?.['version'] === version

/**
 * Brings the index up to date. It is derived, so it belongs to no migration: a library may be opened by a SQLite
 * without full-text search, which changes takes and can’t write the index.
 */
export function prepareWords(db: Database, isFullText: boolean): void {
  if (isIndexed(db) === isFullText) return
  transaction(db, () => {
    db.exec('DELETE FROM words_indexed')
    if (!isFullText) return
    db.exec('DROP TABLE IF EXISTS take_words')
    db.exec(
      `CREATE VIRTUAL TABLE take_words USING fts5(${columns}, content='', contentless_delete=1,
         tokenize='unicode61 remove_diacritics 2', prefix='2 3')`,
    )
    db.exec(`INSERT INTO take_words (rowid, ${columns}) ${selectTexts}`)
    db.exec(`INSERT INTO words_indexed (only, version) VALUES (1, ${String(version)})`)
  })
}

/** The functions that the texts and the search without an index need. */
export function addWordFunctions(db: Database): void {
  db.function('provider_name', { deterministic: true }, (id) => nameOfProvider(String(id)))
  db.function('has_words', { deterministic: true }, hasWords)
}

type Words = Extract<Condition, { readonly kind: 'words' }>

export type Clause = { readonly sql: string; readonly values: readonly (string | number)[] }

/** No text of the user is ever part of the language of the index: it is one quoted string of it. */
const phrase = ({ in: field, words, starts }: Words) =>
  `${field === null ? '' : `{${field}} : `}"${words.replaceAll('"', ' ').replaceAll('\u0000', ' ')}"${starts ? '*' : ''}`

export type TakeWords = {
  /** Both inside the transaction that added or changed the take. */
  readonly add: (take: string) => void
  readonly change: (take: string) => void
  readonly clause: (words: Words) => Clause
}

export function takeWords(prepare: Prepare, isFullText: boolean): TakeWords {
  const looked = (field: Words['in']) =>
    field === null ? Object.values(texts).join(" || ' ' || ") : texts[field]
  const byReading = (words: Words): Clause => ({
    sql: `has_words((SELECT ${looked(words.in)} FROM takes WHERE takes.id = cards.take), ?, ?)`,
    values: [words.words, words.starts ? 1 : 0],
  })
  if (!isFullText) return { add: () => undefined, change: () => undefined, clause: byReading }
  const drop = prepare('DELETE FROM take_words WHERE rowid = (SELECT number FROM cards WHERE take = ?)')
  const put = prepare(`INSERT INTO take_words (rowid, ${columns}) ${selectTexts} WHERE cards.take = ?`)
  return {
    add: (take) => {
      put.run(take)
    },
    change: (take) => {
      drop.run(take)
      put.run(take)
    },
    clause: (words) =>
      unspaced.test(words.words)
        ? byReading(words)
        : {
            sql: 'cards.number IN (SELECT rowid FROM take_words WHERE take_words MATCH ?)',
            values: [phrase(words)],
          },
  }
}
