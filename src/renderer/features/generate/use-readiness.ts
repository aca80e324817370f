import { useApp } from '../../state/store.ts'
import { deliveryObstacle } from '../../state/prepare-delivery.ts'
import { deliveryView } from '../../state/delivery.ts'
import { inputsKey } from '../../state/inputs.ts'
import { readiness, type Readiness } from './readiness.ts'

/** Whether the take can be sent as everything in the window stands now. */
export function useReadiness(): Readiness {
  const connected = useApp((state) => state.connected)
  const mediaTools = useApp((state) => state.about?.mediaTools ?? true)
  const reading = useApp((state) => state.reading.character !== null || state.reading.clip !== null)
  const hasCharacter = useApp((state) => state.character !== null)
  const hasClip = useApp((state) => state.clip !== null)
  const obstacle = useApp((state) => deliveryObstacle(deliveryView(state)))
  const current = useApp((state) => state.checked?.key === inputsKey(state))
  const checked = useApp((state) => state.checked)
  const sending = useApp((state) => state.sending)
  const takeId = useApp((state) => state.nextTakeId)
  const report = current ? (checked?.report ?? null) : null
  const checkProblem = current ? (checked?.problem ?? null) : null
  return readiness({
    connected,
    mediaTools,
    reading,
    hasCharacter,
    hasClip,
    obstacle,
    report,
    checkProblem,
    sending,
    takeId,
  })
}
