import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultOf } from './result-file.ts'
import type { PaidTask, Said, Shown } from './said.ts'

/** One answer of the user: for which attempt, and under which own id the provider would know it. */
export type Answered = {
  readonly take: string
  readonly number: number
  readonly ownId: string
  readonly wish: string
}

export type Found = {
  readonly home: string
  readonly ids: readonly string[]
  readonly tasks: readonly PaidTask[]
  readonly answered: readonly Answered[]
  /** What two calm lives after the last kill said. */
  readonly ends: readonly Extract<Said, { kind: 'end' }>[]
}

export type Violation = { readonly kind: string; readonly about: string; readonly detail?: unknown }

type Attempt = { readonly take: string; readonly number: number }

const key = ({ take, number }: Attempt) => `${take} ${String(number)}`

/** Every attempt there ever was: the newest of each take, and those that the user gave up for another. */
function attemptsOf(takes: readonly Shown[], answered: readonly Answered[]): ReadonlyMap<string, Attempt> {
  return new Map([
    ...answered.map((one) => [one.ownId, one] as const),
    ...takes.map(({ id, number, ownId }) => [ownId, { take: id, number }] as const),
  ])
}

/** I1: at most one task for each attempt, and no further attempt that the user did not ask for. */
function twice({ tasks, answered }: Found, takes: readonly Shown[]): readonly Violation[] {
  const attempts = attemptsOf(takes, answered)
  const again = new Set(answered.filter(({ wish }) => wish === 'submit-again').map(key))
  const tasksOf = Map.groupBy(tasks, ({ own }) => own)
  return [
    ...[...tasksOf]
      .filter(([, { length }]) => length > 1)
      .map(([own, all]) => ({ kind: 'duplicate', about: own, detail: all })),
    ...tasks
      .filter(({ own }) => !attempts.has(own))
      .map(({ own, id }) => ({ kind: 'task-nobody-knows', about: own, detail: id })),
    ...takes.flatMap(({ id, number }) =>
      Array.from({ length: number - 1 }, (_, at) => ({ take: id, number: at + 1 }))
        .filter((one) => !again.has(key(one)))
        .map((one) => ({ kind: 'attempt-nobody-wanted', about: id, detail: one.number + 1 })),
    ),
  ]
}

/** A paid task whose result the user never gets; every take here can be performed, so every one has to be. */
function lost({ home, ids, tasks }: Found, takes: readonly Shown[]): readonly Violation[] {
  const adopted = new Set(takes.flatMap(({ taskId, state }) => (state === 'DONE' ? [taskId] : [])))
  const known = new Map(takes.map((take) => [take.id, take]))
  return [
    ...tasks
      .filter(({ id }) => !adopted.has(id))
      .map(({ id, own }) => ({ kind: 'loss', about: id, detail: own })),
    ...ids
      .filter((id) => known.get(id)?.state !== 'DONE')
      .map((id) => ({ kind: 'not-done', about: id, detail: known.get(id) ?? null })),
    ...takes
      .filter(({ state }) => state === 'DONE')
      .filter(({ id, taskId }) => !isWhole(join(home, 'library', id, 'result.mp4'), taskId ?? ''))
      .map(({ id, taskId }) => ({ kind: 'result-not-whole', about: id, detail: taskId })),
  ]
}

function isWhole(path: string, task: string): boolean {
  try {
    return readFileSync(path).equals(resultOf(task))
  } catch {
    return false
  }
}

/** What stays behind on the disk, and what it says. */
function leftovers({ home }: Found, takes: readonly Shown[]): readonly Violation[] {
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const states = new Map(takes.map(({ id, state }) => [id, state]))
  return files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    const about = path.slice(home.length + 1)
    if (/\.(part|new)\b/.test(entry.name)) return [{ kind: 'leftover', about }]
    if (entry.name === 'result.mp4') return []
    const text = readFileSync(path, 'latin1')
    if (text.includes('canary-key')) return [{ kind: 'secret', about }]
    if (entry.name !== 'take.json') return []
    const { id, state } = JSON.parse(text) as Shown
    return state === states.get(id) ? [] : [{ kind: 'take-file-out-of-date', about, detail: state }]
  })
}

/** Every way in which a promise was broken; none is the only good end. */
export function judgeSoak(found: Found): readonly Violation[] {
  const [end, later] = found.ends
  if (!end || !later) return [{ kind: 'no-calm-end', about: 'the studio' }]
  const { takes } = end
  const paid = new Set(found.tasks.map(({ own }) => own))
  const attempts = [...attemptsOf(takes, found.answered)].filter(([own]) => paid.has(own))
  const entered = new Set(later.spent)
  return [
    ...twice(found, takes),
    ...lost(found, takes),
    ...leftovers(found, takes),
    ...attempts
      .map(([, { take, number }]) => key({ take, number }))
      .filter((one) => !entered.has(one))
      .map((one) => ({ kind: 'not-in-the-ledger', about: one })),
    ...(later.uploads > 0 ? [{ kind: 'upload-left', about: 'the journal', detail: later.uploads }] : []),
    ...takes
      .filter(({ id, state }) => later.takes.find((take) => take.id === id)?.state !== state)
      .map(({ id, state }) => ({ kind: 'changed-by-a-restart', about: id, detail: state })),
  ]
}
