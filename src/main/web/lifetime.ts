import type { Clock } from '../system/ports.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Sockets } from './sockets.ts'
import { fail, type Problem } from '../../shared/outcome.ts'
import type { Program } from './browser-window.ts'

type FateParts = {
  /** When the process of the window is gone, or could not be started. */
  readonly windowEnded: Promise<unknown>
  readonly sockets: Pick<Sockets, 'count' | 'onCount'>
  readonly clock: Pick<Clock, 'sleep'>
  /** How long no window may be connected, so that a reload or a second window doesn't count as leaving. */
  readonly grace: Milliseconds
}

/** Resolves when no page has been connected for `grace`. */
function nobodyThere({ sockets, clock, grace }: FateParts): Promise<void> {
  return new Promise((resolve) => {
    let waiting = new AbortController()
    async function look(count: number) {
      waiting.abort()
      if (count > 0) return
      const { signal } = (waiting = new AbortController())
      await clock.sleep(grace, signal)
      if (signal.aborted) return
      remove()
      resolve()
    }
    const remove = sockets.onCount((count) => void look(count))
    void look(sockets.count())
  })
}

/**
 * Whether the user closed the window that was opened (`left`) or it never showed the studio (`never-came`). The
 * window's process alone says too little: a browser that already runs takes the window over, and the process ends
 * at once.
 */
export async function windowFate(parts: FateParts): Promise<'left' | 'never-came'> {
  let came = parts.sockets.count() > 0
  const remove = parts.sockets.onCount((count) => {
    came ||= count > 0
  })
  await parts.windowEnded
  await nobodyThere(parts)
  remove()
  return came ? 'left' : 'never-came'
}

type WindowParts = Omit<Parameters<typeof windowFate>[0], 'windowEnded'> & {
  /** The window that was opened; null when the user opens the address. */
  readonly window: Program | null
  readonly interrupted: Promise<void>
  readonly say: (problem: Problem) => void
}

/** Resolves when the user is done with the studio: its window was closed, or the process interrupted. */
export async function untilTheUserLeaves(parts: WindowParts): Promise<void> {
  const { window, interrupted, say } = parts
  if (window === null) return interrupted
  const ended = await Promise.race([interrupted, windowFate({ ...parts, windowEnded: window.ended })])
  window.stop()
  if (ended !== 'never-came') return
  const advice = 'Open the address in a browser yourself.'
  say(fail('tool-failed', 'The window did not open.', { advice }).problem)
  return interrupted
}
