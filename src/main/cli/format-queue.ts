import type { Queue, QueueItem, QueueState } from '../../shared/queue.ts'
import { formatLeft } from '../../shared/time-left.ts'
import { table } from './table.ts'

const words: Readonly<Record<QueueState, string>> = {
  waiting: 'waits',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

function remark({ state, progress, eta, problem, files, folder, name }: QueueItem): string {
  if (problem) return [problem.message, problem.advice].filter(Boolean).join(' ')
  if (state === 'done') return `${folder}/${name}: ${files.join(', ')}`
  if (state !== 'running') return `${folder}/${name}`
  const percent = progress === null ? 'begun' : `${String(Math.floor(progress * 100))} %`
  return eta === null ? percent : `${percent}, ${formatLeft(eta * 1000)} left`
}

export function formatQueue({ paused, pausedBy, items }: Queue): string {
  const state = paused ? [`Paused. ${pausedBy?.message ?? 'understudy queue resume goes on.'}`] : []
  if (items.length === 0) return [...state, 'The queue is empty.'].join('\n')
  const rows = items.map((item) => [
    item.id,
    words[item.state],
    [item.characterName, item.clipName].filter((name) => name !== null).join(' + '),
    `${item.provider} ${item.model}`,
    remark(item),
  ])
  return [...state, table([['ID', 'STATE', 'SOURCE', 'FOR', 'FOLDER OR REASON'], ...rows])].join('\n')
}
