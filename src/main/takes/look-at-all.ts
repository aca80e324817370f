import { ok, type Problem } from '../../shared/outcome.ts'
import type { TakeState } from '../../shared/domain/take.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'
import type { TakeRecord } from './record.ts'
import type { Runner } from './runner.ts'

const minLookGap: Milliseconds = 5000

/** States in which the provider may have an answer. */
const askedAbout: ReadonlySet<TakeState> = new Set<TakeState>(['ACKED', 'UNKNOWN', 'NEEDS_USER'])

/** Waiting for the provider. The network may be back. */
const isOutOfReach = ({ attempt }: TakeRecord) =>
  attempt.state === 'HELD' && attempt.problem?.code === 'provider-silent'

async function lookOnce(runner: Runner) {
  if (isOutOfReach(runner.record())) await runner.tell({ type: 'released' })
  else await runner.poke()
  return ok(runner.view())
}

type Parts = {
  readonly records: () => readonly TakeRecord[]
  readonly withRunner: (id: string, run: typeof lookOnce) => Promise<unknown>
  readonly readOnly: () => Problem | null
  readonly clock: Pick<Clock, 'monotonic'>
  /** Whether this process follows a take. */
  readonly isFollowed: (id: string) => boolean
}

/** Asks once about every task that runs. Calls in quick succession count as one. */
export function createLookAtAll({ records, withRunner, readOnly, clock, isFollowed }: Parts) {
  let lastLook = -Infinity
  return async (): Promise<void> => {
    const moment = clock.monotonic()
    if (readOnly() !== null || moment - lastLook < minLookGap) return
    lastLook = moment
    const waiting = records().filter(
      (record) =>
        isFollowed(record.order.id) && (askedAbout.has(record.attempt.state) || isOutOfReach(record)),
    )
    await Promise.all(waiting.map(({ order }) => withRunner(order.id, lookOnce)))
  }
}
