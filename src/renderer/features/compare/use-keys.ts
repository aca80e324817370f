import type { RefObject } from 'react'
import { useControlFocus } from '../../lib/use-control-focus.ts'
import { useKeyPresses } from '../../lib/use-key-presses.ts'
import { commandFor, type CompareCommand } from './keys.ts'

const writesText = 'input, textarea, select, [contenteditable]'
/** Controls that use the arrow keys themselves when they have the focus. */
const usesArrows = '[role="radio"], [role="slider"]:not([data-scrub])'

type Holds = (event: KeyboardEvent) => boolean

function isTaken(event: KeyboardEvent, view: HTMLElement | null, holdsSpace: Holds): boolean {
  if (event.defaultPrevented) return true
  const target = event.target instanceof Element ? event.target : null
  const dialog = document.querySelector('[role="dialog"], [role="alertdialog"]')
  if (dialog && !(view && dialog.contains(view))) return true
  if (!target) return false
  if (target.matches(writesText)) return true
  if (event.key === ' ') return holdsSpace(event)
  return /^(Arrow|Home|End)/.test(event.key) && target.closest(usesArrows) !== null
}

/** The comparison's keys, wherever the focus is, unless a dialog or a text field has it. */
export function useKeys(view: RefObject<HTMLElement | null>, run: (command: CompareCommand) => void): void {
  const holdsSpace = useControlFocus()
  useKeyPresses((event) => {
    if (isTaken(event, view.current, holdsSpace)) return
    const command = commandFor(event)
    if (command === null) return
    event.preventDefault()
    run(command)
  })
}
