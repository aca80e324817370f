import { formatEstimate } from '../../../shared/domain/money.ts'
import type { Outcome, Problem } from '../../../shared/outcome.ts'
import { spentOn, spentWords } from '../../../shared/rules/deducted.ts'
import { findModel } from '../../../shared/rules/models.ts'
import { nameOfProvider } from '../../../shared/rules/providers.ts'
import { shorterSentence } from '../../../shared/text/result-length.ts'
import { partSentence, questionOf } from '../../../shared/text/outcome-question.ts'
import { labelOf, wordsOf } from '../../../shared/text/take-status.ts'
import type { TakeMarks } from '../../../shared/domain/marks.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { formatLeft } from '../../../shared/text/time-left.ts'
import { formatBytes, formatSeconds, type Milliseconds, type Timestamp } from '../../../shared/units.ts'
import { withCommands } from '../exit-codes.ts'
import { table, type Printer } from '../output.ts'
import { noTakes } from '../problems.ts'
import { stateSentence } from './take-lines.ts'
import { marksForList, marksRows } from './takes-marks.ts'

function resultOf(take: Take, path: string | null) {
  const { result } = take
  if (result === null || path === null) return null
  const note = shorterSentence(take)
  return {
    result: { path, bytes: result.bytes, sha256: result.sha256, duration: result.duration },
    ...(note !== null && { resultNote: note }),
  }
}

/** A take as `done` reports it; `path` is where its result is. */
const takeForDone = (take: Take, path: string | null) => ({
  id: take.id,
  state: take.state,
  ...(take.taskId !== null && { taskId: take.taskId }),
  ...resultOf(take, path),
  ...(take.cost !== null && { cost: take.cost }),
  ...(take.problem !== null && { problem: take.problem }),
})

/** A take as `takes list` tells it; `trouble` is why its result is not the file any more that was verified. */
export const takeForList = (
  take: Take,
  path: string | null,
  trouble: Problem | null,
  marks: TakeMarks | undefined,
) => ({
  id: take.id,
  state: take.state,
  provider: take.settings.provider,
  model: take.settings.model,
  ...(take.taskId !== null && { taskId: take.taskId }),
  createdAt: take.createdAt,
  ...(take.queued !== null && { queued: take.queued }),
  ...(take.sentAt !== null && { spent: spentOn(take) }),
  ...resultOf(take, path),
  ...(trouble !== null && { resultProblem: trouble }),
  ...(take.problem !== null && { problem: take.problem }),
  ...(marks && marksForList(marks)),
})

/** The version with the mark of the provider: the file, that it is coming, or why it is not there. */
function markedOf({ watermarked, markComing, markProblem }: Take, path: Shown['marked']) {
  const problem = path?.ok === false ? path.problem : markProblem
  return {
    ...(watermarked !== null &&
      path?.ok === true && {
        watermarked: { path: path.value, bytes: watermarked.bytes, sha256: watermarked.sha256 },
      }),
    ...(markComing && { watermarkedComing: true }),
    ...(problem !== null && { watermarkedProblem: problem }),
  }
}

function markedRows(take: Take, path: Shown['marked']): [string, string][] {
  const { watermarked, markComing, markProblem } = take
  const problem = path?.ok === false ? path.problem : markProblem
  if (markComing) return [['Watermarked', 'The watermarked version is being downloaded.']]
  if (problem !== null)
    return [
      ['Watermarked', problem.message],
      ['', withCommands(problem.advice ?? '', take)],
    ]
  if (watermarked === null || path?.ok !== true) return []
  return [
    ['Watermarked', path.value],
    ['', `${formatSeconds(watermarked.duration)}, ${formatBytes(watermarked.bytes)}`],
  ]
}

