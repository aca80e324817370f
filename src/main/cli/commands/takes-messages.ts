import { formatEstimate } from '../../../shared/domain/money.ts'
import type { Take } from '../../../shared/domain/take.ts'
import type { NewTake, Takes } from '../../core/studio-types.ts'
import { isToBeSent } from '../../takes/attempt.ts'
import { moment } from './takes-format.ts'
import type { Printer } from '../output.ts'

/** A command sends what it was given; of all others, only what may have been sent already goes on. */
export const onlyWith = (ids: readonly string[]) => (take: Take) => ids.includes(take.id) || !isToBeSent(take)

const nameOf = ({ clipName, createdAt, id }: Take) =>
  `The take of ${clipName} from ${moment(createdAt)} (${id})`

/** Names the other takes that an earlier run did not come to send: they wait for a decision of their own. */
export function tellToBeSent(takes: readonly Take[], own: string, printer: Printer): void {
  for (const take of takes) {
    if (take.id === own || !isToBeSent(take)) continue
    printer.note(
      `${nameOf(take)} was interrupted before it was sent. Go on with it: understudy takes follow ${take.id}. Leave it: understudy takes give-up ${take.id}`,
    )
  }
}

/** Says of a take that is let go on that it will be sent, and for how much. */
export function tellGoesOn(take: Take, printer: Printer): void {
  if (!isToBeSent(take)) return
  const price = take.estimate.amount === 0 ? 'it is free' : `${formatEstimate(take.estimate)}, as you agreed`
  printer.note(`${nameOf(take)} was not sent yet. It goes on and is sent now: ${price}.`)
}

/**
 * Whoever asks for the very same after an interruption wants one result: the take that was interrupted is taken back,
 * and goes on with the consent of now.
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
    `${nameOf(found)} asks for the same and was interrupted before it was sent. Understudy goes on with it and makes no second one.`,
  )
  return back.value
}
