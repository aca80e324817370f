import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'

const beat: Milliseconds = 1000
/** A busy machine skips a beat now and then; nothing but sleep skips so many. */
const sleepGap: Milliseconds = 5000

/**
 * Calls back when this process was away: asleep with its machine, or stopped. Systems announce that late or not at all,
 * so a gap between two beats is believed instead. Answers with what ends it.
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

/** As long as an answer to a submit may take; a body on a slow line would take longer. */
const maxSubmitWait: Milliseconds = 60_000
/** A machine that wakes up fires its timers before it reads what came meanwhile. */
const lastLook: Milliseconds = 1000

/**
 * Waits for a request that is on the wire, so that its task id is still written down, but not for ever: after a minute
 * it stays WIRE on disk, and the next start asks the provider about it.
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
