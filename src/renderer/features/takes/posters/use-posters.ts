import type { SelectionStep } from '../../../state/selection.ts'
import { useApp } from '../../../state/store.ts'

/** What a click and a double click on a poster do, whatever room it is in. */
export function usePosters(order: readonly string[], choose?: (id: string) => void) {
  const selectTake = useApp((state) => state.selectTake)
  const compareTakes = useApp((state) => state.compareTakes)
  const showDetails = useApp((state) => state.showDetails)
  return {
    onChoose: (id: string, step: SelectionStep) => {
      selectTake(id, step, order)
      if (step === 'only') choose?.(id)
    },
    onOpen: (id: string) => {
      if (useApp.getState().takes[id]?.state === 'DONE') compareTakes([id])
      else showDetails(id)
    },
  }
}
