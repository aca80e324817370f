import { useEffect, useEffectEvent } from 'react'

export type Command = 'generate' | 'choose' | 'accounts' | 'shortcuts' | 'settings'

type Shortcut = {
  readonly key: string
  /** With Ctrl, or Command on a Mac. */
  readonly primary: boolean
  readonly does: string
}

export const shortcuts: Readonly<Record<Command, Shortcut>> = {
  choose: { key: 'o', primary: true, does: 'Choose a character or a clip' },
  generate: { key: 'Enter', primary: true, does: 'Generate' },
  accounts: { key: 'k', primary: true, does: 'Accounts, clip hosts, prices and spending' },
  settings: { key: ',', primary: true, does: 'Settings' },
  shortcuts: { key: '?', primary: false, does: 'This list' },
}

export const isMac = (): boolean => navigator.userAgent.includes('Mac')

/** The key that commands are given with, as it is printed. */
export const primaryKey = (): string => (isMac() ? '⌘' : 'Ctrl')

/** Whether it is a text field, where plain keys are letters. */
export const writesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** Keys belong to a dialog while one is open. */
export const dialogIsOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"]') !== null

/** Whether a key press means this command. Plain keys are left to text fields. */
export function isShortcut(event: KeyboardEvent, command: Command): boolean {
  const { key, primary } = shortcuts[command]
  if (event.key.toLowerCase() !== key.toLowerCase() || event.altKey) return false
  if (primary) return isMac() ? event.metaKey : event.ctrlKey
  return !event.ctrlKey && !event.metaKey && !writesText(event.target)
}

/** The keys as they are printed on this machine's keyboard. */
export function keysOf(command: Command): readonly string[] {
  const { key, primary } = shortcuts[command]
  const name = key.length === 1 ? key.toUpperCase() : key
  return primary ? [primaryKey(), name] : [name]
}

/** Hears every key press of the page, wherever the focus is. */
export function useKeyPresses(onPress: (event: KeyboardEvent) => void): void {
  const hear = useEffectEvent(onPress)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      hear(event)
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
    }
  }, [])
}

/** Runs commands by their keys, unless a dialog is open. */
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
