import { ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { stillInBucket } from './problems.ts'
import type { TakeRecord } from './record.ts'
import type { Order } from './attempt.ts'
import type { Upload } from './journal/tables.ts'
import type { StepParts } from './steps/step.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { whereNoted } from '../hosting/s3/session.ts'
import { createSerialQueue } from '../system/scheduling.ts'
import type { Clock } from '../system/ports.ts'

type RemoveParts = Pick<StepParts, 'journal' | 'hostOf' | 'log'>

/** Hosts whose files can’t be deleted from here. */
const foreign = new Set<Upload['host']>(['provider', 'given'])

/**
 * Deletes one file that is `leaving`. A failure is tried again at every start and from time to time. If it won’t
 * pass, or lasts too long, the row becomes `stuck`, so that the user is told.
 */
async function removeOne(parts: RemoveParts, order: Order, upload: Upload, forLong = false): Promise<void> {
  const { journal, log } = parts
  const about = { take: order.id }
  const remove = async () => {
    const host = await parts.hostOf({ ...order, host: upload.host })
    return host.ok ? host.value.remove(upload.name, upload.note) : host
  }
  try {
    const removed = foreign.has(upload.host) ? ok(null) : await remove()
    if (removed.ok) {
      // A signed link contains the id of the key that signed it.
      journal.saveUpload({ ...upload, state: 'gone', url: null })
      return
    }
    log(`an uploaded file is still online: ${removed.problem.message}`, about)
    if (forLong || removed.problem.code !== 'provider-silent')
      journal.saveUpload({ ...upload, state: 'stuck' })
  } catch (error) {
    log('an uploaded file couldn’t be removed', { ...about, error })
  }
}

/**
 * Whether a task may still download the file from a link that works. Links to this computer end with their
 * process.
 */
async function isKept(parts: StepParts, order: Order, row: Upload): Promise<boolean> {
  if (row.url === null || !parts.stillNeeded(row)) return false
  const host = await parts.hostOf({ ...order, host: row.host })
  return !host.ok || host.value.isLive(row.url)
}

/**
 * Deletes the uploads of a take that is over. The row is saved as `leaving` first, so that the take never uses
 * this file again.
 */
export async function removeUploads(parts: StepParts, { order, attempt }: TakeRecord): Promise<void> {
  // A task may be running that still has to download them.
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
    await Promise.all(leaving.map((row) => removeOne(parts, order, row)))
  } catch (error) {
    log('the removal of uploads couldn’t be recorded; the next start tries again', {
      take: order.id,
      error,
    })
  }
}

type SweepParts = RemoveParts & {
  readonly clock: Clock
  readonly record: (take: string) => Outcome<TakeRecord>
}

const sweepGap: Milliseconds = 10 * 60_000
const retryWait: Milliseconds = 1000
const maxCloseWait: Milliseconds = 5000
/** After so many failures the user is told, although the host may only be offline. */
const triesBeforeNotice = 3

/** Names the files that can’t be deleted; null if there are none. */
export function leftUp(uploads: readonly Upload[]): Problem | null {
  const places = uploads.flatMap(({ state, note }) => (state === 'stuck' ? (whereNoted(note) ?? []) : []))
  return places.length === 0 ? null : stillInBucket(places)
}

/** Deletes uploads that had to stay online when their take ended: at the start and from time to time. */
export function createUploadSweep(parts: SweepParts) {
  const { journal, clock } = parts
  const stop = new AbortController()
  const stopped = () => stop.signal.aborted
  const inTurn = createSerialQueue()
  const tries = new Map<string, number>()

  const sweep = async () => {
    for (const upload of stopped() ? [] : journal.leavingUploads()) {
      const found = parts.record(upload.take)
      if (!found.ok) continue
      const nth = (tries.get(upload.name) ?? 0) + 1
      tries.set(upload.name, nth)
      await removeOne(parts, found.value.order, upload, nth >= triesBeforeNotice)
      if (stopped()) return
    }
  }
  const sweepSafely = async () => {
    try {
      await sweep()
    } catch (error) {
      parts.log('the uploads to remove couldn’t be looked up', { error })
    }
  }
  const sweepRepeatedly = async () => {
    while (!stopped()) {
      await inTurn(sweepSafely)
      await clock.sleep(sweepGap, stop.signal)
    }
  }
  return {
    problem: () => leftUp(journal.leavingUploads()),
    start: () => {
      if (journal.readOnly === null) void sweepRepeatedly()
    },
    /** Tries again soon. New settings are announced just before their new keys are saved. */
    again: () => {
      if (journal.readOnly !== null) return
      void clock.sleep(retryWait, stop.signal).then(() => inTurn(sweepSafely))
    },
    /** Waits for a deletion in progress, but not for a host that doesn’t answer. */
    stop: async () => {
      await Promise.race([inTurn(() => Promise.resolve()), clock.sleep(maxCloseWait, stop.signal)])
      stop.abort()
    },
  }
}
