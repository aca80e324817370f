import { dialogIsOpen, writesText } from '../../lib/shortcuts.ts'
import { useControlFocus } from '../../lib/use-control-focus.ts'
import { useKeyPresses } from '../../lib/use-key-presses.ts'
import { commandFor, repeats, type TimelineCommand } from './keys.ts'

/** Controls that use these keys themselves when they have the focus. */
const usesArrows = '[role="radio"], [role="tab"], [role="slider"]:not([data-scrub]), select'

function isTaken(event: KeyboardEvent, holdsSpace: (event: KeyboardEvent) => boolean): boolean {
  if (event.defaultPrevented || dialogIsOpen() || writesText(event.target)) return true
  const target = event.target instanceof Element ? event.target : null
  if (!target) return false
  if (event.key === ' ') return holdsSpace(event)
  return /^(Arrow|Home|End)/.test(event.key) && target.closest(usesArrows) !== null
}

/** The timeline's keys, wherever the focus is, unless a dialog, a text field or another control needs them. */
export function useTimelineKeys(run: (command: TimelineCommand) => void): void {
  const holdsSpace = useControlFocus()
  useKeyPresses((event) => {
    const command = commandFor(event)
    if (command === null || isTaken(event, holdsSpace)) return
    event.preventDefault()
    if (!event.repeat || repeats.has(command)) run(command)
  })
}
