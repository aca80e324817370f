import type { Clock, Log } from '../../system/ports.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Journal } from '../journal/journal.ts'
import type { Mirrored } from '../journal/card-rows.ts'
import { patchTakeJson } from '../take-json.ts'

type MirrorParts = {
  readonly library: string
  readonly journal: Pick<Journal, 'keptMarks' | 'takesToMirror' | 'saveMirrored' | 'readOnly'>
  readonly clock: Pick<Clock, 'sleep'>
  readonly log: Log
}

/** Writes the marks of the journal into the files of the takes. */
export type Mirror = {
  /** A few files at once, the others soon. What a kill leaves unwritten is written at the next start. */
  readonly write: (takes: readonly string[]) => void
  /** What was written since the last question; the journal saves it with its next change. */
  readonly written: () => readonly Mirrored[]
  /** Writes what an earlier process left. */
  readonly start: () => void
  readonly stop: () => Promise<void>
}

/** So many files take a few milliseconds, in which nothing else runs. */
const atOnce = 10
const pause: Milliseconds = 1

export function createMirror({ library, journal, clock, log }: MirrorParts): Mirror {
  const waiting = new Set<string>()
  const done = new Map<string, number>()
  let draining: Promise<void> | undefined
  let isStopped = false

  const writeOne = (take: string) => {
    const marks = journal.keptMarks(take)
    if (marks === null) return
    try {
      if (patchTakeJson(library, take, { marks })) done.set(take, marks.revision)
    } catch (error) {
      log('the marks of a take couldn’t be written into its file; the journal has them', { take, error })
    }
  }
  const written = () => {
    const all = [...done].map(([take, revision]) => ({ take, revision }))
    done.clear()
    return all
  }
  const drain = async () => {
    while (waiting.size > 0 && !isStopped) {
      for (const take of [...waiting].slice(0, atOnce)) {
        waiting.delete(take)
        writeOne(take)
      }
      await clock.sleep(pause)
    }
    draining = undefined
  }
  const writeSoon = (takes: readonly string[]) => {
    for (const take of takes) waiting.add(take)
    if (waiting.size > 0) draining ??= drain()
  }

  return {
    write: (takes) => {
      for (const take of takes.slice(0, atOnce)) writeOne(take)
      writeSoon(takes.slice(atOnce))
    },
    written,
    start: () => {
      if (journal.readOnly === null) writeSoon(journal.takesToMirror())
    },
    stop: async () => {
      isStopped = true
      await draining
      if (done.size === 0 || journal.readOnly !== null) return
      try {
        journal.saveMirrored(written())
      } catch (error) {
        log('which marks are in the files couldn’t be saved; they are written again', { error })
      }
    },
  }
}
