import type { Notification, NotificationConstructorOptions, BrowserWindow } from 'electron'
import type { Take, TakeState } from '../../shared/domain/take.ts'
import { noticeFor } from '../../shared/text/take-notice.ts'

type Parts = {
  readonly show: (options: NotificationConstructorOptions) => Pick<Notification, 'on' | 'show'>
  readonly wanted: () => boolean
  /** Whether the system plays its sound: a window has one of its own. */
  readonly audible: () => boolean
  /** True while the user looks at the studio and needs no telling. */
  readonly watching: () => boolean
  readonly focus: () => void
}

/** Tells the desktop about takes, from the states they have when this begins. */
export function createNotices(
  known: readonly Take[],
  { show, wanted, audible, watching, focus }: Parts,
): (take: Take) => void {
  const states = new Map(known.map((take) => [take.id, take.state]))
  // A notification without a reference is garbage collected, and its click handler with it.
  const held = new Set<unknown>()
  return (take) => {
    const notice = noticeFor(states.get(take.id), take)
    states.set(take.id, take.state)
    if (notice === null || !wanted() || watching()) return
    const notification = show({ ...notice, silent: !audible() })
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

/** Where the work of a state is done; quiet states show nothing. */
const place: Readonly<Record<TakeState, 'here' | 'remote' | 'quiet'>> = {
  DRAFT: 'quiet',
  PREPARING: 'here',
  PREPARED: 'here',
  UPLOADING: 'here',
  UPLOADED: 'here',
  READY: 'here',
  INTENT: 'remote',
  WIRE: 'remote',
  ACKED: 'remote',
  REMOTE_DONE: 'here',
  DOWNLOADING: 'here',
  VERIFIED: 'here',
  DONE: 'quiet',
  HELD: 'quiet',
  UNKNOWN: 'quiet',
  NEEDS_USER: 'quiet',
  REJECTED: 'quiet',
  REMOTE_FAILED: 'quiet',
  EXPIRED: 'quiet',
  ABANDONED: 'quiet',
}

export type TaskbarProgress = number | 'none' | 'indeterminate'

/** One bar for all takes: the mean of what runs here; indeterminate as soon as one of them cannot say how far it is. */
export function taskbarProgress(takes: readonly Pick<Take, 'state' | 'progress'>[]): TaskbarProgress {
  const running = takes.filter((take) => place[take.state] !== 'quiet')
  if (running.length === 0) return 'none'
  let sum = 0
  for (const take of running) {
    if (place[take.state] === 'remote' || take.progress === null) return 'indeterminate'
    sum += take.progress
  }
  return sum / running.length
}

/** Electron's numbers: below 0 removes the bar, above 1 makes it indeterminate. */
export function showProgress(window: Pick<BrowserWindow, 'setProgressBar'>, progress: TaskbarProgress): void {
  if (progress === 'none') window.setProgressBar(-1)
  else if (progress === 'indeterminate') window.setProgressBar(2, { mode: 'indeterminate' })
  else window.setProgressBar(progress)
}

/** Follows takes from the states they have when this begins; the finished ones are not kept. */
export function createTaskbar(
  known: readonly Take[],
  show: (progress: TaskbarProgress) => void,
): (take: Take) => void {
  const running = new Map(
    known.filter((take) => place[take.state] !== 'quiet').map((take) => [take.id, take]),
  )
  return (take) => {
    if (place[take.state] === 'quiet') running.delete(take.id)
    else running.set(take.id, take)
    show(taskbarProgress([...running.values()]))
  }
}
