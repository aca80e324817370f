import { basename, extname, join } from 'node:path'
import { type Outcome, ok } from '../../../shared/outcome.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { safeName } from '../../files/names.ts'
import type { Takes, NewTake } from '../../takes/types.ts'
import type { Inputs } from '../../prepare/types.ts'
import type { Studio } from '../../core/studio.ts'
import { probeFolder } from '../../files/probe-folder.ts'
import { openFolder } from '../out-folder.ts'
import type { Bench } from '../../core/open-studio.ts'
import { findModel } from '../../../shared/rules/models.ts'
import { shorterSentence } from '../../../shared/text/result-length.ts'
import { askToPass, consentTo } from '../consent.ts'
import { tellDone } from './takes-format.ts'
import {
  exitCodeOf,
  exitCodeOfTake,
  exitCodes,
  type ExitCode,
  problemOf,
  withCommands,
} from '../exit-codes.ts'
import { announce, follow } from '../follow.ts'
import { formatCheck } from './check.ts'
import { goOnInstead, onlyWith, tellToBeSent, tellSending, whereItStands } from './takes-messages.ts'
import { partOf } from '../performed-part.ts'
import { using, type Session } from '../session.ts'
import type { Printer } from '../output.ts'
import type { GenerateRequest } from '../requests.ts'
import { takeQueuePaused, tooManyResults } from '../problems.ts'

type Version = 'result' | 'marked'

/** `<clip name>-<end of the take id>.mp4`, with a number from the second try on. */
export function resultName(
  take: Pick<Take, 'id' | 'clipName'>,
  attempt: number,
  version: Version = 'result',
): string {
  const stem = safeName(basename(take.clipName, extname(take.clipName)))
  const tail = `${take.id.slice(-6)}${attempt > 1 ? `-${attempt}` : ''}`
  return `${stem}-${tail}${version === 'marked' ? '-watermarked' : ''}.mp4`
}

const mostNames = 100

/** Copies the result into a folder under the first free name; nothing is ever replaced. */
async function saveResult(
  takes: Pick<Takes, 'exportResult'>,
  take: Take,
  folder: string,
  version: Version = 'result',
): Promise<Outcome<string>> {
  const made = openFolder(folder)
  if (!made.ok) return made
  for (let attempt = 1; attempt <= mostNames; attempt += 1) {
    const saved = await takes.exportResult(take.id, join(folder, resultName(take, attempt, version)), version)
    if (saved.ok) return { ok: true, value: saved.value.path }
    if (saved.problem.code !== 'file-exists') return saved
  }
  return tooManyResults(folder)
}

/** Everything that must be right, and agreed to, before a take exists. */
async function readyTake(
  request: GenerateRequest,
  workshop: Bench,
  session: Session,
): Promise<Outcome<NewTake>> {
  if (workshop.isSendingPaused()) return takeQueuePaused
  const { character, clip, settings, baseUrl } = request
  const route = { ...request.delivery, baseUrl }
  if (findModel(settings.provider, settings.model)?.livePrice === true) {
    // Where it cannot be read the cost stays unknown, and is shown as that.
    await workshop.accounts.refreshPrice(
      { provider: settings.provider, baseUrl },
      settings.model,
      session.signal,
    )
  }
  const part = await partOf(workshop, request, session.signal)
  if (!part.ok) return part
  const inputs: Inputs = { character, clip, window: part.value, settings }
  const checked = await workshop.check(inputs, { signal: session.signal })
  if (!checked.ok) return checked
  const { report, refused } = checked.value
  session.printer.line(formatCheck(checked.value, session.printer.terminal))
  if (refused) return { ok: false, problem: refused }
  const folder = await probeFolder(request.out)
  if (!folder.ok) return folder
  const { estimate } = report
  if (estimate === null) throw new Error('a measured clip has a cost to estimate')
  const what = `A take with ${findModel(settings.provider, settings.model)?.name ?? report.model}`
  const agree = () => consentTo({ estimate, yes: request.yes, what }, session)
  // With a terminal, no question is asked in vain; without one, the missing consent is reported first.
  const early = session.ask === null ? await agree() : null
  if (early && !early.ok) return early
  const reached = await workshop.accounts.reach({ settings, ...route })
  if (!reached.ok) return reached
  const consent = early ?? (await agree())
  if (!consent.ok) return consent
  return ok({
    ...inputs,
    id: session.newTakeId(),
    character,
    clip,
    route,
    consent: { ...consent.value, passGuard: request.passGuard },
  })
}

