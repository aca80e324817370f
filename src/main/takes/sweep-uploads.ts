import type { Outcome, Problem } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { whereNoted } from '../hosting/s3/s3-note.ts'
import { createTurns } from '../system/scheduling.ts'
import type { Clock } from '../system/ports.ts'
import type { TakeRecord } from './record.ts'
import { takeOneDown, type TakeDownParts } from './remove-uploads.ts'
import type { Upload } from './journal/upload-rows.ts'

type SweepParts = TakeDownParts & {
  readonly clock: Clock
  readonly record: (take: string) => Outcome<TakeRecord>
}

/** Between two tries, while the studio runs. */
const everySoOften: Milliseconds = 10 * 60_000
const soon: Milliseconds = 1000
const patience: Milliseconds = 5000
/** After so many tries in vain the user is told, although the host may only be away. */
const longEnough = 3

/** The files that stay up against our will, in words by which they are found. */
export function leftUp(uploads: readonly Upload[]): Problem | null {
  const places = uploads.flatMap(({ state, note }) => (state === 'stuck' ? (whereNoted(note) ?? []) : []))
  if (places.length === 0) return null
  const files = places.length === 1 ? 'One file is' : `${String(places.length)} files are`
  return {
    code: 'clip-unreachable',
    message: `${files} still in your bucket and cannot be deleted: ${places.join(', ')}.`,
    advice:
      'Understudy keeps trying with the keys it has. Enter keys that may delete there, or delete what is named yourself.',
  }
}

/** Takes down what had to stay up when its take came to rest: at the start, and from time to time until it is gone. */
export function createSweep(parts: SweepParts) {
  const { journal, clock } = parts
  const stop = new AbortController()
  const stopped = () => stop.signal.aborted
  const inTurn = createTurns()
  const tries = new Map<string, number>()

  const sweep = async () => {
    for (const upload of stopped() ? [] : journal.leavingUploads()) {
      const found = parts.record(upload.take)
      if (!found.ok) continue
      const nth = (tries.get(upload.name) ?? 0) + 1
      tries.set(upload.name, nth)
      await takeOneDown(parts, found.value.order, upload, nth >= longEnough)
      if (stopped()) return
    }
  }
  const sweepSafely = async () => {
    try {
      await sweep()
    } catch (error) {
      parts.log('uploads that have to go could not be looked up', { error })
    }
  }
  const sweepOn = async () => {
    while (!stopped()) {
      await inTurn(sweepSafely)
      await clock.sleep(everySoOften, stop.signal)
    }
  }
  return {
    /** What stays up against our will; null where nothing does. */
    problem: () => leftUp(journal.leavingUploads()),
    start: () => {
      if (journal.readOnly === null) void sweepOn()
    },
    /** Looks once more soon: the keys that failed may have been replaced, and are written after the settings. */
    again: () => {
      if (journal.readOnly !== null) return
      void clock.sleep(soon, stop.signal).then(() => inTurn(sweepSafely))
    },
    /** What is being taken down at this moment is waited for, but no host keeps anybody from leaving. */
    stop: async () => {
      await Promise.race([inTurn(() => Promise.resolve()), clock.sleep(patience, stop.signal)])
      stop.abort()
    },
  }
}
