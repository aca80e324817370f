import type { TagCount } from '../../../shared/domain/catalogue.ts'
import { folded, type Flag, type Marks, type TakeMarks } from '../../../shared/domain/marks.ts'
import { readJson } from '../../providers/json.ts'
import type { KeptMarks } from '../marks/kept-marks.ts'
import { numbersFor, type Numbered } from '../marks/numbers.ts'
import type { Prepare } from './tables.ts'
import type { TakeWords } from './take-words.ts'

export type MarkedTake = Marks & { readonly take: string }
/** What a card needs of a take that was kept elsewhere. `marks`: null where an older version kept none. */
export type KeptCard = Numbered & { readonly marks: KeptMarks | null }
/** The marks that a `take.json` has. */
export type Mirrored = { readonly take: string; readonly revision: number }

export type CardRows = {
  /** Of these takes, in no order; of all for null. Takes that are not listed are left out. */
  readonly marksOf: (takes: readonly string[] | null) => readonly TakeMarks[]
  /** Every tag in use, by its name. */
  readonly tags: () => readonly TagCount[]
  /** The marks of a take for its `take.json`; null where it is not listed. */
  readonly keptMarks: (take: string) => KeptMarks | null
  /** The takes whose `take.json` may have older marks. */
  readonly takesToMirror: () => readonly string[]
}

type CardWriter = CardRows & {
  /** Lists a new take under the next number. */
  readonly addCard: (take: string) => void
  /** Brings the facts of the newest attempt into the card, inside the transaction that records the attempt. */
  readonly noteFacts: (take: string) => void
  readonly putMarks: (marks: readonly MarkedTake[]) => void
  readonly putMirrored: (mirrored: readonly Mirrored[]) => void
  /** The numbers of takes that are brought back. */
  readonly numbersFor: (returning: readonly Numbered[]) => ReadonlyMap<string, number>
  /** Lists a take that was kept elsewhere; the marks of a take that is listed already stay. */
  readonly restoreCard: (card: KeptCard, number: number | null) => void
  /** Never gives numbers up to this one. */
  readonly passNumbers: (highest: number) => void
}

/** Null instead of an error where a row holds no JSON. */
const json = (data: string, path: string) =>
  `CASE WHEN json_valid(${data}) THEN json_extract(${data}, '$.${path}') END`
const ofOrder = (path: string) => `COALESCE(${json('takes.data', path)}, '')`
const content = (path: string) => `substr(${json('takes.data', path)}, 1, 40)`
const ratioOf = (file: string) =>
  `${json('newest.data', `${file}.width`)} * 1.0 / ${json('newest.data', `${file}.height`)}`

const newest = `attempts AS newest ON newest.take = takes.id
  AND newest.number = (SELECT MAX(number) FROM attempts WHERE attempts.take = takes.id)`
const ratio = `round(COALESCE(${ratioOf('result')},
  CASE ${ofOrder('settings.orientation')} WHEN 'image' THEN ${ratioOf('preparedCharacter')}
    ELSE ${ratioOf('preparedClip')} END), 4)`

const insertCards = `INSERT INTO cards (number, take, created, state, ratio, provider, mode, model, clip, character,
    clip_content, character_content)
  SELECT ?, takes.id, ${ofOrder('createdAt')}, newest.state, ${ratio}, ${ofOrder('settings.provider')},
    ${ofOrder('settings.mode')}, ${ofOrder('settings.model')}, ${ofOrder('clipName')}, ${ofOrder('characterName')},
    ${content('sources.clip')}, ${content('sources.character')}
  FROM takes JOIN ${newest}`

/** Lists every take that has no card yet: all takes of a library of an older version, in the order of creation. */
export const listUnlisted = `${insertCards.replace('?', 'NULL')}
  WHERE takes.id NOT IN (SELECT take FROM cards) ORDER BY ${ofOrder('createdAt')}, takes.id`
export const countUnlisted = `SELECT COUNT(*) AS left FROM takes
  WHERE id NOT IN (SELECT take FROM cards) AND id IN (SELECT take FROM attempts)`

const marksColumns = `number, take, name, stars, flag, note, revision,
  (SELECT json_group_array(tag ORDER BY place) FROM tags WHERE tags.take = cards.take) AS tags`
const boardsColumn =
  '(SELECT json_group_array(board ORDER BY board) FROM board_takes WHERE board_takes.take = cards.take) AS boards'

const textsOf = (value: unknown) => readJson(String(value)) as readonly string[]

