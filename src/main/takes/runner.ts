import type { Problem } from '../../shared/outcome.ts'
import type { Queued, Take } from '../../shared/domain/take.ts'
import type { Fraction, Milliseconds, Seconds, Timestamp } from '../../shared/units.ts'
import { isToBeSent, type Attempt } from './attempt.ts'
import type { TakeRecord } from './record.ts'
import { unwritten } from './problems.ts'
import { hears, step } from './state-machine.ts'
import type { TakeEvent } from './take-event.ts'
import { nextStep, nextStepOf, type StepName } from './next-step.ts'
import { downloadStep, finishStep, openDownloadStep } from './steps/download.ts'
import { fetchMarkedStep } from './steps/watermarked.ts'
import { prepareStep } from './steps/prepare.ts'
import { sendStep, intendStep, readyStep } from './steps/submit.ts'
import { uploadStep } from './steps/upload.ts'
import { removeUploads } from './remove-uploads.ts'
import { isTakeJsonCurrent, writeTakeJson } from './take-json.ts'
import { recheckStep, reconcileStep } from './steps/reconcile.ts'
import { waitStep, watchStep } from './steps/watch.ts'
import { noProgress, takeOf, type Progress } from './view.ts'
import { hearing, type Exchange } from '../providers/http/exchanges.ts'
import { keepRequests, worthKeeping } from './requests-file.ts'
import { freshPatience, holdFor, type Step, type StepParts } from './steps/step.ts'
import { NotWritten } from './journal/writes.ts'

const steps: Readonly<Record<StepName, Step>> = {
  prepare: prepareStep,
  upload: uploadStep,
  ready: readyStep,
  intend: intendStep,
  send: sendStep,
  reconcile: reconcileStep,
  recheck: recheckStep,
  watch: watchStep,
  'open-download': openDownloadStep,
  download: downloadStep,
  finish: finishStep,
  'fetch-marked': fetchMarkedStep,
  wait: waitStep,
}

const maxCleanUpWait: Milliseconds = 5000

export type RunnerParts = StepParts & {
  readonly closing: () => boolean
  readonly queuedOf: (id: string) => Queued | null
  /** Call this when `take.json` was found to have this record. */
  readonly onKept: (record: TakeRecord) => void
  /** `committed`: the record itself changed, not only its progress. */
  readonly onChanged: (record: TakeRecord, progress: Progress, committed: boolean) => void
}

/** Drives one take from state to state. Each take has one runner. */
export type Runner = {
  readonly record: () => TakeRecord
  /** The take as every face shows it. */
  readonly view: () => Take
  /** Starts or resumes the take. `first` is saved before anything else. */
  readonly start: (first?: TakeEvent) => void
  /** Stops the running step, applies the event and continues. False if the event does not count now. */
  readonly tell: (event: TakeEvent) => Promise<boolean>
  /** Restarts the running step, which cuts a wait short. */
  readonly poke: () => Promise<void>
  /** Continues with a new attempt. */
  readonly replace: (record: TakeRecord) => Promise<void>
  /** Resolves when nothing of this take runs any more. Waits for a request that is being sent. */
  readonly stop: () => Promise<void>
}

