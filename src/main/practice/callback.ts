import type { Clock } from '../system/ports.ts'
import { userAgent } from '../network/user-agent.ts'
import { taskView, type TaskRecord } from './record.ts'
import { withTimeLimit } from './time.ts'

type Means = { readonly clock: Clock; readonly origin: string; readonly signal: AbortSignal }

/** Tells the client of a new status, once: delivery is not promised anywhere, so a failure changes nothing. */
export async function notify(record: TaskRecord, url: string, means: Means): Promise<void> {
  const { clock, origin, signal } = means
  const message = {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify(taskView(record, origin)),
  } as const
  try {
    await withTimeLimit({ clock, limit: 10_000, signal }, async (limited) => {
      // eslint-disable-next-line no-restricted-globals -- Practice stands in for a service, which has a network of its own.
      const answer = await fetch(url, { ...message, signal: limited })
      await answer.body?.cancel()
    })
  } catch {
    // Nobody listens there.
  }
}
