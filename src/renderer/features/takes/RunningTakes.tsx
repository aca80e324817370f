import { wordsOf } from '../../../shared/text/take-status.ts'
import { waitingForUser } from '../../../shared/domain/take.ts'
import { selectTakes } from '../../state/select-takes.ts'
import { useApp } from '../../state/store.ts'
import { Modal } from '../../ui/Modal.tsx'
import { TakeDetails } from './TakeDetails.tsx'

const running = selectTakes((take) => wordsOf(take).busy)
const questions = selectTakes(({ state }) => waitingForUser.has(state))

/** Takes that run or wait, the newest first. */
export const useRunning = (): readonly string[] => useApp(running)

/** Takes that only the user can settle, the oldest first. */
export const useQuestions = (): readonly string[] => useApp(questions).toReversed()

/** What runs, with how far it is and what can be done about it. */
export function RunningTakes({ onClose }: { readonly onClose: () => void }) {
  const ids = useRunning()
  return (
    <Modal title="Running" onClose={onClose}>
      {ids.length === 0 ? (
        <p className="text-sm text-soft">Nothing runs now.</p>
      ) : (
        <ul className="-mx-4 divide-y divide-line">
          {ids.map((id) => (
            <li key={id}>
              <TakeDetails id={id} />
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}
