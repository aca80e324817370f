import type { Notification, NotificationConstructorOptions } from 'electron'
import type { Take, TakeState } from '../../shared/domain/take.ts'
import { visibleText } from '../../shared/text/visible-text.ts'

export type Notice = { readonly title: string; readonly body: string }

const failed: ReadonlySet<TakeState> = new Set<TakeState>(['REJECTED', 'REMOTE_FAILED', 'EXPIRED'])

/** Back to a draft with a reason, or stopped before the user: nothing goes on until somebody decides. */
const needsUser = ({ state, problem }: Take) =>
  state === 'NEEDS_USER' || (state === 'DRAFT' && problem !== null && problem.code !== 'cancelled')

/** What to tell about a take that has just changed; null when the user has nothing to learn or to do. */
export function noticeFor(before: TakeState | undefined, take: Take): Notice | null {
  if (before === undefined || before === take.state) return null
  const what = `“${take.characterName}” with “${take.clipName}”`
  const why = take.problem === null ? what : `${what}: ${take.problem.message}`
  if (take.state === 'DONE') return { title: 'Your take is ready', body: visibleText(what) }
  if (failed.has(take.state)) return { title: 'A take failed', body: visibleText(why) }
  if (needsUser(take)) return { title: 'A take needs you', body: visibleText(why) }
  return null
}

type Parts = {
  readonly show: (options: NotificationConstructorOptions) => Pick<Notification, 'on' | 'show'>
  readonly wanted: () => boolean
  /** True while the user looks at the studio and needs no telling. */
  readonly watching: () => boolean
  readonly focus: () => void
}

/** Tells the desktop about takes, from the states they have when this begins. */
export function createNotices(
  known: readonly Take[],
  { show, wanted, watching, focus }: Parts,
): (take: Take) => void {
  const states = new Map(known.map((take) => [take.id, take.state]))
  // A notification that nobody holds is collected, and its click with it.
  const held = new Set<unknown>()
  return (take) => {
    const notice = noticeFor(states.get(take.id), take)
    states.set(take.id, take.state)
    if (notice === null || !wanted() || watching()) return
    const notification = show({ title: notice.title, body: notice.body })
    held.add(notification)
    const release = () => held.delete(notification)
    notification.on('close', release)
    notification.on('failed', release)
    notification.on('click', () => {
      release()
      focus()
    })
    notification.show()
  }
}
