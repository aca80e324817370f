import { ok } from '../../shared/outcome.ts'
import type { TakeRecord } from './record.ts'
import type { Order } from './order.ts'
import type { Upload } from './journal/upload-rows.ts'
import type { WorkParts } from './steps/step.ts'

export type TakeDownParts = Pick<WorkParts, 'journal' | 'hostOf' | 'log'>

/** Nothing can be done about it from here, or it dies with its process: there is nobody to tell. */
const foreign = new Set<Upload['host']>(['provider', 'given'])

/**
 * Takes one file down that is `leaving`. What fails is tried again, at every start and from time to time; where the
 * failure will not pass by itself, or has not for long, the row says `stuck` from then on, so that the user is told.
 */
export async function takeOneDown(
  parts: TakeDownParts,
  order: Order,
  upload: Upload,
  forLong = false,
): Promise<void> {
  const { journal, log } = parts
  const about = { take: order.id }
  const remove = async () => {
    const host = await parts.hostOf({ ...order, host: upload.host })
    return host.ok ? host.value.remove(upload.name, upload.note) : host
  }
  try {
    const removed = foreign.has(upload.host) ? ok(null) : await remove()
    if (removed.ok) {
      // A signed address names the key that signed it.
      journal.saveUpload({ ...upload, state: 'gone', url: null })
      return
    }
    log(`an upload is still up: ${removed.problem.message}`, about)
    if (forLong || removed.problem.code !== 'provider-silent')
      journal.saveUpload({ ...upload, state: 'stuck' })
  } catch (error) {
    log('an upload could not be taken down', { ...about, error })
  }
}

/** A task may still have to fetch it, and the address still works: those of this computer die with their process. */
async function isKept(parts: WorkParts, order: Order, row: Upload): Promise<boolean> {
  if (row.url === null || !parts.stillNeeded(row)) return false
  const host = await parts.hostOf({ ...order, host: row.host })
  return !host.ok || host.value.isLive(row.url)
}

/**
 * Takes down whatever was put up for a take that has come to rest. That a file has to go is on disk before anything is
 * asked of its host: whatever the take does next, it puts its files up under new names.
 */
export async function takeDown(parts: WorkParts, { order, attempt }: TakeRecord): Promise<void> {
  // A task may be running that still has to fetch them.
  if (attempt.state === 'NEEDS_USER' || attempt.state === 'WIRE') return
  const { journal, log } = parts
  const leave = (row: Upload): Upload => {
    if (row.state === 'stuck') return row
    const leaving = { ...row, state: 'leaving' } as const
    journal.saveUpload(leaving)
    return leaving
  }
  try {
    const rows = journal.uploads(order.id)
    const kept = await Promise.all(rows.map((row) => isKept(parts, order, row)))
    const leaving = rows.filter((_row, at) => kept[at] === false).map(leave)
    await Promise.all(leaving.map((row) => takeOneDown(parts, order, row)))
  } catch (error) {
    log('that uploads have to go could not be noted; it is tried at the next start', {
      take: order.id,
      error,
    })
  }
}
