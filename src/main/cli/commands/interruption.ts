import type { Take } from '../../../shared/domain/take.ts'
import type { Takes } from '../../core/studio-types.ts'
import type { Printer } from '../output.ts'

const follow = ({ id }: Take) => `understudy takes follow ${id}`
const nameOf = ({ clipName, id }: Take) => `The take of ${clipName} (${id})`

const isBeingSent = ({ state }: Take) => state === 'INTENT' || state === 'WIRE'

const sending = (take: Take) =>
  `${nameOf(take)} is being sent. Understudy waits for the answer, at most a minute. Ctrl-C once more ends at once; then it is not known whether it started, and the provider is asked at the next start: ${follow(take)}`

const unknown = (take: Take) =>
  `It is not known whether the take of ${take.clipName} (${take.id}) started. It is not sent again by itself; the provider is asked at the next start: ${follow(take)}`

/** What Ctrl-C leaves behind of a take whose request has ended. */
export function whereItStands(take: Take | undefined): string {
  if (take === undefined || take.state === 'DRAFT' || take.state === 'ABANDONED')
    return 'Cancelled. Nothing was sent.'
  if (isBeingSent(take)) return sending(take)
  if (take.state === 'UNKNOWN') return unknown(take)
  if (take.state === 'REJECTED') return `${nameOf(take)} was not accepted by the provider.`
  return `Take ${take.id} was submitted and goes on at the next start: ${follow(take)}`
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
