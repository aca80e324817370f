import { wordsOf } from '../../../shared/text/take-status.ts'
import { waitingForUser } from '../../../shared/domain/take.ts'
import { selectTakes } from '../../state/select-takes.ts'
import { useApp } from '../../state/store.ts'

const running = selectTakes((take) => take.queued === null && wordsOf(take).busy)
const questions = selectTakes(({ state }) => waitingForUser.has(state))

/** Takes that are being sent, run or are downloaded, the newest first. */
export const useRunning = (): readonly string[] => useApp(running)

/** Takes that only the user can settle, the oldest first. */
export const useQuestions = (): readonly string[] => useApp(questions).toReversed()
