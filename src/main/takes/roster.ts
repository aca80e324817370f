import type { Take } from '../../shared/domain/take.ts'
import { nextStepOf } from './next-step.ts'
import type { TakeRecord } from './record.ts'
import type { Runner } from './runner.ts'
import { noProgress, takeOf } from './view.ts'

/** Nothing happens to the take until somebody asks for it. WIRE has no next step, but a restart has to ask. */
export const isAtRest = ({ attempt }: TakeRecord): boolean =>
  nextStepOf(attempt) === null && attempt.state !== 'WIRE'

/** The takes of a library in memory. One at rest is only a record until its runner is asked for. */
export type Roster = {
  readonly put: (record: TakeRecord) => Runner
  /** Adds a take without a runner. */
  readonly putAtRest: (record: TakeRecord) => void
  /** Keeps a take out of everything below; `put` and `putAtRest` bring it back. */
  readonly setAside: (record: TakeRecord) => void
  /** Those that were set aside. */
  readonly aside: () => ReadonlyMap<string, TakeRecord>
  readonly has: (id: string) => boolean
  /** The runner of a take, made if it has none yet. */
  readonly runner: (id: string) => Runner | undefined
  readonly record: (id: string) => TakeRecord | undefined
  readonly view: (id: string) => Take | undefined
  readonly ids: () => readonly string[]
  readonly records: () => readonly TakeRecord[]
  readonly views: () => readonly Take[]
  /** Those that were made so far. */
  readonly runners: () => readonly Runner[]
}

export function createRoster(makeRunner: (record: TakeRecord) => Runner): Roster {
  const takes = new Map<string, { readonly record: TakeRecord } | { readonly runner: Runner }>()

  const aside = new Map<string, TakeRecord>()

  const put = (record: TakeRecord) => {
    aside.delete(record.order.id)
    const runner = makeRunner(record)
    takes.set(record.order.id, { runner })
    return runner
  }
  type Held = NonNullable<ReturnType<typeof takes.get>>
  const recordIn = (held: Held) => ('runner' in held ? held.runner.record() : held.record)
  const viewIn = (held: Held) =>
    'runner' in held ? held.runner.view() : takeOf(held.record, noProgress, null)
  const found =
    <T>(of: (held: Held) => T) =>
    (id: string) => {
      const held = takes.get(id)
      return held && of(held)
    }

  return {
    put,
    putAtRest: (record) => {
      aside.delete(record.order.id)
      takes.set(record.order.id, { record })
    },
    setAside: (record) => {
      takes.delete(record.order.id)
      aside.set(record.order.id, record)
    },
    aside: () => aside,
    has: (id) => takes.has(id),
    runner: found((held) => ('runner' in held ? held.runner : put(held.record))),
    record: found(recordIn),
    view: found(viewIn),
    ids: () => [...takes.keys()],
    records: () => [...takes.values()].map(recordIn),
    views: () => [...takes.values()].map(viewIn),
    runners: () => [...takes.values()].flatMap((held) => ('runner' in held ? [held.runner] : [])),
  }
}
