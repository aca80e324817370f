import { dialogIsOpen, isMac, writesText } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { useKeyPresses } from '../../lib/use-key-presses.ts'

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Which way through the history a key press asks to go; `mac`: commands are given with the Command key. */
export function historyStepFor(press: KeyPress, mac: boolean): 'undo' | 'redo' | null {
  const key = press.key.toLowerCase()
  if (press.altKey || !(mac ? press.metaKey : press.ctrlKey)) return null
  if (key === 'z') return press.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !press.shiftKey ? 'redo' : null
}

/** Undo and redo by keys. Fields have an undo of their own for what is typed in them. */
export function useHistoryKeys(): void {
  const undo = useApp((state) => state.undo)
  const redo = useApp((state) => state.redo)
  useKeyPresses((event) => {
    const step = historyStepFor(event, isMac())
    if (step === null || event.defaultPrevented || dialogIsOpen() || writesText(event.target)) return
    event.preventDefault()
    if (step === 'undo') undo()
    else redo()
  })
}