/** `notedUntil`: the time of the newest event that an earlier process saved since the take was agreed to. */
export function createRunner(
  parts: RunnerParts,
  first: TakeRecord,
  notedUntil: Timestamp | null = null,
): Runner {
  let record = first
  let progress = noProgress
  /** How long ago, at least, the user agreed to the attempt: known when this process first saw it. */
  const knownOf = ({ agreedAt: at }: Attempt, noted: Timestamp | null) => ({
    at,
    before: noted === null || at === null ? 0 : Math.max(0, Date.parse(noted) - Date.parse(at)),
    from: parts.clock.monotonic(),
  })
  let agreed = knownOf(first.attempt, notedUntil)
  const agreedFor = () => {
    if (agreed.at !== record.attempt.agreedAt) agreed = knownOf(record.attempt, null)
    return agreed.before + parts.clock.monotonic() - agreed.from
  }
  let patience = freshPatience(true)
  /** Why the last event is not saved. Only the screen shows it. */
  let unsavedProblem: Problem | null = null
  /** The requests of its steps, on their way into its folder. */
  let keeping = Promise.resolve()
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined

  const commit = (event: TakeEvent) => {
    const next = step(record.attempt, event, new Date(parts.clock.now()).toISOString())
    if (next === record.attempt) return
    // If the list of takes is lost, only this file says that a paid request may have been sent.
    if (event.type === 'wire') {
      parts.sending()
      writeTakeJson(parts, record, { durable: true })
    }
    parts.journal.record(next, event)
    if (next.state !== record.attempt.state)
      patience = freshPatience(event.type === 'restarted', isToBeSent(next) ? patience.silentSince : null)
    record = { ...record, attempt: next }
    agreedFor()
    progress = noProgress
    unsavedProblem = null
    parts.onChanged(record, progress, true)
  }

  const shown = () =>
    unsavedProblem === null ? record : { ...record, attempt: { ...record.attempt, problem: unsavedProblem } }

  const onProgress = (fraction: Fraction | null, eta: Seconds | null = null) => {
    if (progress.fraction === fraction && progress.eta === eta) return
    progress = { fraction, eta }
    parts.onChanged(shown(), progress, false)
  }

  const show = (problem: Problem) => {
    if (unsavedProblem?.message === problem.message && unsavedProblem.detail === problem.detail) return
    unsavedProblem = problem
    // Saved in take.json too, which may be on a part of the disk that still works.
    parts.onChanged(shown(), progress, true)
  }

  /** An intent that can’t be saved becomes a hold. Every other event stays what it is. */
  const heldInstead = (event: TakeEvent, { problem }: NotWritten): TakeEvent =>
    event.type === 'intent' && parts.journal.readOnly === null
      ? { type: 'held', problem, until: holdFor(parts, 30) }
      : event

  /** Saves in take.json what the journal refuses; the next start reads it there. True when it is on disk. */
  const saveInTakeJson = (event: TakeEvent): boolean => {
    const attempt = step(record.attempt, event, new Date(parts.clock.now()).toISOString())
    // An intent that isn’t saved is never sent.
    if (event.type === 'intent' || attempt === record.attempt) return true
    try {
      const unsaved = { ...record, attempt: { ...attempt, problem: unsavedProblem ?? attempt.problem } }
      writeTakeJson(parts, unsaved, { durable: true })
      return true
    } catch (error) {
      parts.log('take.json couldn’t be written either', { take: record.order.id, error })
      return false
    }
  }

  /**
   * Saves an event. On a full disk it tries again until the event is saved, and the user sees why. A failed disk
   * is not tried again. False if the event isn’t saved.
   */
  async function commitOrRetry(happened: TakeEvent, signal: AbortSignal): Promise<boolean> {
    let event = happened
    let isUnsaved = true
    for (;;) {
      try {
        commit(event)
        return true
      } catch (error) {
        parts.log('the journal couldn’t be written', { take: record.order.id, error })
        const next = error instanceof NotWritten ? heldInstead(event, error) : event
        if (error instanceof NotWritten) show(unwritten(record, next, error.problem))
        if (next === event && isUnsaved) isUnsaved = !saveInTakeJson(event)
        if (parts.journal.readOnly !== null || signal.aborted) return false
        if (next === event) await parts.clock.sleep(2000, signal)
        event = next
      }
    }
  }

  async function runStep(name: StepName, signal: AbortSignal): Promise<boolean> {
    const { attempt } = record
    let heard: readonly Exchange[] = []
    const hear = (exchange: Exchange) => {
      // A question that we cut short says nothing about the provider.
      if (signal.aborted && exchange.kind === 'question' && exchange.answer === null) return
      heard = worthKeeping([...heard, exchange])
    }
    const take = () => steps[name]({ parts, patience, record, signal, agreedFor, onProgress, commit })
    try {
      const event = await hearing(hear, take)
      const isSaved = event !== null && (await commitOrRetry(event, signal))
      // Only now: nothing may come between the answer to a paid request and its record. And no step waits for it.
      keeping = keeping.then(() => keepRequests(parts, attempt, heard))
      if (!isSaved) return false
    } catch (error) {
      parts.log(`${name} failed unexpectedly and is retried`, { take: record.order.id, error })
      if (error instanceof NotWritten) show(error.problem)
      if (parts.journal.readOnly !== null) return false
      await parts.clock.sleep(10_000, signal)
    }
    return !signal.aborted
  }

  async function drive(signal: AbortSignal, first?: TakeEvent): Promise<void> {
    if (first && !(await commitOrRetry(first, signal))) return
    for (let name = nextStepOf(record.attempt); name !== null; name = nextStepOf(record.attempt)) {
      if (!(await runStep(name, signal))) break
    }
    // Also when the runner is stopped at this moment: a command that ends must not leave a file online.
    if (nextStep(record.attempt.state) !== null) return
    const down = removeUploads(parts, record)
    // Quitting must not wait for a host that doesn’t answer. The next start asks it again.
    await (signal.aborted ? Promise.race([down, parts.clock.sleep(maxCleanUpWait)]) : down)
    // While an event isn’t saved, take.json is ahead of the record.
    if (signal.aborted || unsavedProblem !== null) return
    // Nothing else would update take.json.
    const isOutOfDate = !(await isTakeJsonCurrent(parts.library, { ...record.attempt, id: record.order.id }))
    if (isOutOfDate) parts.onChanged(record, progress, true)
    else parts.onKept(record)
  }

  const start = (first?: TakeEvent) => {
    // A request that arrived before the library closed must not start anything now.
    if (running || parts.closing() || parts.journal.readOnly !== null) return
    const abort = new AbortController()
    const ended = drive(abort.signal, first).finally(() => {
      running = undefined
    })
    running = { abort, ended }
  }

  const stop = async () => {
    running?.abort.abort()
    await running?.ended
  }

  return {
    record: shown,
    view: () => takeOf(shown(), progress, parts.queuedOf(record.order.id)),
    start,
    stop: async () => {
      await stop()
      await keeping
    },
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
      agreedFor()
      patience = freshPatience(false)
      progress = noProgress
      unsavedProblem = null
      parts.onChanged(record, progress, true)
      start()
    },
  }
}
