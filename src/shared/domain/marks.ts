import { z } from 'zod'
import { fail, ok, type Failure, type Outcome } from '../outcome.ts'
import { visibleText } from '../text/visible-text.ts'

export const flags = ['pick', 'reject'] as const
export type Flag = (typeof flags)[number]

export const mostStars = 5

/** What the user says about a take. It never changes what is sent or paid. */
export type Marks = {
  /** The running number of the take in its library: given once, in the order of creation, and never given again. */
  readonly number: number
  /** Null while the user gave none. */
  readonly name: string | null
  /** From 0 to 5. */
  readonly stars: number
  readonly flag: Flag | null
  /** Each only once, whatever its case, in the order they were given. */
  readonly tags: readonly string[]
  readonly note: string
}

/** The marks of one take as every face gets them. They are apart from `Take`, which changes with every progress. */
export type TakeMarks = Marks & {
  readonly take: string
  /** The ids of the boards it is on. */
  readonly boards: readonly string[]
}

export const unmarked: Omit<Marks, 'number'> = { name: null, stars: 0, flag: null, tags: [], note: '' }

/** In characters as JavaScript counts them. */
export const longest = { name: 120, note: 4000, tag: 40, boardName: 60 } as const
export const mostTags = 50
/** As many takes as one change may name. */
export const mostMarkedTakes = 10_000

/** A change of marks as it arrives; `changedMarks` says whether its words can be kept. */
export const marksChange = z
  .strictObject({
    /** Empty or null: no name. */
    name: z.string().max(1000).nullable(),
    stars: z.number().int().min(0).max(mostStars),
    flag: z.enum(flags).nullable(),
    note: z.string().max(20_000),
    /** All tags, in place of those before. */
    tags: z.array(z.string().max(1000)).max(1000),
    addTags: z.array(z.string().max(1000)).max(1000),
    removeTags: z.array(z.string().max(1000)).max(1000),
  })
  .partial()
export type MarksChange = Readonly<z.infer<typeof marksChange>>

/** What is the same tag or the same board folds to the same text. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase()

/** Nothing hidden, and nothing that hides once something hidden is gone. */
function shown(text: string): string {
  const next = visibleText(text.toWellFormed().normalize('NFC'))
  return next === text ? text : shown(next)
}

/** One line without spaces around it. */
export const oneLine = (text: string): string => shown(text).replaceAll(/\s+/gu, ' ').trim()

const wrong = (message: string): Failure => fail('usage', message)

/** A tag as it is kept. A comma or a quotation mark could not be written in a list or a filter. */
export function readTag(text: string): Outcome<string> {
  const tag = oneLine(text)
  return tag === '' || tag.length > longest.tag || /[,"]/.test(tag)
    ? wrong(
        `“${tag}” can’t be a tag. A tag has 1 to ${String(longest.tag)} characters and no comma or quotation mark.`,
      )
    : ok(tag)
}

/** Each tag once; the first way to write it counts. */
function readTags(texts: readonly string[]): Outcome<readonly string[]> {
  const tags = new Map<string, string>()
  for (const text of texts) {
    const tag = readTag(text)
    if (!tag.ok) return tag
    if (!tags.has(folded(tag.value))) tags.set(folded(tag.value), tag.value)
  }
  return ok([...tags.values()])
}

function changedTags(before: readonly string[], change: MarksChange): Outcome<readonly string[]> {
  const { tags, addTags = [], removeTags = [] } = change
  // What is kept already is not judged again: a later version may have kept more.
  const given = tags === undefined ? ok(before) : readTags(tags)
  if (!given.ok) return given
  const added = readTags(addTags)
  if (!added.ok) return added
  const removed = new Set(removeTags.map((tag) => folded(oneLine(tag))))
  const left = given.value.filter((tag) => !removed.has(folded(tag)))
  const known = new Set(left.map(folded))
  const all = [...left, ...added.value.filter((tag) => !known.has(folded(tag)))]
  return all.length > mostTags && all.length > before.length
    ? wrong(`A take can have at most ${String(mostTags)} tags.`)
    : ok(all)
}

function readName(text: string | null): Outcome<string | null> {
  const name = oneLine(text ?? '')
  return name.length > longest.name
    ? wrong(`A name can have at most ${String(longest.name)} characters.`)
    : ok(name === '' ? null : name)
}

function readNote(text: string): Outcome<string> {
  const note = shown(text.replaceAll(/\r\n?/g, '\n')).trim()
  return note.length > longest.note
    ? wrong(`A note can have at most ${String(longest.note)} characters.`)
    : ok(note)
}

/** The marks after a change; a problem that names what can't be kept. */
export function changedMarks(before: Marks, change: MarksChange): Outcome<Marks> {
  const name = change.name === undefined ? ok(before.name) : readName(change.name)
  if (!name.ok) return name
  const note = change.note === undefined ? ok(before.note) : readNote(change.note)
  if (!note.ok) return note
  const tags = changedTags(before.tags, change)
  if (!tags.ok) return tags
  return ok({
    number: before.number,
    name: name.value,
    stars: change.stars ?? before.stars,
    flag: change.flag === undefined ? before.flag : change.flag,
    tags: tags.value,
    note: note.value,
  })
}

/** The change that brings these marks back, whatever they are now. */
export const backTo = ({ name, stars, flag, tags, note }: Marks): MarksChange => ({
  name,
  stars,
  flag,
  tags: [...tags],
  note,
})

export const sameMarks = (one: Marks, other: Marks): boolean =>
  one.number === other.number && JSON.stringify(backTo(one)) === JSON.stringify(backTo(other))

/** A number that a file names is believed up to here. */
export const highestNumber = 9_999_999