/** A take as `takes show` tells it: the entry of the list and all that is known besides. */
export const takeForShow = (
  take: Take,
  { path, trouble, marked, marks }: Pick<Shown, 'path' | 'trouble' | 'marked' | 'marks'>,
) => ({
  ...takeForList(take, path, trouble, marks),
  ...markedOf(take, marked),
  attempt: take.attempt,
  ...(take.partOf !== null && { partOf: take.partOf }),
  since: take.since,
  ...(take.sentAt !== null && { sentAt: take.sentAt }),
  ...(take.requestId !== null && { requestId: take.requestId }),
  ...(take.answered !== null && { answered: take.answered }),
  ...(take.answerAdvice !== null && { answerAdvice: take.answerAdvice }),
  ...(take.heldUntil !== null && { heldUntil: take.heldUntil }),
  ...(take.resultUntil !== null && { resultUntil: take.resultUntil }),
  settings: take.settings,
  characterName: take.characterName,
  clipName: take.clipName,
  estimate: take.estimate,
  ...(take.preparedClip !== null && { preparedClip: take.preparedClip }),
  ...(take.preparedCharacter !== null && { preparedCharacter: take.preparedCharacter }),
  ...(take.cost !== null && { cost: take.cost }),
})

/** ISO time to the minute, still in UTC. */
const minute = (time: string) => time.slice(0, 16).replace('T', ' ')

type Listing = {
  readonly troubleOf?: (take: Take) => Problem | null
  readonly marksOf?: ReadonlyMap<string, TakeMarks>
  /** What is said where nothing is listed. */
  readonly none?: string
}

type Column = { readonly head: string; readonly cell: (take: Take) => string; readonly mayBeEmpty?: true }

export function formatTakes(
  takes: readonly Take[],
  { troubleOf = () => null, marksOf = new Map(), none = noTakes }: Listing = {},
): string {
  if (takes.length === 0) return none
  const marked = (read: (marks: TakeMarks) => string) => (take: Take) => {
    const marks = marksOf.get(take.id)
    return marks ? read(marks) : ''
  }
  const columns: readonly Column[] = [
    { head: 'TAKE', cell: ({ id }) => id },
    { head: 'NO.', cell: marked(({ number }) => String(number)), mayBeEmpty: true },
    {
      head: 'STATE',
      cell: (take) => (troubleOf(take) === null ? labelOf(take) : `${labelOf(take)}, file gone`),
    },
    { head: 'STARS', cell: marked(({ stars }) => (stars === 0 ? '' : String(stars))), mayBeEmpty: true },
    { head: 'FLAG', cell: marked(({ flag }) => flag ?? ''), mayBeEmpty: true },
    { head: 'NAME', cell: marked(({ name }) => name ?? ''), mayBeEmpty: true },
    { head: 'PROVIDER', cell: ({ settings }) => settings.provider },
    { head: 'MODEL', cell: ({ settings }) => settings.model },
    { head: 'CREATED (UTC)', cell: ({ createdAt }) => minute(createdAt) },
    { head: 'COST', cell: (take) => spentWords(spentOn(take)) },
    { head: 'CHARACTER', cell: ({ characterName }) => characterName },
    { head: 'CLIP', cell: ({ clipName }) => clipName },
  ]
  const filled = columns
    .map(({ head, cell, mayBeEmpty }) => ({ head, cells: takes.map(cell), mayBeEmpty }))
    .filter(({ cells, mayBeEmpty }) => !mayBeEmpty || cells.some((cell) => cell !== ''))
  return table([
    filled.map(({ head }) => head),
    ...takes.map((_, at) => filled.map(({ cells }) => cells[at] ?? '')),
  ])
}

function deductedLine(take: Take): string {
  const { cost } = take
  const spent = spentOn(take)
  const units = cost === null ? '' : `${cost.units} ${cost.unitName}`
  return spent.estimated || cost?.unitName === 'USD' ? units : `${units} (${spentWords(spent)})`
}

/** A moment as a person reads it. */
export const moment = (time: string) => `${minute(time)} UTC`

/** A moment as a person reads it, with what is left until then. */
const until = (moment: Timestamp, now: Milliseconds) => {
  const left = Date.parse(moment) - now
  return `${minute(moment)} UTC (${left > 0 ? `${formatLeft(left)} left` : 'over'})`
}

const short = (id: string) => id.slice(0, 14)

/** The four ways out as commands: the free ones first, and the one that pays asks once more. */
function waysOut(take: Take): [string, string][] {
  const id = short(take.id)
  const again = `understudy takes submit-again ${id}`
  return [
    ['Ask again', `understudy takes follow ${id}   (free)`],
    ['I found it', `understudy takes adopt ${id} TASK   (free)`],
    ...(take.taskId === null
      ? ([['Submit again', `${again}   (${formatEstimate(take.estimate)}; asks first)`]] as [
          string,
          string,
        ][])
      : []),
    ['Give up', `understudy takes give-up ${id}`],
  ]
}

