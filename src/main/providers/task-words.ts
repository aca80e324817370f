const running: ReadonlySet<string> = new Set([
  'accepted',
  'created',
  'generating',
  'in_progress',
  'in_queue',
  'not_start',
  'not_started',
  'pending',
  'processing',
  'queued',
  'queueing',
  'queuing',
  'running',
  'scheduled',
  'started',
  'starting',
  'submitted',
  'waiting',
])
const succeeded: ReadonlySet<string> = new Set(['succeed', 'succeeded', 'success', 'completed', 'finished'])
const cancelled: ReadonlySet<string> = new Set(['cancelled', 'canceled'])
// Not `error`: beside a task it may be about the answer, and a paid task would end because of it.
const failed: ReadonlySet<string> = new Set(['failed', 'failure', ...cancelled])

/** What a service calls the state of a task, in lower case and without the prefix of some. */
export const stateWord = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/^task_status_/, '')
    .replaceAll(/[\s-]+/g, '_')

/**
 * What such a word means at any of the services, which were seen to borrow each other's. Null for a word that none of
 * them has documented: the task may still be running, and the user sees that its state is unknown.
 */
export function meaningOfWord(word: string): 'running' | 'succeeded' | 'failed' | null {
  if (running.has(word)) return 'running'
  if (succeeded.has(word)) return 'succeeded'
  return failed.has(word) ? 'failed' : null
}

export const isCancelled = (word: string): boolean => cancelled.has(word)
