import { ok, type Outcome } from '../../../shared/outcome.ts'
import { isAtRest, type Take } from '../../../shared/domain/take.ts'
import { isToBeSent } from '../../takes/attempt.ts'
import type { Takes } from '../../takes/types.ts'
import { askToPass, consentTo } from '../consent.ts'
import {
  exitCodeOf,
  exitCodeOfTakes,
  exitCodes,
  type ExitCode,
  inCommands,
  problemOf,
} from '../exit-codes.ts'
import { findTake, follow } from '../follow.ts'
import { tellDone } from './takes-format.ts'
import {
  onlyWith,
  tellGoesOn,
  tellToBeSent,
  tellSending,
  mayPayAgain,
  paidBesides,
} from './takes-messages.ts'
import type { Session } from '../session.ts'
import { notSentWhilePaused, takeQueuePaused, stoppedFollowing, noOpenTakes } from '../problems.ts'

type Following = {
  readonly ids: readonly string[]
  readonly known: readonly Take[]
  /** What sets the takes going, besides opening the library. */
  readonly begin: () => Promise<Outcome<unknown>>
}

/** Follows until every take rests, tells each one's end, and says by the exit code how it went. */
async function followToEnd(
  takes: Takes,
  { ids, known, begin }: Following,
  session: Session,
): Promise<ExitCode> {
  const { printer, signal } = session
  const followed = await follow({
    takes,
    printer,
    signal,
    ids,
    known,
    begin: async () => {
      // First the request for this take: resuming asks again about every open question, this one too.
      const begun = await begin()
      // A wish that was refused must not send what it was about.
      takes.resume(onlyWith(begun.ok ? ids : []))
      return begun.ok ? null : begun.problem
    },
  })
  if (followed.end === 'interrupted') {
    for (const take of followed.takes) tellSending(take, takes, printer)
    printer.note(stoppedFollowing)
    return exitCodes.cancelled
  }
  for (const take of followed.takes) tellDone(printer, take, takes.resultPath(take.id))
  for (const take of followed.takes) {
    const problem = problemOf(take, ids.length > 1)
    if (problem) printer.problem(problem)
  }
  if (followed.end === 'at rest') return exitCodeOfTakes(followed.takes)
  const [id, ...others] = ids
  printer.problem(id === undefined || others.length > 0 ? followed.end : inCommands(followed.end, { id }))
  return exitCodeOf(followed.end)
}

/** A draft asks for a new decision and is not under way. */
const isOpen = (take: Take) => !isAtRest(take) && take.state !== 'DRAFT'

/** Naming such a take is the wish to look once more: only the user, a marked version that was missed, or a key that is there now, moves it on. */
const asksOnce = ({ state, problem, markProblem }: Take) =>
  state === 'NEEDS_USER' ||
  (state === 'DONE' && markProblem !== null) ||
  (state === 'HELD' && problem?.code === 'account-key')

/** The user has decided about it: there is nothing to follow, and nothing went wrong. */
function tellGivenUp(takes: Takes, take: Take, { printer }: Session): ExitCode {
  tellDone(printer, take, takes.resultPath(take.id))
  // Brought back without the address that it was sent to: it may be running there, so a new paid attempt isn't suggested.
  if (take.problem?.code === 'consent-needed') {
    printer.problem(take.problem)
    return exitCodes.done
  }
  const other = takes.list().find(({ id }) => id === take.problem?.detail)
  printer.note(
    other === undefined
      ? `The take of ${take.clipName} (${take.id}) was given up, so it isn’t followed. To pay for a new attempt: understudy takes submit-again ${take.id}`
      : `The take of ${take.clipName} (${take.id}) had started after all. Its result appears as a separate take: understudy takes follow ${other.id}`,
  )
  return exitCodes.done
}

/** Whether a finished take lacks a file, which is then downloaded again. */
async function lacksFile(takes: Takes, take: Take, { printer }: Session): Promise<boolean> {
  if (take.state !== 'DONE') return false
  const result = await takes.wholeResult(take.id)
  const whole = result.ok && take.watermarked !== null ? await takes.wholeMarked(take.id) : result
  if (!whole.ok) printer.note(`${whole.problem.message} Understudy downloads it again for free.`)
  return !whole.ok
}

