import { useEffect, useEffectEvent } from 'react'
import { dialogIsOpen, isShortcut, type Command } from './shortcuts.ts'

/** Runs commands by their keys, unless a dialog lies on top. */
export function useShortcuts(run: Partial<Readonly<Record<Command, () => void>>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || dialogIsOpen()) return
    for (const [command, action] of Object.entries(run)) {
      // The keys of `run` are commands by its type.
      if (!isShortcut(event, command as Command)) continue
      event.preventDefault()
      action()
    }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      onKey(event)
    }
    window.addEventListener('keydown', listen)
    return () => {
      window.removeEventListener('keydown', listen)
    }
  }, [])
}
