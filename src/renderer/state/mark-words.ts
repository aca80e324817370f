import { backTo, type MarksChange, type TakeMarks } from '../../shared/domain/marks.ts'

/** "take 12", "3 takes". */
const whose = (marks: readonly TakeMarks[]): string => {
  const [only, ...others] = marks
  return only && others.length === 0 ? `Take ${String(only.number)}` : `${String(marks.length)} takes`
}

const starWords = (stars: number) =>
  stars === 0 ? 'no stars' : stars === 1 ? '1 star' : `${String(stars)} stars`

const flagWords = { pick: 'picked', reject: 'rejected', none: 'no flag' } as const

const quoted = (tags: readonly string[]) => tags.map((tag) => `“${tag}”`).join(', ')

/** What a change did, in one line: "3 takes: 4 stars". */
export function markedWords(marks: readonly TakeMarks[], change: MarksChange): string {
  const { stars, flag, name, note, tags, addTags = [], removeTags = [] } = change
  const said = [
    ...(stars === undefined ? [] : [starWords(stars)]),
    ...(flag === undefined ? [] : [flagWords[flag ?? 'none']]),
    ...(name === undefined ? [] : [name === null || name === '' ? 'no name' : 'new name']),
    ...(note === undefined ? [] : ['note saved']),
    ...(tags === undefined ? [] : ['tags changed']),
    ...(addTags.length === 0 ? [] : [`tagged ${quoted(addTags)}`]),
    ...(removeTags.length === 0 ? [] : [`no longer tagged ${quoted(removeTags)}`]),
  ]
  return `${whose(marks)}: ${said.join(', ')}.`
}

/** What takes a change back, and leaves alone what else has changed since. */
export function undoOf(before: TakeMarks, change: MarksChange): MarksChange {
  const all = backTo(before)
  const isAboutTags = [change.tags, change.addTags, change.removeTags].some((tags) => tags !== undefined)
  return {
    ...(change.stars !== undefined && { stars: all.stars }),
    ...(change.flag !== undefined && { flag: all.flag }),
    ...(change.name !== undefined && { name: all.name }),
    ...(change.note !== undefined && { note: all.note }),
    ...(isAboutTags && { tags: all.tags }),
  }
}