export async function runFollow(
  takes: Takes,
  id: string | null,
  session: Session,
): Promise<Outcome<ExitCode>> {
  const named = id === null ? ok(takes.list().filter(isOpen)) : asList(findTake(takes.list(), id))
  if (!named.ok) return named
  // What is not sent would be followed until the user ends this command, and no other program can resume meanwhile.
  const unsent = takes.queue().paused ? named.value.filter(isToBeSent) : []
  if (unsent.length > 0 && id !== null) return takeQueuePaused
  if (unsent.length > 0) session.printer.note(notSentWhilePaused(unsent.length))
  const known = named.value.filter((take) => !unsent.includes(take))
  if (known.length === 0) {
    if (unsent.length === 0) session.printer.line(noOpenTakes)
    return ok(exitCodes.done)
  }
  const [only] = known
  if (only?.state === 'ABANDONED') return ok(tellGivenUp(takes, only, session))
  const ids = known.map((take) => take.id)
  for (const take of known) tellGoesOn(take, session.printer)
  if (id !== null && only && (asksOnce(only) || (await lacksFile(takes, only, session)))) {
    const begin = () => takes.checkAgain(only.id)
    return ok(await followToEnd(takes, { ids, known: [], begin }, session))
  }
  return ok(await followToEnd(takes, { ids, known, begin: () => Promise.resolve(ok(null)) }, session))
}

const asList = (found: Outcome<Take>): Outcome<readonly Take[]> => (found.ok ? ok([found.value]) : found)

/** Takes that were just made of paid tasks, which run already. */
export const runBroughtHome = (takes: Takes, brought: readonly Take[], session: Session) =>
  followToEnd(
    takes,
    { ids: brought.map(({ id }) => id), known: brought, begin: () => Promise.resolve(ok(null)) },
    session,
  )

/** A new attempt costs again, so it needs consent again. */
export async function runSubmitAgain(
  takes: Takes,
  request: { readonly id: string; readonly yes: boolean; readonly passGuard: boolean },
  session: Session,
): Promise<Outcome<ExitCode>> {
  const found = findTake(takes.list(), request.id)
  if (!found.ok) return found
  const { id } = found.value
  const may = mayPayAgain(found.value)
  if (!may.ok) return may
  if (takes.queue().paused) return takeQueuePaused
  const estimate = takes.costAgain(id)
  if (!estimate.ok) return estimate
  const what = `A new attempt of take ${id}`
  const consent = await consentTo(
    { estimate: estimate.value, yes: request.yes, what, besides: paidBesides(found.value) },
    session,
  )
  if (!consent.ok) return consent
  tellToBeSent(takes.list(), id, session.printer)
  const submit = (passGuard: boolean) => takes.submitAgain(id, { ...consent.value, passGuard })
  const begin = () => askToPass(submit, request.passGuard, session)
  return ok(await followToEnd(takes, { ids: [id], known: [], begin }, session))
}

export async function runAdopt(
  takes: Takes,
  request: { readonly id: string; readonly task: string },
  session: Session,
): Promise<Outcome<ExitCode>> {
  const found = findTake(takes.list(), request.id)
  if (!found.ok) return found
  const { id } = found.value
  const begin = () => takes.adopt(id, request.task)
  return ok(await followToEnd(takes, { ids: [id], known: [], begin }, session))
}

/** The result is followed to its folder: nothing else downloads it after this command ends. */
export async function runSaveElsewhere(
  takes: Takes,
  request: { readonly id: string; readonly out: string },
  session: Session,
): Promise<Outcome<ExitCode>> {
  const found = findTake(takes.list(), request.id)
  if (!found.ok) return found
  const { id } = found.value
  const begin = () => takes.saveElsewhere(id, request.out)
  return ok(await followToEnd(takes, { ids: [id], known: [], begin }, session))
}
