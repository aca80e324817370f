import type { TakeRecord } from './journal.ts'
import type { Upload } from './upload-rows.ts'
import type { WorkParts } from './work.ts'

async function takeOneDown(parts: WorkParts, { order }: TakeRecord, upload: Upload): Promise<void> {
  const host = await parts.hostOf({ ...order, host: upload.host })
  // Tried again at the next start: the row stays.
  if (!host.ok) {
    parts.log(`an upload cannot be taken down now: ${host.problem.message}`, { take: order.id })
    return
  }
  const removed = await host.value.remove(upload.name, upload.note)
  if (removed.ok) parts.journal.saveUpload({ ...upload, state: 'gone' })
  else parts.log(`an upload is still up: ${removed.problem.message}`, { take: order.id })
}

/** Takes down whatever was put up for a take that has come to rest. What fails is tried again at the next start. */
export async function takeDown(parts: WorkParts, record: TakeRecord): Promise<void> {
  // A task may be running that still has to fetch them.
  if (record.attempt.state === 'NEEDS_USER' || record.attempt.state === 'WIRE') return
  for (const upload of parts.journal.uploads(record.order.id)) {
    try {
      await takeOneDown(parts, record, upload)
    } catch (error) {
      parts.log('an upload could not be taken down', { take: record.order.id, error })
    }
  }
}
