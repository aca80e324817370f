import type { Take, TakeState } from '../domain/take.ts'
import { visibleText } from './visible-text.ts'

/** What to tell about a take. */
type Notice = { readonly title: string; readonly body: string }

const failed: ReadonlySet<TakeState> = new Set<TakeState>(['REJECTED', 'REMOTE_FAILED', 'EXPIRED'])

/** Back to a draft with a reason, or stopped before the user: nothing continues until the user decides. */
const needsUser = ({ state, problem }: Take) =>
  state === 'NEEDS_USER' || (state === 'DRAFT' && problem !== null && problem.code !== 'cancelled')

/** What to tell about a take that has just changed; null when the user has nothing to learn or to do. */
export function noticeFor(before: TakeState | undefined, take: Take): Notice | null {
  if (before === undefined || before === take.state) return null
  const what = `“${take.characterName}” with “${take.clipName}”`
  const why = take.problem === null ? what : `${what}: ${take.problem.message}`
  if (take.state === 'DONE') return { title: 'Your take is ready', body: visibleText(what) }
  if (failed.has(take.state)) return { title: 'A take failed', body: visibleText(why) }
  if (needsUser(take)) return { title: 'A take needs you', body: visibleText(why) }
  return null
}
