import { formatCost, formatEstimate } from '../../../shared/domain/money.ts'
import type { TakeMotion } from '../../../shared/domain/motion.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { spentOn, spentWords } from '../../../shared/rules/deducted.ts'
import { nameOfProvider } from '../../../shared/rules/providers.ts'
import { shorterSentence } from '../../../shared/text/result-length.ts'
import { labelOf } from '../../../shared/text/take-status.ts'
import { formatBytes, formatSeconds, type Timestamp } from '../../../shared/units.ts'
import type { Attempt, Order } from '../attempt.ts'
import { noProgress, takeOf } from '../view.ts'

/** A row of the summary; left out where there is nothing to say. */
type Row = readonly [string, string | null]

export type Told = {
  readonly order: Order
  /** Oldest first; never empty. */
  readonly attempts: readonly Attempt[]
  /** How the result moves, or why that isn’t known. */
  readonly motion: TakeMotion | Problem
  readonly madeAt: Timestamp
}

const rows = (of: readonly Row[]): string =>
  of.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}: ${value}`])).join('\n')

const section = (title: string, text: string) => (text === '' ? [] : [`${title}\n${text}`])

const wordsOf = ({ message, advice, detail }: Problem) => [message, advice, detail].filter(Boolean).join(' ')

function asked({ id, createdAt, settings, characterName, clipName, window, estimate }: Order): string {
  const from = `from ${formatSeconds(window.start)}`
  const part = window.length === null ? from : `${from}, ${formatSeconds(window.length)} long`
  return rows([
    ['Take', id],
    ['Created', createdAt],
    ['Provider', nameOfProvider(settings.provider)],
    ['Model', `${settings.model}, mode ${settings.mode}, orientation ${settings.orientation}`],
    ['Character', characterName],
    ['Clip', `${clipName}, ${part}`],
    ['Prompt', settings.prompt],
    ['Negative prompt', settings.negativePrompt],
    ['Expected length', formatSeconds(estimate.seconds)],
    ['Expected cost', formatEstimate(estimate)],
  ])
}

/** What happened to one attempt, by the clock of this computer in UTC. */
function attemptText(order: Order, attempt: Attempt): string {
  const take = takeOf({ order, attempt }, noProgress, null)
  const isPaid = attempt.wiredAt !== null
  return rows([
    ['State', `${labelOf(take)} (${attempt.state}), since ${attempt.since}`],
    ['Our own id', attempt.ownId],
    ['Request sent', attempt.wiredAt ?? 'never'],
    ['Accepted', attempt.ackedAt],
    ['Task id', attempt.taskId],
    ['Request id', attempt.requestId],
    ['Instead of an answer', attempt.answered],
    ['Problem', attempt.problem && wordsOf(attempt.problem)],
    ['Deducted, as the provider says', attempt.cost && formatCost(attempt.cost)],
    ['Cost', isPaid ? spentWords(spentOn(take)) : null],
    [
      'Prepared clip',
      attempt.preparedClip &&
        `${formatSeconds(attempt.preparedClip.duration)}, ${String(attempt.preparedClip.frames)} frames, ${formatBytes(attempt.preparedClip.bytes)}`,
    ],
    [
      'Result',
      attempt.result && `${formatSeconds(attempt.result.duration)}, ${formatBytes(attempt.result.bytes)}`,
    ],
  ])
}

function lookedAt(told: Told): string {
  const { order, attempts, motion } = told
  const newest = attempts.at(-1)
  const shorter = newest && shorterSentence(takeOf({ order, attempt: newest }, noProgress, null))
  const lines =
    'message' in motion
      ? [`The motion of the result wasn’t compared: ${motion.message}`]
      : [motion.shorter?.message ?? '', ...motion.freezes.map(({ message }) => message)]
  const found = [shorter ?? '', ...lines].filter((line) => line !== '')
  return found.length === 0 ? 'The result is as long as the clip and stands still nowhere.' : found.join('\n')
}

const contents = `summary.txt: this text.
requests.json: what was sent and what came back.
hashes.txt: the SHA-256 of each file.
take.json: everything that Understudy knows about the take.
frames: frames of reference and result at the same moments.
Keys, tokens, signatures of links, folders and your user name were taken out.`

/** What a support team has to know about a take, in plain English. Times are in UTC. */
export function summaryOf(told: Told): string {
  const { order, attempts, madeAt } = told
  const parts = [
    `Understudy support pack, made ${madeAt}`,
    ...section('WHAT WAS ASKED', asked(order)),
    ...attempts.flatMap((attempt) =>
      section(`ATTEMPT ${String(attempt.number)}`, attemptText(order, attempt)),
    ),
    ...section('WHAT THE RESULT LOOKS LIKE', lookedAt(told)),
    ...section('WHAT IS IN THIS PACK', contents),
  ]
  return `${parts.join('\n\n')}\n`
}
