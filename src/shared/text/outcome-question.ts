import { formatEstimate } from '../domain/money.ts'
import type { ModelRules } from '../rules/rules.ts'
import type { Take } from '../domain/take.ts'
import { formatSeconds, type Milliseconds, type Timestamp } from '../units.ts'

/** Everything the user needs to answer the question whether a paid take exists. */
export type TakeQuestion = {
  readonly title: string
  readonly happened: string
  readonly money: string
  /** Tasks of the provider of which one could be this take. */
  readonly candidates: readonly string[]
  readonly lookFor: string
  /** What continues automatically while the question is open. */
  readonly meanwhile: string
}

type Circumstances = {
  readonly now: Milliseconds
  /** A moment as this face writes it. */
  readonly format: (moment: Timestamp) => string
  /** The provider's name. */
  readonly at: string
  /** Undefined where this build no longer knows the model. */
  readonly model: Pick<ModelRules, 'name' | 'lookUp'> | undefined
}

/** So long after the submit is an unknown task looked for. */
const lookingFor: Milliseconds = 24 * 60 * 60_000

/** Ids in the detail of a problem that names several tasks. */
function candidatesOf({ problem, taskId }: Take): readonly string[] {
  if (taskId !== null || problem?.code !== 'outcome-unknown') return []
  const ids = (problem.detail ?? '').split(', ')
  return ids.length > 1 && ids.every((id) => /^[A-Za-z0-9_-]{1,200}$/.test(id)) ? ids : []
}

const when = (moment: Timestamp | null, format: Circumstances['format']) =>
  moment === null ? '' : ` (${format(moment)})`

const asSentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

function happened(
  { taskId, sentAt, since, answered, answerAdvice }: Take,
  { format, at }: Circumstances,
): string {
  if (taskId !== null) return `${at} accepted it${when(sentAt, format)} and gave it a task id.`
  return `It was sent to ${at}${when(sentAt ?? since, format)}, but the provider didn’t confirm that it started.${answered === null ? '' : ` Its answer: ${asSentence(answered)}`}${answerAdvice === null ? '' : ` ${answerAdvice}`}`
}

function money({ estimate, taskId }: Take): string {
  if (estimate.amount === 0) return 'It is free.'
  const cost = estimate.amount === null ? 'The cost is unknown' : `It costs ${formatEstimate(estimate)}`
  return taskId === null
    ? `${cost}. You may have been charged.`
    : `${cost}. The provider accepted it, so count it as charged.`
}

function lookFor({ taskId, estimate }: Take, { at, model }: Circumstances): string {
  if (taskId !== null) return `Look on ${at}’s website for this task.`
  const what = model === undefined ? 'a task' : `a ${model.name} task`
  return `Look on ${at}’s website for ${what}, ${formatSeconds(estimate.seconds)} long, from that time.`
}

function meanwhile({ taskId, sentAt, since }: Take, { now, format, at, model }: Circumstances): string {
  if (taskId !== null)
    return `Understudy keeps checking with ${at}, less and less often, and may settle this for you.`
  if (model?.lookUp !== true) return 'Only you can find out. The question stays until you choose.'
  const end = Date.parse(sentAt ?? since) + lookingFor
  return now < end
    ? `Understudy keeps checking with ${at} until ${format(new Date(end).toISOString())} and may settle this for you.`
    : `Understudy has stopped checking with ${at}. You can ask again.`
}

/** The question of a take that waits for its user, in whole sentences. */
export const questionOf = (take: Take, circumstances: Circumstances): TakeQuestion => ({
  title: take.taskId === null ? 'Did this take start?' : 'What became of this take?',
  happened: happened(take, circumstances),
  money: money(take),
  candidates: candidatesOf(take),
  lookFor: lookFor(take, circumstances),
  meanwhile: meanwhile(take, circumstances),
})

/** The task that a problem names because nothing else knows it; null where it names none. */
export const taskNamedIn = ({ taskId, problem }: Pick<Take, 'taskId' | 'problem'>): string | null =>
  taskId ?? /^Task ([A-Za-z0-9_-]{1,200})/.exec(problem?.detail ?? '')?.[1] ?? null

/** Something happened to it that could not be written down; the screen may be the only place that knows its task. */
export const isUnnoted = ({ state, problem }: Pick<Take, 'state' | 'problem'>): boolean =>
  problem?.code === 'library-damaged' || (problem?.code === 'disk-full' && state !== 'HELD')

type Charge = 'reported' | 'none' | 'unreported'

const wasNeverSent = ({ sentAt, taskId, cost }: Take) => sentAt === null && taskId === null && cost === null

/** What the provider says it charged; a failed task is free unless it says otherwise. */
function chargeFor(take: Take | undefined): Charge {
  if (take?.cost) return Number(take.cost.units) === 0 ? 'none' : 'reported'
  return take?.state === 'REMOTE_FAILED' || take?.state === 'REJECTED' ? 'none' : 'unreported'
}

/** Null where at most one of the two was charged. */
function doubleCharge(one: Charge, other: Charge, what: string): string | null {
  if (one === 'none' || other === 'none') return null
  if (one === 'unreported' && other === 'unreported')
    return `The provider may have charged you for both ${what}.`
  return one === other
    ? `The provider charged you for both ${what}.`
    : `The provider charged you for one of the ${what}, and may have charged you for the other.`
}

/** Why there is a take that the user didn’t ask for; null for others. `parent` is undefined if it isn’t known here. */
export function partSentence(take: Take, parent: Take | undefined): string | null {
  if (take.partOf === null) return null
  const name = parent === undefined ? 'another take' : `“${parent.characterName} performs ${parent.clipName}”`
  const isAttempt = parent !== undefined && parent.attempt > 1
  const started = 'it started, although the provider never confirmed it.'
  const isParentUnsent = parent !== undefined && wasNeverSent(parent)
  const what = isAttempt
    ? `Earlier attempt of ${name}: it had started after all.`
    : `${isParentUnsent ? 'The task' : 'One more task'} of ${name}: ${started}`
  if (take.estimate.amount === 0) return what
  const ofParent = isParentUnsent ? 'none' : chargeFor(parent)
  const charge = doubleCharge(chargeFor(take), ofParent, isAttempt ? 'attempts' : 'tasks')
  return charge === null ? what : `${what} ${charge}`
}
