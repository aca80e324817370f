import { createTurns } from './scheduling.ts'
import type { Clock } from './ports.ts'
import type { Milliseconds } from '../../shared/units.ts'

/** Resolves when one more request may go to this host; those who wait are served in the order they came. */
export type Pace = (host: string, signal?: AbortSignal) => Promise<void>

const most = 5
/** A little over a second, so that jitter on the way does not squeeze six requests into one. */
const span: Milliseconds = 1050

/** Lets at most five requests a second go to one host, however many takes are followed. */
export function createPace(clock: Clock): Pace {
  const lanes = new Map<
    string,
    { readonly recent: Milliseconds[]; readonly inTurn: ReturnType<typeof createTurns> }
  >()
  return (host, signal) => {
    const lane = lanes.get(host) ?? { recent: [], inTurn: createTurns() }
    lanes.set(host, lane)
    return lane.inTurn(async () => {
      const earliest = lane.recent.length < most ? undefined : lane.recent.shift()
      const wait = earliest === undefined ? 0 : earliest + span - clock.monotonic()
      if (wait > 0) await clock.sleep(wait, signal)
      lane.recent.push(clock.monotonic())
    })
  }
}
