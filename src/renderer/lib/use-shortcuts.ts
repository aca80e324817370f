import { dialogIsOpen, isShortcut, type Command } from './shortcuts.ts'
import { useKeyPresses } from './use-key-presses.ts'

/** Runs commands by their keys, unless a dialog lies on top. */
export function useShortcuts(run: Partial<Readonly<Record<Command, () => void>>>): void {
  useKeyPresses((event) => {
    if (event.repeat || dialogIsOpen()) return
    for (const [command, action] of Object.entries(run)) {
      // The keys of `run` are commands by its type.
      if (!isShortcut(event, command as Command)) continue
      event.preventDefault()
      action()
    }
  })
}
