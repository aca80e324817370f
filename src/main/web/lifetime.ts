import { fail, type Problem } from '../../shared/outcome.ts'
import { windowFate } from './leave.ts'
import type { Program } from './programs.ts'

type Parts = Omit<Parameters<typeof windowFate>[0], 'windowEnded'> & {
  /** The window that was opened; null when the user opens the address. */
  readonly window: Program | null
  readonly interrupted: Promise<void>
  readonly say: (problem: Problem) => void
}

/** Resolves when the user is done with the studio: its window was closed, or the process interrupted. */
export async function untilTheUserLeaves(parts: Parts): Promise<void> {
  const { window, interrupted, say } = parts
  if (window === null) return interrupted
  const ended = await Promise.race([interrupted, windowFate({ ...parts, windowEnded: window.ended })])
  window.stop()
  if (ended !== 'never-came') return
  const advice = 'Open the address in a browser yourself.'
  say(fail('tool-failed', 'The window did not open.', { advice }).problem)
  return interrupted
}
