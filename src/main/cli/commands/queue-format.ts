import { join } from 'node:path'
import type { Queue, QueueItem, QueueState } from '../../../shared/domain/queue.ts'
import { formatLeft } from '../../../shared/text/time-left.ts'
import type { ItemPaths } from '../../prepare/queue/state.ts'
import type { PrepareQueue } from '../../prepare/queue/queue.ts'
import { firstSentence, remedies } from '../exit-codes.ts'
import { table } from '../output.ts'

/** As a batch names what became of each. */
export const stateWords = {
  waiting: 'waiting',
  running: 'running',
  done: 'prepared',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<QueueState, string>

type Placed = Omit<QueueItem, 'parent' | 'state'> &
  ItemPaths & { readonly state: (typeof stateWords)[QueueState] }

type PlacedQueue = Omit<Queue, 'items'> & { readonly items: readonly Placed[] }

/** The queue with whole paths: what `--json` prints. */
export function queueForPrograms({ items, ...queue }: Queue, paths: ReturnType<PrepareQueue['paths']>) {
  return {
    ...queue,
    items: items.map(({ parent: _, ...item }): Placed => {
      const { folder, source } = paths.get(item.id) ?? { folder: item.folder, source: {} }
      return { ...item, state: stateWords[item.state], folder, source }
    }),
  }
}

const sourceOf = ({ characterName, clipName }: Placed) =>
  [characterName, clipName].filter((name) => name !== null).join(' + ')

function remark({ state, progress, eta, problem, files, folder, name }: Placed): string {
  if (problem) return firstSentence(problem)
  const place = join(folder, name)
  if (state === 'prepared') return `${place}: ${files.join(', ')}`
  if (state !== 'running') return place
  const percent = progress === null ? 'begun' : `${String(Math.floor(progress * 100))}%`
  return eta === null ? percent : `${percent}, ${formatLeft(eta * 1000)} left`
}

export function formatQueue({ paused, pausedBy, items }: PlacedQueue): string {
  const state = paused ? [`Paused. ${pausedBy?.message ?? 'To continue: understudy queue resume'}`] : []
  if (items.length === 0) return [...state, 'The queue is empty.'].join('\n')
  const rows = items.map((item) => [
    item.id,
    item.state,
    sourceOf(item),
    `${item.provider} ${item.model}`,
    remark(item),
  ])
  const list = table([['ID', 'STATE', 'SOURCE', 'FOR', 'FOLDER OR REASON'], ...rows])
  const advice = remedies(
    items.flatMap((item) => (item.problem ? [{ name: sourceOf(item), problem: item.problem }] : [])),
  )
  return [...state, list, ...(advice.length > 0 ? ['', ...advice] : [])].join('\n')
}
