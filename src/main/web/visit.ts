import { fail, type Problem } from '../../shared/outcome.ts'
import { windowFate } from './leave.ts'
import { openWindow } from './open-window.ts'

type Parts = Parameters<typeof openWindow>[0] &
  Omit<Parameters<typeof windowFate>[0], 'windowEnded'> & {
    /** False when the user will open the address. */
    readonly open: boolean
    readonly interrupted: Promise<void>
    readonly say: (problem: Problem) => void
  }

/** Shows the studio and resolves when the user is done with it: the window was closed, or the process interrupted. */
export async function untilTheUserLeaves(parts: Parts): Promise<void> {
  const { open, interrupted, say } = parts
  if (!open) return interrupted
  const window = await openWindow(parts)
  if (!window.ok) {
    say(window.problem)
    return interrupted
  }
  const fate = windowFate({ ...parts, windowEnded: window.value.ended })
  const ended = await Promise.race([interrupted, fate])
  window.value.stop()
  if (ended !== 'never-came') return
  say(
    fail('tool-failed', 'The window did not open.', { advice: 'Open the address in a browser yourself.' })
      .problem,
  )
  return interrupted
}
