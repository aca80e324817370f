import { formatEstimate } from '../../../shared/domain/money.ts'
import type { Take } from '../../../shared/domain/take.ts'
import type { NewTake, Takes } from '../../takes/types.ts'
import { isToBeSent } from '../../takes/attempt.ts'
import { moment } from './takes-format.ts'
import type { Printer } from '../output.ts'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { mayStartOver } from '../../takes/submit/resubmit.ts'

/** A command sends what it was given. Of all other takes, it continues only those that may already be sent. */
export const onlyWith = (ids: readonly string[]) => (take: Take) => ids.includes(take.id) || !isToBeSent(take)

const nameWithDate = ({ clipName, createdAt, id }: Take) =>
  `The take of ${clipName} from ${moment(createdAt)} (${id})`

/** Names the other takes that an earlier run did not come to send: they wait for a decision of their own. */
export function tellToBeSent(takes: readonly Take[], own: string, printer: Printer): void {
  for (const take of takes) {
    if (take.id === own || !isToBeSent(take)) continue
    printer.note(
      `${nameWithDate(take)} was interrupted before it was sent. To continue it: understudy takes follow ${take.id}. To give it up: understudy takes give-up ${take.id}`,
    )
  }
}

/** Announces that an interrupted take will be sent, and for how much. */
export function tellGoesOn(take: Take, printer: Printer): void {
  if (!isToBeSent(take)) return
  const price = take.estimate.amount === 0 ? 'it is free' : `${formatEstimate(take.estimate)}, as you agreed`
  printer.note(`${nameWithDate(take)} was not sent yet. Understudy sends it now: ${price}.`)
}

/**
 * Asking for the very same after an interruption means one result: the interrupted take is taken back and continues
 * with the new consent.
 */
export async function goOnInstead(
  takes: Pick<Takes, 'interruptedLike' | 'takeBack'>,
  ready: NewTake,
  printer: Printer,
): Promise<Take | null> {
  const found = await takes.interruptedLike(ready)
  if (found === null) return null
  const back = await takes.takeBack(found.id)
  if (!back.ok) return null
  printer.note(
    `${nameWithDate(found)} asks for the same and was interrupted before it was sent. Understudy continues it and doesn’t make a second one.`,
  )
  return back.value
}

const follow = ({ id }: Take) => `understudy takes follow ${id}`
const nameOf = ({ clipName, id }: Take) => `The take of ${clipName} (${id})`

const isBeingSent = ({ state }: Take) => state === 'INTENT' || state === 'WIRE'

const sending = (take: Take) =>
  `${nameOf(take)} is being sent. Understudy waits up to a minute for the answer. Press Ctrl-C again to stop now. Then it’s unclear whether the take started. Understudy asks the provider at the next start: ${follow(take)}`

const unknown = (take: Take) =>
  `Understudy doesn’t know whether the take of ${take.clipName} (${take.id}) started. It asks the provider at the next start, and never sends the take again without asking you: ${follow(take)}`

/** What Ctrl-C leaves behind of a take whose request has ended. */
export function whereItStands(take: Take | undefined): string {
  if (take === undefined || take.state === 'DRAFT' || take.state === 'ABANDONED')
    return 'Cancelled. Nothing was sent.'
  if (isBeingSent(take)) return sending(take)
  if (take.state === 'UNKNOWN') return unknown(take)
  if (take.state === 'REJECTED') return `${nameOf(take)} was not accepted by the provider.`
  return `Take ${take.id} was submitted. It continues at the next start: ${follow(take)}`
}

/**
 * Says at once that a request is on its way, because leaving waits for its answer, and tells the answer when it comes.
 * False for a take that is not being sent.
 */
export function tellSending(
  take: Take | undefined,
  takes: Pick<Takes, 'subscribe'>,
  printer: Printer,
): boolean {
  if (take === undefined || !isBeingSent(take)) return false
  printer.note(sending(take))
  const stop = takes.subscribe((heard) => {
    if (heard.id !== take.id || isBeingSent(heard)) return
    stop()
    printer.note(whereItStands(heard))
  })
  return true
}

/** Whether a new attempt may be paid for at all, told before anybody is asked for the money. */
export function mayPayAgain(take: Take): Outcome<null> {
  const { state, clipName, id, taskId } = take
  const name = `The take of ${clipName} (${id})`
  const look = `understudy takes follow ${id}`
  if (state === 'NEEDS_USER' && taskId !== null)
    return fail('usage', `${name} has the task ${taskId} at the provider; count it as charged.`, {
      advice: `To ask the provider again: ${look}. To pay for a new attempt, first give this one up: understudy takes give-up ${id}`,
    })
  if (state === 'DRAFT' || mayStartOver.has(state)) return ok(null)
  if (isToBeSent(take))
    return fail('usage', `${name} was not sent yet. Its first attempt can still be sent.`, {
      advice: `To continue it: ${look}`,
    })
  if (state === 'UNKNOWN' || state === 'WIRE' || take.resume === 'UNKNOWN')
    return fail(
      'usage',
      `Understudy doesn’t know yet whether the take of ${clipName} (${id}) started. You may be charged for the first attempt as well as for a second one. Nothing was sent.`,
      { advice: `Ask the provider first: ${look}` },
    )
  return fail('usage', `${name} is running or already done, so Understudy starts no new attempt.`, {
    advice: `To see it: understudy takes show ${id}`,
  })
}

/** What a new attempt is paid for besides; empty where nothing else can be charged. */
export function paidBesides({ state, sentAt, taskId }: Take): string {
  if (sentAt === null || (state !== 'NEEDS_USER' && state !== 'ABANDONED')) return ''
  return taskId === null
    ? 'You may be charged for the first attempt as well.'
    : 'You are charged for the first attempt as well.'
}
