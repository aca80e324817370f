import type { Queue, QueueItem, QueueState } from '../../../shared/domain/queue.ts'
import { formatLeft } from '../../../shared/text/time-left.ts'
import type { Tone } from '../../lib/tone.ts'
import { text } from './text.ts'

export const stateWords: Readonly<
  Record<QueueState, { readonly label: string; readonly tone: Tone | null }>
> = {
  waiting: { label: 'Waiting', tone: null },
  running: { label: 'Preparing', tone: 'info' },
  done: { label: 'Prepared', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: null },
}

export const sourceWords = ({ characterName, clipName }: QueueItem): string =>
  [characterName, clipName].filter((name) => name !== null).join(' + ')

/** Where the files go, as far as the window knows. */
export const folderWords = ({ parent, folder, name }: QueueItem): string =>
  [parent, folder, name].filter((part) => part !== null).join('/')

/** How far the running one is, in words. */
export function progressWords({ state, progress, eta }: QueueItem): string {
  if (state !== 'running') return ''
  const percent = progress === null ? 'begun' : `${String(Math.floor(progress * 100))}%`
  return eta === null ? percent : `${percent} · about ${formatLeft(eta * 1000)} left`
}

/** The whole queue in one sentence. */
export function queueWords({ paused, items }: Queue): string {
  if (items.length === 0) return text.empty
  const count = (state: QueueState) => items.filter((item) => item.state === state).length
  const parts = [
    `${String(count('done'))} of ${String(items.length)} prepared`,
    ...(count('failed') > 0 ? [`${String(count('failed'))} failed`] : []),
    ...(paused ? ['paused'] : []),
  ]
  return `${parts.join(', ')}.`
}

export const isOver = ({ state }: QueueItem): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled'

/** What is still to be made. */
export const openCount = ({ items }: Queue): number => items.filter((item) => !isOver(item)).length
