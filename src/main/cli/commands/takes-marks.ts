import { Argument, type Command, type Option } from 'commander'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import {
  changedMarks,
  flags as flagWords,
  mostStars,
  unmarked,
  type Flag,
  type MarksChange,
  type TakeMarks,
} from '../../../shared/domain/marks.ts'
import { parseFilter } from '../../../shared/domain/take-filter.ts'
import type { Studio } from '../../core/studio.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findTakes } from '../follow.ts'
import { freeText, listOption, option, takeArgument, takesArgument, wordOption } from '../options.ts'
import { table, type Printer } from '../output.ts'
import { nothingToMark } from '../problems.ts'
import type { TakesRequest } from '../requests.ts'
import { example } from './media-flags.ts'

/** The filter of `takes list`, understood before anything is opened. */
export const filterOption = (): Option =>
  option('filter', 'filter', 'only takes that match, such as "stars>=4 provider:kling red"')

export const filterHelp = `
Filters: words, "a phrase", stars>=4, number:12, flag:pick, tag:T, board:"B", provider:P, model:M, clip:C,
  character:C, state:done|failed|running|waiting, mode:std|pro, before:2026-11-20, after:2026-11-20,
  has:name|note|stars|flag|tag|board. A - in front means not.
`

export function readList(filter: string | undefined): Outcome<TakesRequest> {
  const parsed = parseFilter(filter ?? '')
  return parsed.ok ? ok({ command: 'takes list', filter: filter ?? null }) : parsed
}

type MarkFlags = {
  readonly stars?: string
  readonly flag?: Flag | 'none'
  readonly tag?: readonly string[]
  readonly untag?: readonly string[]
  readonly note?: string
}

function readMark(
  ids: readonly string[],
  { stars, flag, tag, untag, note }: MarkFlags,
): Outcome<TakesRequest> {
  const change: MarksChange = {
    ...(stars !== undefined && { stars: Number(stars) }),
    ...(flag !== undefined && { flag: flag === 'none' ? null : flag }),
    ...(tag !== undefined && { addTags: [...tag] }),
    ...(untag !== undefined && { removeTags: [...untag] }),
    ...(note !== undefined && { note }),
  }
  if (Object.keys(change).length === 0) return nothingToMark
  const possible = changedMarks({ ...unmarked, number: 1 }, change)
  return possible.ok ? ok({ command: 'takes mark', ids, change }) : possible
}

const starWords = Array.from({ length: mostStars + 1 }, (_, count) => String(count))

export function addMarks(takes: Command, onRequest: (request: Outcome<TakesRequest>) => void): void {
  takes
    .command('mark')
    .description('give takes stars, a flag, tags or a note; free, and never sent anywhere')
    .addArgument(takesArgument())
    .addOption(wordOption('stars', starWords, 'how good it is; 0 takes the stars away'))
    .addOption(wordOption('flag', [...flagWords, 'none'], 'the flag'))
    .addOption(listOption('tag', 'tag', 'add a tag; can be repeated'))
    .addOption(listOption('untag', 'tag', 'remove a tag; can be repeated'))
    .addOption(option('note', 'text', 'the note, in place of the one before; empty removes it', freeText))
    .addHelpText(
      'after',
      `${example('takes mark 01JD8Q --stars 4 --tag "red coat"')}${example('takes mark 01JD8Q 01JD8R --flag reject --note "wrong hand"')}`,
    )
    .action((ids: readonly string[], flags: MarkFlags) => {
      onRequest(readMark(ids, flags))
    })
  takes
    .command('rename')
    .description('give a take a name')
    .addArgument(takeArgument())
    .addArgument(new Argument('<name>', 'the name; empty removes it'))
    .addHelpText('after', example('takes rename 01JD8Q "Hero, second try"'))
    .action((id: string, name: string) => {
      const possible = changedMarks({ ...unmarked, number: 1 }, { name })
      onRequest(possible.ok ? ok({ command: 'takes rename', id, name }) : possible)
    })
}

/** The marks of a take for programs, under the names that `takes list` uses. */
export const marksForList = ({ number, name, stars, flag, tags, note }: TakeMarks) => ({
  number,
  name,
  stars,
  flag,
  tags,
  note,
})

/** The marks that a take has, a row for each. */
export function marksRows({ number, name, stars, flag, tags, note }: TakeMarks): readonly [string, string][] {
  const noteLines = note === '' ? [] : note.split('\n')
  return [
    ['Number', String(number)],
    ...(name === null ? [] : [['Name', name] satisfies [string, string]]),
    ...(stars === 0 ? [] : [['Stars', String(stars)] satisfies [string, string]]),
    ...(flag === null ? [] : [['Flag', flag] satisfies [string, string]]),
    ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')] satisfies [string, string]]),
    ...noteLines.map((line, at): [string, string] => [at === 0 ? 'Note' : '', line]),
  ]
}

type Marking = Pick<Studio, 'takes' | 'catalogue'>

/** Changes the marks of takes, all or none, and tells the marks they have then. */
export async function runMark(
  { takes, catalogue }: Marking,
  ids: readonly string[],
  change: MarksChange,
  printer: Printer,
): Promise<Outcome<ExitCode>> {
  const found = findTakes(takes.list(), ids)
  if (!found.ok) return found
  const named = found.value.map(({ id }) => id)
  const changed = await catalogue.mark([{ takes: named, change }])
  if (!changed.ok) return changed
  const { after } = changed.value
  printer.value(after.map((marks) => ({ id: marks.take, ...marksForList(marks) })))
  printer.line(after.map((marks) => table([['Take', marks.take], ...marksRows(marks)])).join('\n\n'))
  return ok(exitCodes.done)
}
