import { type Problem, ok, type Outcome } from '../../shared/outcome.ts'
import { isAtRest, type Take } from '../../shared/domain/take.ts'
import type { Takes } from '../takes/types.ts'
import type { Printer } from './output.ts'
import { lineFor, textFor } from './commands/take-lines.ts'
import { noSuchTake, severalTakes } from './problems.ts'

type Followed = {
  readonly end: 'at rest' | 'interrupted' | Problem
  /** The newest known state of each take that was followed. */
  readonly takes: readonly Take[]
}

type Following = {
  readonly takes: Pick<Takes, 'subscribe' | 'show'>
  readonly printer: Printer
  readonly signal: AbortSignal
  readonly ids: readonly string[]
  /** How the takes stood before; announced first, so that a reader knows where they begin. */
  readonly known: readonly Take[]
  /** Sets the takes going; a problem ends the following. */
  readonly begin: () => Promise<Problem | null>
}

/** A take at rest: it ended, or only the user can move it on. A new draft is on its way to be prepared. */
const rests = (take: Take, isNew: boolean, isKnown: boolean) =>
  isAtRest(take) ||
  take.state === 'NEEDS_USER' ||
  // A key comes from the environment, which cannot change while this process runs; it may have since the last one.
  (take.state === 'HELD' && take.problem?.code === 'account-key' && !isKnown) ||
  // This process notes nothing down any more.
  take.problem?.code === 'library-damaged' ||
  (take.state === 'DRAFT' && (!isNew || take.problem !== null))

export function announce(printer: Printer, before: Take | undefined, take: Take): void {
  const line = lineFor(before, take)
  if (line) printer.value(line)
  const text = textFor(before, take)
  if (text !== null) printer.line(text)
}

/** Announces every change of the named takes until all of them rest or the signal fires. */
export function follow({ takes, printer, signal, ids, known, begin }: Following): Promise<Followed> {
  const latest = new Map<string, Take>()
  const resting = new Set<string>()

  return new Promise((resolve, reject) => {
    const end = (why: Followed['end']) => {
      unsubscribe()
      signal.removeEventListener('abort', interrupt)
      resolve({ end: why, takes: [...latest.values()] })
    }
    const interrupt = () => end('interrupted')
    const onTake = (take: Take, isKnown: boolean) => {
      if (!ids.includes(take.id)) return
      const before = latest.get(take.id)
      latest.set(take.id, take)
      announce(printer, before, take)
      if (rests(take, before === undefined && !isKnown, isKnown)) resting.add(take.id)
      else resting.delete(take.id)
    }
    // Subscribed before anything begins, so that not one change is missed.
    const unsubscribe = takes.subscribe((take) => {
      onTake(take, false)
      if (resting.size === ids.length) end('at rest')
    })
    for (const take of known) onTake(take, true)
    if (resting.size === ids.length) {
      end('at rest')
      return
    }
    if (signal.aborted) {
      interrupt()
      return
    }
    signal.addEventListener('abort', interrupt)
    begin().then((problem) => {
      if (problem) {
        end(problem)
        return
      }
      // Of a wish that changed nothing, no change is heard.
      for (const id of ids.filter((one) => !latest.has(one))) {
        const shown = takes.show(id)
        if (shown.ok) onTake(shown.value, true)
      }
      if (resting.size === ids.length) end('at rest')
    }, reject)
  })
}

/** The take of this id, or the only one whose id begins or ends so; upper and lower case are the same. */
export function findTake(takes: readonly Take[], given: string): Outcome<Take> {
  const part = given.trim().toUpperCase()
  const fitting = part === '' ? [] : takes.filter(({ id }) => id.startsWith(part) || id.endsWith(part))
  const [take, another] = fitting
  if (take === undefined) return noSuchTake(given)
  if (another !== undefined) return severalTakes(fitting.length, given)
  return ok(take)
}

/** All of these takes; the first that can't be found ends the search. */
export function findTakes(takes: readonly Take[], ids: readonly string[]): Outcome<readonly Take[]> {
  const found: Take[] = []
  for (const id of ids) {
    const take = findTake(takes, id)
    if (!take.ok) return take
    found.push(take.value)
  }
  return ok(found)
}
