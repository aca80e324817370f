import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'

const beat: Milliseconds = 1000
/** A busy machine skips a beat now and then; nothing but sleep skips so many. */
const gap: Milliseconds = 5000

/**
 * Calls back when this process was away: asleep with its machine, or stopped. Systems announce that late or not at all,
 * so a gap between two beats is believed instead. Answers with what ends it.
 */
export function startHeartbeat(clock: Clock, back: () => void): () => void {
  const stop = new AbortController()
  const stopped = () => stop.signal.aborted
  const listen = async () => {
    for (let last = clock.now(); !stopped(); last = clock.now()) {
      await clock.sleep(beat, stop.signal)
      if (!stopped() && clock.now() - last > beat + gap) back()
    }
  }
  void listen()
  return () => {
    stop.abort()
  }
}
