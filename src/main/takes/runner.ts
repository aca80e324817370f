import type { Problem } from '../../shared/outcome.ts'
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
import { noProgress, type Progress } from './view.ts'
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
  /** `committed`: the record itself changed, not only how far it has come. */
  /** The library is being closed, or is closed. */
  readonly closing: () => boolean
  readonly onChanged: (record: TakeRecord, progress: Progress, committed: boolean) => void
}

/** Drives one take from state to state; there is never more than one of it per take. */
export type Runner = {
  readonly record: () => TakeRecord
  readonly progress: () => Progress
  /** Goes on from where the take is; what has happened meanwhile, if anything, is noted down first. */
  readonly start: (first?: TakeEvent) => void
  /** Stops what runs, tells the machine, and goes on from there; false where the event means nothing now. */
  readonly tell: (event: TakeEvent) => Promise<boolean>
  /** Stops what runs and begins it again, so that a wait is cut short. */
  readonly poke: () => Promise<void>
  /** Puts a new attempt in the place of the old one. */
  readonly replace: (record: TakeRecord) => Promise<void>
  /** Ends when nothing of this take runs any more; a request on the wire is waited for. */
  readonly stop: () => Promise<void>
}

/** `notedUntil`: the newest time that an earlier process has noted since the take was agreed to. */
export function createRunner(
  parts: RunnerParts,
  first: TakeRecord,
  notedUntil: Timestamp | null = null,
): Runner {
  let record = first
  let progress = noProgress
  /** What had passed at least since the yes that the attempt goes by when this process first knew of it. */
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
  /** Why what has happened last is not noted down; the user must see it, and nobody else knows it. */
  let unsavedProblem: Problem | null = null
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined

  const commit = (event: TakeEvent) => {
    const next = step(record.attempt, event, new Date(parts.clock.now()).toISOString())
    if (next === record.attempt) return
    // Should the list of takes be lost, this file alone says that a paid request may have left.
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
    // Into take.json as well, which may lie on a part of the disk that still works.
    parts.onChanged(shown(), progress, true)
  }

  /** What to note down where this could not be: a submit that cannot be noted down waits instead. */
  const heldInstead = (event: TakeEvent, { problem }: NotWritten): TakeEvent =>
    event.type === 'intent' && parts.journal.readOnly === null
      ? { type: 'held', problem, until: holdFor(parts, 30) }
      : event

  /** What the journal does not take, take.json does: the next start goes by it. True when it is on disk there. */
  const saveInTakeJson = (event: TakeEvent): boolean => {
    const attempt = step(record.attempt, event, new Date(parts.clock.now()).toISOString())
    // An intent that is not noted down is never sent.
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
   * What happened is never forgotten: where the disk is full, it is offered again until it is written, and the user sees
   * it meanwhile. A disk that failed is not asked again. False where it is not written.
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

  async function runStep(work: StepName, signal: AbortSignal): Promise<boolean> {
    try {
      const event = await steps[work]({
        parts,
        patience,
        record,
        signal,
        agreedFor,
        onProgress,
        commit,
      })
      if (event === null || !(await commitOrRetry(event, signal))) return false
    } catch (error) {
      parts.log(`${work} failed unexpectedly and is retried`, { take: record.order.id, error })
      if (error instanceof NotWritten) show(error.problem)
      if (parts.journal.readOnly !== null) return false
      await parts.clock.sleep(10_000, signal)
    }
    return !signal.aborted
  }

  async function drive(signal: AbortSignal, first?: TakeEvent): Promise<void> {
    if (first && !(await commitOrRetry(first, signal))) return
    for (let work = nextStepOf(record.attempt); work !== null; work = nextStepOf(record.attempt)) {
      if (!(await runStep(work, signal))) break
    }
    // Also when it is stopped at this very moment: a command that ends must not leave a file behind on the web.
    if (nextStep(record.attempt.state) !== null) return
    const down = removeUploads(parts, record)
    // A host that does not answer must not keep anybody from leaving: it is asked again at the next start.
    await (signal.aborted ? Promise.race([down, parts.clock.sleep(maxCleanUpWait)]) : down)
    // While something is not noted down, that file knows more than the record.
    if (signal.aborted || unsavedProblem !== null) return
    // Nothing else would ever write that file again.
    const isOutOfDate = !(await isTakeJsonCurrent(parts.library, { ...record.attempt, id: record.order.id }))
    if (isOutOfDate) parts.onChanged(record, progress, true)
  }

  const start = (first?: TakeEvent) => {
    // A wish that was under way when the library closed must not begin anything any more.
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
      agreedFor()
      patience = freshPatience(false)
      progress = noProgress
      unsavedProblem = null
      parts.onChanged(record, progress, true)
      start()
    },
  }
}
