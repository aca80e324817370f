import { isSelected } from '../../../state/selection.ts'
import { useApp } from '../../../state/store.ts'

/** What a key or a menu acts on: all that is selected, or a take beside the selection alone. */
export function takesWith(id: string): readonly string[] {
  const { selection } = useApp.getState()
  return isSelected(selection, id) ? selection.ids : [id]
}

/** The same for the poster that has the focus; what is selected where none has it. */
export function targetTakes(): readonly string[] {
  const poster = document.activeElement?.closest('[data-poster]')?.getAttribute('data-poster')
  return poster ? takesWith(poster) : useApp.getState().selection.ids
}
