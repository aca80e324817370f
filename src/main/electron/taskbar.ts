import type { BrowserWindow } from 'electron'
import type { Take, TakeState } from '../../shared/domain/take.ts'

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
