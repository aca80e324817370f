import type { TaskRecord } from './record.ts'
import { taskView } from './record.ts'

/** Tells the client of a new status, once; delivery is not promised anywhere, so a failure changes nothing. */
export async function notify(
  record: TaskRecord,
  url: string,
  origin: string,
  signal: AbortSignal,
): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)])
  const body = JSON.stringify(taskView(record, origin))
  const headers = { 'content-type': 'application/json' }
  await fetch(url, { method: 'POST', redirect: 'error', headers, body, signal: limit }).then(
    (answer) => answer.body?.cancel(),
    () => null,
  )
}
