import type { RefObject } from 'react'
import { useControlFocus } from '../../lib/use-control-focus.ts'
import { useKeyPresses } from '../../lib/shortcuts.ts'
import { loopFrom, loopTo, type Timeline } from './shared-clock.ts'
import type { PlayerPair } from './pair-types.ts'
import { nextSound, type HasSound } from './sound.ts'
import { unreachable } from '../../../shared/units.ts'

export type CompareCommand =
  | 'toggle'
  | 'back'
  | 'forward'
  | 'back-ten'
  | 'forward-ten'
  | 'start'
  | 'end'
  | 'loop'
  | 'loop-from'
  | 'loop-to'
  | 'sound'
  | 'close'

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

const plain: Readonly<Record<string, CompareCommand>> = {
  ' ': 'toggle',
  arrowleft: 'back',
  ',': 'back',
  arrowright: 'forward',
  '.': 'forward',
  home: 'start',
  end: 'end',
  l: 'loop',
  i: 'loop-from',
  o: 'loop-to',
  s: 'sound',
  escape: 'close',
}

/** With Shift, a comma and a full stop become other characters on many keyboards. */
const shifted: Readonly<Record<string, CompareCommand>> = {
  arrowleft: 'back-ten',
  ',': 'back-ten',
  '<': 'back-ten',
  ';': 'back-ten',
  arrowright: 'forward-ten',
  '.': 'forward-ten',
  '>': 'forward-ten',
  ':': 'forward-ten',
}

export function commandFor(press: KeyPress): CompareCommand | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  return (press.shiftKey ? shifted : plain)[press.key.toLowerCase()] ?? null
}

/** The keys as they are printed, for the list the user can open. */
export const keyList: readonly (readonly [does: string, keys: readonly string[]])[] = [
  ['Play or pause', ['Space']],
  ['One frame back', ['←', ',']],
  ['One frame forward', ['→', '.']],
  ['Ten frames', ['Shift', '← →']],
  ['To the start, to the end', ['Home', 'End']],
  ['Loop', ['L']],
  ['Loop from here, loop to here', ['I', 'O']],
  ['Sound: reference, result or none', ['S']],
  ['Close the comparison', ['Esc']],
]

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

/** What each command of the keyboard and the buttons does to the pair. */
export function runCommand(
  pair: PlayerPair,
  command: Exclude<CompareCommand, 'close'>,
  { timeline, videos }: { readonly timeline: Timeline; readonly videos: HasSound },
): void {
  const { loop, sound } = pair.status()
  switch (command) {
    case 'toggle':
      pair.toggle()
      return
    case 'back':
      pair.step(-1)
      return
    case 'forward':
      pair.step(1)
      return
    case 'back-ten':
      pair.step(-10)
      return
    case 'forward-ten':
      pair.step(10)
      return
    case 'start':
      pair.seek(timeline.start)
      return
    case 'end':
      pair.seek(timeline.end)
      return
    case 'loop':
      pair.setLoop({ ...loop, on: !loop.on })
      return
    case 'loop-from':
      pair.setLoop(loopFrom(loop, pair.reading().time, timeline))
      return
    case 'loop-to':
      pair.setLoop(loopTo(loop, pair.reading().time, timeline))
      return
    case 'sound':
      pair.setSound(nextSound(videos, sound))
      return
    default:
      unreachable(command)
  }
}