/** Stops what can still be stopped. What was submitted continues at the next start. */
async function stop(takes: Takes, last: Take | undefined, id: string, printer: Printer): Promise<ExitCode> {
  const isTold = tellSending(last, takes, printer)
  const cancelled = await takes.takeBack(id)
  const now = cancelled.ok ? cancelled : takes.show(id)
  const take = now.ok ? now.value : last
  if (take) {
    announce(printer, last, take)
    tellDone(printer, take, takes.resultPath(id))
  }
  if (!isTold) printer.note(whereItStands(take))
  return exitCodes.cancelled
}

/** The watermarked version is copied too; a problem with it is reported and leaves the result in place. */
async function concludeMarked(takes: Takes, take: Take, out: string, printer: Printer): Promise<void> {
  if (take.markProblem !== null)
    printer.note(`${take.markProblem.message} ${withCommands(take.markProblem.advice ?? '', take)}`)
  if (take.watermarked === null) return
  const saved = await saveResult(takes, take, out, 'marked')
  if (saved.ok) printer.line(`${saved.value} (watermarked version)`)
  else printer.note(saved.problem.message)
}

/** A take at rest: its result is copied out; when that fails, the library still has it. */
async function conclude(takes: Takes, take: Take, out: string, printer: Printer): Promise<ExitCode> {
  const inLibrary = takes.resultPath(take.id)
  if (take.state !== 'DONE') {
    tellDone(printer, take, inLibrary)
    const problem = problemOf(take, false)
    if (problem) printer.problem(problem)
    return exitCodeOfTake(take)
  }
  const saved = await saveResult(takes, take, out)
  if (saved.ok) {
    tellDone(printer, take, saved)
    const shorter = shorterSentence(take)
    if (shorter !== null) printer.note(shorter)
    await concludeMarked(takes, take, out, printer)
    return exitCodes.done
  }
  tellDone(printer, take, inLibrary, saved.problem)
  printer.problem(saved.problem)
  return exitCodeOf(saved.problem)
}

/** Submits once, follows and brings the result home. */
async function perform(
  ready: NewTake,
  { takes }: Studio,
  { out }: GenerateRequest,
  session: Session,
): Promise<ExitCode> {
  const { printer, signal } = session
  // Paused since it was agreed to.
  if (takes.queue().paused) {
    printer.problem(takeQueuePaused.problem)
    return exitCodeOf(takeQueuePaused.problem)
  }
  const before = await goOnInstead(takes, ready, printer)
  const id = before?.id ?? ready.id
  tellToBeSent(takes.list(), id, printer)
  let begun: Promise<unknown> = Promise.resolve()
  const begin = () => {
    takes.resume(onlyWith([id]))
    const submit = (passGuard: boolean) => {
      const consent = { ...ready.consent, passGuard }
      return before ? takes.submitAgain(id, consent) : takes.submit({ ...ready, consent })
    }
    const submitted = askToPass(submit, ready.consent.passGuard, session).then((outcome) =>
      outcome.ok ? null : outcome.problem,
    )
    begun = submitted
    return submitted
  }
  const followed = await follow({ takes, printer, signal, ids: [id], known: [], begin })
  const [take] = followed.takes
  if (followed.end === 'interrupted') {
    // Else the take could come into being right after it was cancelled.
    await begun
    return stop(takes, take, id, printer)
  }
  if (followed.end === 'at rest' && take) return conclude(takes, take, out, printer)
  if (take) tellDone(printer, take, takes.resultPath(id))
  if (followed.end === 'at rest') return exitCodes.thisMachine
  printer.problem(followed.end)
  return exitCodeOf(followed.end)
}

/** Checks and asks before the library is even opened, so that a refusal leaves nothing and needs no lock. */
export async function runGenerate(request: GenerateRequest, session: Session): Promise<ExitCode> {
  const ready: { take?: NewTake } = {}
  const code = await using(session, session.openWorkshop(), async (workshop) => {
    const outcome = await readyTake(request, workshop, session)
    if (outcome.ok) ready.take = outcome.value
    else session.printer.problem(outcome.problem)
    return outcome.ok ? exitCodes.done : exitCodeOf(outcome.problem)
  })
  const { take } = ready
  if (take === undefined) return code
  return using(session, session.openStudio(), (studio) => perform(take, studio, request, session))
}
