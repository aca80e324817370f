import { join } from 'node:path'
import { ulid } from 'ulid'
import { newAttempt } from '../../../src/main/takes/attempt.ts'
import { openJournal } from '../../../src/main/takes/journal/journal.ts'
import { anOrder } from './an-order.ts'
import { someSettings } from '../clips/facts.ts'

/** Fills a library with takes that are all at the provider at `origin`, paid by the account of the environment. */
export function fillWithTasks(home: string, origin: string, takes: number): void {
  const opened = openJournal(join(home, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  const at = new Date().toISOString()
  for (let nth = 0; nth < takes; nth += 1) {
    const id = ulid()
    const settings = someSettings({ provider: 'kling', model: 'kling-v3', account: 'env-kling' })
    const attempt = newAttempt(id, 1, `own-${String(nth)}`, at)
    const acked = { ...attempt, state: 'ACKED', taskId: `task-${String(nth)}`, ackedAt: at } as const
    opened.value.add(anOrder({ id, settings, baseUrl: origin }), acked)
  }
  opened.value.close()
}