const readMarks = (row: Record<string, unknown>): Marks => ({
  number: Number(row['number']),
  name: row['name'] as string | null,
  stars: Number(row['stars']),
  flag: row['flag'] as Flag | null,
  tags: textsOf(row['tags']),
  note: String(row['note']),
})

export function cardRows(prepare: Prepare, words: TakeWords): CardWriter {
  const all = prepare(`SELECT ${marksColumns}, ${boardsColumn} FROM cards`)
  const some = prepare(
    `SELECT ${marksColumns}, ${boardsColumn} FROM cards WHERE take IN (SELECT value FROM json_each(?))`,
  )
  const one = prepare(`SELECT ${marksColumns} FROM cards WHERE take = ?`)
  const toMirror = prepare('SELECT take FROM cards WHERE mirrored < revision ORDER BY take')
  const insert = prepare(`${insertCards} WHERE takes.id = ?`)
  const facts = prepare(
    `UPDATE cards SET (state, ratio) = (SELECT newest.state, ${ratio} FROM takes JOIN ${newest}
       WHERE takes.id = cards.take) WHERE take = ?`,
  )
  const setMarks = prepare(
    'UPDATE cards SET name = ?, stars = ?, flag = ?, note = ?, revision = revision + 1 WHERE take = ?',
  )
  const setRevision = prepare('UPDATE cards SET revision = ?, mirrored = ? WHERE take = ?')
  const setMirrored = prepare('UPDATE cards SET mirrored = ? WHERE take = ? AND mirrored < ?')
  const dropTags = prepare('DELETE FROM tags WHERE take = ?')
  const putTag = prepare('INSERT OR IGNORE INTO tags (take, folded, place, tag) VALUES (?, ?, ?, ?)')
  const tagCounts = prepare(
    'SELECT MIN(tag) AS tag, COUNT(*) AS takes FROM tags GROUP BY folded ORDER BY folded',
  )
  const listed = prepare('SELECT take, created, number FROM cards')
  const given = prepare("SELECT seq FROM sqlite_sequence WHERE name = 'cards'")
  const setGiven = prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'cards'")
  const highestGiven = () => Number(given.all()[0]?.['seq'] ?? 0)
  const firstGiven = prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('cards', ?)")

  const keptMarks = (take: string): KeptMarks | null => {
    const [row] = one.all(take)
    return row === undefined ? null : { ...readMarks(row), revision: Number(row['revision']) }
  }
  const putOne = ({ take, name, stars, flag, note, tags }: MarkedTake) => {
    setMarks.run(name, stars, flag, note, take)
    dropTags.run(take)
    for (const [place, tag] of tags.entries()) putTag.run(take, folded(tag), place, tag)
  }

  return {
    marksOf: (takes) =>
      (takes === null ? all.all() : some.all(JSON.stringify(takes))).map((row) => ({
        take: String(row['take']),
        ...readMarks(row),
        boards: textsOf(row['boards']),
      })),
    tags: () => tagCounts.all().map((row) => ({ tag: String(row['tag']), takes: Number(row['takes']) })),
    keptMarks,
    takesToMirror: () => toMirror.all().map((row) => String(row['take'])),
    addCard: (take) => {
      insert.run(null, take)
      words.add(take)
    },
    noteFacts: (take) => {
      facts.run(take)
    },
    putMarks: (marks) => {
      for (const marked of marks) {
        putOne(marked)
        words.change(marked.take)
      }
    },
    putMirrored: (mirrored) => {
      for (const { take, revision } of mirrored) setMirrored.run(revision, take, revision)
    },
    numbersFor: (returning) => {
      const inList = listed.all().map((row): Numbered => ({
        id: String(row['take']),
        createdAt: String(row['created']),
        number: Number(row['number']),
      }))
      const ids = new Set(inList.map(({ id }) => id))
      const absent = returning.filter(({ id }) => !ids.has(id))
      return numbersFor(absent, inList, highestGiven())
    },
    restoreCard: ({ id, marks }, number) => {
      if (keptMarks(id) !== null) {
        facts.run(id)
        words.change(id)
        return
      }
      insert.run(number, id)
      if (marks !== null) {
        putOne({ ...marks, take: id })
        // A number that had to change is not in the file yet.
        setRevision.run(marks.revision + (marks.number === number ? 0 : 1), marks.revision, id)
      }
      words.add(id)
    },
    passNumbers: (highest) => {
      if (given.all().length === 0) firstGiven.run(highest)
      else if (highestGiven() < highest) setGiven.run(highest)
    },
  }
}
