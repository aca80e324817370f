import { useShallow } from 'zustand/react/shallow'
import { wordsOf } from '../../../shared/text/take-status.ts'
import { waitingForUser } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'
import { Modal } from '../../ui/Modal.tsx'
import { TakeDetails } from './TakeDetails.tsx'

/** Takes that run or wait, the newest first. */
export const useRunning = (): readonly string[] =>
  useApp(
    useShallow(({ takes, takeOrder }) =>
      takeOrder.filter((id) => {
        const take = takes[id]
        return take !== undefined && wordsOf(take).busy
      }),
    ),
  )

/** Takes that only the user can settle, the oldest first. */
export const useQuestions = (): readonly string[] =>
  useApp(
    useShallow(({ takes, takeOrder }) =>
      takeOrder.filter((id) => waitingForUser.has(takes[id]?.state ?? 'DONE')).toReversed(),
    ),
  )

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
