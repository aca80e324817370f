import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { isToBeSent } from '../../takes/attempt.ts'
import { mayStartOver } from '../../takes/submit/resubmit.ts'

/** Whether a new attempt may be paid for at all, told before anybody is asked for the money. */
export function mayPayAgain(take: Take): Outcome<null> {
  const { state, clipName, id, taskId } = take
  const name = `The take of ${clipName} (${id})`
  const look = `understudy takes follow ${id}`
  if (state === 'NEEDS_USER' && taskId !== null)
    return fail('usage', `${name} has the task ${taskId} at the provider; count it as charged.`, {
      advice: `Ask once more: ${look}. To pay for another one, give it up first: understudy takes give-up ${id}`,
    })
  if (state === 'DRAFT' || mayStartOver.has(state)) return ok(null)
  if (isToBeSent(take))
    return fail('usage', `${name} was not sent yet; its first attempt still can be.`, {
      advice: `Go on with it: ${look}`,
    })
  if (state === 'UNKNOWN' || state === 'WIRE' || take.resume === 'UNKNOWN')
    return fail(
      'usage',
      `It is not known yet whether the take of ${clipName} (${id}) started: the first attempt may be charged as well as a second one. Nothing was sent.`,
      { advice: `Let the provider be asked first: ${look}` },
    )
  return fail('usage', `${name} is ${state}: there is nothing to pay for again.`, {
    advice: `Look at it: understudy takes show ${id}`,
  })
}

/** What a new attempt is paid for besides; empty where nothing else can be charged. */
export function paidBesides({ state, sentAt, taskId }: Take): string {
  if (sentAt === null || (state !== 'NEEDS_USER' && state !== 'ABANDONED')) return ''
  return taskId === null
    ? 'The first attempt may be charged as well.'
    : 'The first attempt is charged as well.'
}
