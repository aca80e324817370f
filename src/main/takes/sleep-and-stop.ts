import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'

const beat: Milliseconds = 1000
/** A busy machine may miss a beat. Only sleep misses so many. */
const sleepGap: Milliseconds = 5000

/**
 * Calls back when this process was suspended or its machine slept. Systems announce that late or not at all, so a
 * gap between two beats counts. Returns a function that ends it.
 */
export function detectSleep(clock: Clock, back: () => void): () => void {
  const stop = new AbortController()
  const stopped = () => stop.signal.aborted
  const listen = async () => {
    for (let last = clock.now(); !stopped(); last = clock.now()) {
      await clock.sleep(beat, stop.signal)
      if (!stopped() && clock.now() - last > beat + sleepGap) back()
    }
  }
  void listen()
  return () => {
    stop.abort()
  }
}

/** Longer than any answer to a submit takes, except on a slow connection. */
const maxSubmitWait: Milliseconds = 60_000
/** After waking up, timers fire before the answers that arrived meanwhile are read. */
const lastLook: Milliseconds = 1000

/**
 * Waits for a request that is being sent, so that its task id is saved. After a minute the take stays WIRE on
 * disk, and the next start asks the provider about it.
 */
export async function stopInTime(stop: () => Promise<void>, clock: Pick<Clock, 'sleep'>): Promise<void> {
  const stopped = new AbortController()
  await Promise.race([
    stop().finally(() => {
      stopped.abort()
    }),
    clock.sleep(maxSubmitWait, stopped.signal).then(() => clock.sleep(lastLook, stopped.signal)),
  ])
}
