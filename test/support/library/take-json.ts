import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Attempt } from '../../../src/main/takes/attempt.ts'
import type { HistoryEntry, KeptTake } from '../../../src/main/takes/record.ts'
import { writeTakeJson } from '../../../src/main/takes/take-json.ts'
import { anOrder } from './an-order.ts'

type Told = Partial<Omit<KeptTake, 'attempts'>> & {
  readonly attempts: readonly [Attempt, ...Attempt[]]
  readonly history?: readonly HistoryEntry[]
}

/** What a test may do to the parsed file before it is written again. */
export type ToldFile = {
  taskId: string | null
  readonly record: {
    readonly order: Record<string, unknown>
    readonly attempts: Record<string, unknown>[]
    readonly uploads: Record<string, unknown>[]
  }
}

/** Writes the `take.json` of a take that no list knows, as Understudy would, and then changes it. */
export function tellOf(
  library: string,
  { attempts, order, history = [], uploads = [], marks = null }: Told,
  change: (file: ToldFile) => void = () => undefined,
): void {
  const [newest] = attempts.toReversed()
  const id = attempts[0].take
  const journal = {
    events: () => history,
    attempts: () => attempts,
    uploads: () => uploads,
    keptMarks: () => marks,
    trashedAt: () => null,
  }
  const record = { order: order ?? anOrder({ id }), attempt: newest ?? attempts[0] }
  writeTakeJson({ library, journal }, record)
  const path = join(library, id, 'take.json')
  const file = JSON.parse(readFileSync(path, 'utf8')) as ToldFile
  change(file)
  writeFileSync(path, JSON.stringify(file))
}
