import type { Fraction, Milliseconds, Seconds } from '../../shared/units.ts'
import type { TakeRecord } from './journal.ts'
import { hears, step, workFor, type TakeEvent, type Work } from './machine.ts'
import { workDownload, workFinish, workOpenDownload } from './work-download.ts'
import { workPrepare } from './work-prepare.ts'
import { workSend } from './work-send.ts'
import { workIntend, workReady } from './work-intend.ts'
import { workUpload } from './work-upload.ts'
import { takeDown } from './take-down.ts'
import { isTold } from './take-folder.ts'
import { workReconcile } from './work-reconcile.ts'
import { workWait, workWatch } from './work-watch.ts'
import { noProgress, type Progress } from './view.ts'
import type { DoWork, WorkParts } from './work.ts'

const works: Readonly<Record<Work, DoWork>> = {
  prepare: workPrepare,
  upload: workUpload,
  ready: workReady,
  intend: workIntend,
  send: workSend,
  reconcile: workReconcile,
  watch: workWatch,
  'open-download': workOpenDownload,
  download: workDownload,
  finish: workFinish,
  wait: workWait,
}

const patience: Milliseconds = 5000

export type RunnerParts = WorkParts & {
  /** `committed`: the record itself changed, not only how far it has come. */
  /** The library is being closed, or is closed. */
  readonly closing: () => boolean
  readonly onChanged: (record: TakeRecord, progress: Progress, committed: boolean) => void
}

/** Drives one take from state to state; there is never more than one of it per take. */
export type Runner = {
  readonly record: () => TakeRecord
  readonly progress: () => Progress
  readonly start: () => void
  /** Stops what runs, tells the machine, and goes on from there; false where the event means nothing now. */
  readonly tell: (event: TakeEvent) => Promise<boolean>
  /** Stops what runs and begins it again, so that a wait is cut short. */
  readonly poke: () => Promise<void>
  /** Puts a new attempt in the place of the old one. */
  readonly replace: (record: TakeRecord) => Promise<void>
  /** Ends when nothing of this take runs any more; a request on the wire is waited for. */
  readonly stop: () => Promise<void>
}

export function createRunner(parts: RunnerParts, first: TakeRecord): Runner {
  let record = first
  let progress = noProgress
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined

  const commit = (event: TakeEvent) => {
    const next = step(record.attempt, event, new Date(parts.clock.now()).toISOString())
    if (next === record.attempt) return
    parts.journal.record(next, event)
    record = { ...record, attempt: next }
    progress = noProgress
    parts.onChanged(record, progress, true)
  }

  const onProgress = (fraction: Fraction | null, eta: Seconds | null = null) => {
    if (progress.fraction === fraction && progress.eta === eta) return
    progress = { fraction, eta }
    parts.onChanged(record, progress, false)
  }

  /** What happened is never forgotten: where the disk refuses it, it is offered again until it is written. */
  async function commitSurely(event: TakeEvent, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        commit(event)
        return
      } catch (error) {
        parts.log('the journal could not be written', { take: record.order.id, error })
        await parts.clock.sleep(2000, signal)
        if (signal.aborted) return
      }
    }
  }

  async function workOnce(work: Work, signal: AbortSignal): Promise<boolean> {
    try {
      const event = await works[work]({
        parts,
        record,
        signal,
        onProgress,
        commit,
      })
      if (event === null) return false
      await commitSurely(event, signal)
    } catch (error) {
      parts.log(`${work} failed unexpectedly and is tried again`, { take: record.order.id, error })
      await parts.clock.sleep(10_000, signal)
    }
    return !signal.aborted
  }

  async function drive(signal: AbortSignal): Promise<void> {
    for (let work = workFor(record.attempt.state); work !== null; work = workFor(record.attempt.state)) {
      if (!(await workOnce(work, signal))) break
    }
    // Also when it is stopped at this very moment: a command that ends must not leave a file behind on the web.
    if (workFor(record.attempt.state) !== null) return
    const down = takeDown(parts, record)
    // A host that does not answer must not keep anybody from leaving: it is asked again at the next start.
    await (signal.aborted ? Promise.race([down, parts.clock.sleep(patience)]) : down)
    if (signal.aborted) return
    // Nothing else would ever write that file again.
    const isOutOfDate = !(await isTold(parts.library, { ...record.attempt, id: record.order.id }))
    if (isOutOfDate) parts.onChanged(record, progress, true)
  }

  const start = () => {
    // A wish that was under way when the library closed must not begin anything any more.
    if (running || parts.closing()) return
    const abort = new AbortController()
    const ended = drive(abort.signal).finally(() => {
      running = undefined
    })
    running = { abort, ended }
  }

  const stop = async () => {
    running?.abort.abort()
    await running?.ended
  }

  return {
    record: () => record,
    progress: () => progress,
    start,
    stop,
    tell: async (event) => {
      if (!hears(record.attempt, event.type)) return false
      await stop()
      const heard = hears(record.attempt, event.type)
      try {
        commit(event)
      } finally {
        start()
      }
      return heard
    },
    poke: async () => {
      await stop()
      start()
    },
    replace: async (next) => {
      await stop()
      record = next
      progress = noProgress
      parts.onChanged(record, progress, true)
      start()
    },
  }
}