function question(take: Take, now: Milliseconds): [string, string][] {
  const { provider, model } = take.settings
  const { title, happened, money, candidates, lookFor, meanwhile } = questionOf(take, {
    now,
    format: (moment) => `${minute(moment)} UTC`,
    at: nameOfProvider(provider),
    model: findModel(provider, model),
  })
  return [
    ['Question', title],
    ['', happened],
    ['', money],
    ...candidates.map((task): [string, string] => ['Could be', task]),
    ['', lookFor],
    ['', meanwhile],
    ...waysOut(take),
  ]
}

/** What happens next automatically, and what the user can do. */
function outlook(take: Take, now: Milliseconds, trouble: Problem | null): [string, string][] {
  if (trouble !== null)
    return [
      ['', trouble.message],
      ['You can', trouble.advice ?? ''],
      ['Download again', `understudy takes follow ${short(take.id)}   (free)`],
    ]
  const { next, can } = wordsOf(take)
  const rows: [string, string][] = [['Next', next]]
  if (take.heldUntil !== null) rows.push(['Tries again', until(take.heldUntil, now)])
  if (take.resultUntil !== null && take.state !== 'DONE')
    rows.push(['Kept until', until(take.resultUntil, now)])
  if (take.state === 'NEEDS_USER') return [...rows, ...question(take, now)]
  const elsewhere: [string, string][] =
    take.state === 'HELD' && take.resume === 'REMOTE_DONE'
      ? [['', `understudy takes save-elsewhere ${short(take.id)} --out FOLDER`]]
      : []
  return can === null ? rows : [...rows, ['You can', can], ...elsewhere]
}

type Shown = {
  /** Where the result is. */
  readonly path: string | null
  /** Why it is not the file any more that was verified. */
  readonly trouble: Problem | null
  /** Where the watermarked version is, or what is wrong with it; null where there is none. */
  readonly marked: Outcome<string> | null
  /** The take that this one belongs to. */
  readonly parent: Take | undefined
  readonly marks: TakeMarks | undefined
  readonly now: Milliseconds
}

export function formatTake(take: Take, { path, trouble, marked, parent, marks, now }: Shown): string {
  const { settings, result, problem, cost } = take
  const part = partSentence(take, parent)
  const rows: [string, string][] = [
    ['Take', take.id],
    ...(marks ? marksRows(marks) : []),
    ['State', stateSentence(take)],
    ['Since', take.since],
    ['Created', take.createdAt],
    ['Attempt', String(take.attempt)],
    ['Provider', `${settings.provider} ${settings.model}, ${settings.orientation}, ${settings.mode}`],
    ['Character', take.characterName],
    ['Clip', take.clipName],
    ['Estimate', formatEstimate(take.estimate)],
  ]
  if (part !== null) rows.push(['Belongs to', `${take.partOf ?? ''}: ${part}`])
  if (settings.prompt !== '') rows.push(['Prompt', settings.prompt])
  if (take.taskId !== null) rows.push(['Task', take.taskId])
  if (take.requestId !== null) rows.push(['Request', take.requestId])
  if (cost) rows.push(['Charged', deductedLine(take)])
  if (result && path !== null)
    rows.push(['Result', path], ['', `${formatSeconds(result.duration)}, ${formatBytes(result.bytes)}`])
  const shorter = shorterSentence(take)
  if (shorter !== null) rows.push(['', shorter])
  rows.push(...markedRows(take, marked))
  if (problem) rows.push(['Problem', problem.message])
  if (problem?.detail !== undefined)
    rows.push(...problem.detail.split('\n').map((line): [string, string] => ['', line]))
  const told = outlook(take, now, trouble).map(([name, text]): [string, string] => [
    name,
    withCommands(text, take),
  ])
  return table([...rows, ...told])
}

/** The last line about a take: what became of it and where its result is. */
export function tellDone(printer: Printer, take: Take, path: Outcome<string>, problem?: Problem): void {
  const { result } = take
  const at = take.state === 'DONE' && path.ok ? path.value : null
  const told = takeForDone(take, at)
  printer.value({ event: 'done', take: problem ? { ...told, problem } : told })
  if (result === null || at === null) return
  printer.line(`${at} (${formatSeconds(result.duration)}, ${formatBytes(result.bytes)})`)
}
