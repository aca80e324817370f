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

/** Nothing can be done about it from here, or it dies with its process: there is nobody to tell. */
const foreign = new Set<Upload['host']>(['provider', 'given'])

/**
 * Takes one file down that is `leaving`. What fails is tried again, at every start and from time to time; where the
 * failure will not pass by itself, or has not for long, the row says `stuck` from then on, so that the user is told.
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
      // A signed address names the key that signed it.
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

/** A task may still have to fetch it, and the address still works: those of this computer die with their process. */
async function isKept(parts: StepParts, order: Order, row: Upload): Promise<boolean> {
  if (row.url === null || !parts.stillNeeded(row)) return false
  const host = await parts.hostOf({ ...order, host: row.host })
  return !host.ok || host.value.isLive(row.url)
}

/**
 * Takes down whatever was put up for a take that has come to rest. That a file has to go is on disk before anything is
 * asked of its host: whatever the take does next, it puts its files up under new names.
 */
export async function removeUploads(parts: StepParts, { order, attempt }: TakeRecord): Promise<void> {
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

/** Between two tries, while the studio runs. */
const sweepGap: Milliseconds = 10 * 60_000
const retryWait: Milliseconds = 1000
const maxCloseWait: Milliseconds = 5000
/** After so many tries in vain the user is told, although the host may only be away. */
const triesBeforeNotice = 3

/** The files that stay up against our will, in words by which they are found. */
export function leftUp(uploads: readonly Upload[]): Problem | null {
  const places = uploads.flatMap(({ state, note }) => (state === 'stuck' ? (whereNoted(note) ?? []) : []))
  return places.length === 0 ? null : stillInBucket(places)
}

/** Takes down what had to stay up when its take came to rest: at the start, and from time to time until it is gone. */
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
    /** What stays up against our will; null where nothing does. */
    problem: () => leftUp(journal.leavingUploads()),
    start: () => {
      if (journal.readOnly === null) void sweepRepeatedly()
    },
    /** Looks once more soon: the keys that failed may have been replaced, and are written after the settings. */
    again: () => {
      if (journal.readOnly !== null) return
      void clock.sleep(retryWait, stop.signal).then(() => inTurn(sweepSafely))
    },
    /** What is being taken down at this moment is waited for, but no host keeps anybody from leaving. */
    stop: async () => {
      await Promise.race([inTurn(() => Promise.resolve()), clock.sleep(maxCloseWait, stop.signal)])
      stop.abort()
    },
  }
}
