import { dialogIsOpen, writesText, isMac, useKeyPresses } from '../../lib/shortcuts.ts'
import { useControlFocus } from '../../lib/use-control-focus.ts'
import { useApp } from '../../state/store.ts'
import { setEnd, type End } from './set-end.ts'
import type { FrameSpan } from '../../state/trim-window.ts'
import type { LoopPlayer } from '../../lib/clip-player.ts'
import { zoomStep } from './TimelineHead.tsx'
import type { Performed } from './use-performed.ts'
import type { TimelineView } from './view.ts'

type TimelineCommand =
  | 'toggle'
  | 'pause'
  | 'faster'
  | 'backwards'
  | 'back'
  | 'forward'
  | 'back-ten'
  | 'forward-ten'
  | 'set-in'
  | 'set-out'
  | 'go-in'
  | 'go-out'
  | 'sound'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-fit'

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

const plain: Readonly<Record<string, TimelineCommand>> = {
  ' ': 'toggle',
  k: 'pause',
  l: 'faster',
  j: 'backwards',
  arrowleft: 'back',
  arrowright: 'forward',
  i: 'set-in',
  o: 'set-out',
  home: 'go-in',
  end: 'go-out',
  s: 'sound',
  '-': 'zoom-out',
  '0': 'zoom-fit',
}

const shifted: Readonly<Record<string, TimelineCommand>> = {
  arrowleft: 'back-ten',
  arrowright: 'forward-ten',
}

/** On some keyboards a plus needs Shift, on others it does not. */
const eitherWay: Readonly<Record<string, TimelineCommand>> = { '+': 'zoom-in', '=': 'zoom-in' }

/** What a key press asks of the timeline. */
function commandFor(press: KeyPress): TimelineCommand | null {
  if (press.altKey || press.ctrlKey || press.metaKey) return null
  const key = press.key.toLowerCase()
  return eitherWay[key] ?? (press.shiftKey ? shifted : plain)[key] ?? null
}

/** Those that repeat while the key is held down. */
const repeats: ReadonlySet<TimelineCommand> = new Set<TimelineCommand>([
  'back',
  'forward',
  'back-ten',
  'forward-ten',
  'zoom-in',
  'zoom-out',
])

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

type Desk = {
  readonly performed: Performed
  readonly player: LoopPlayer | null
  readonly zoomable: TimelineView
  /** Told why setting an end did more or less than was asked. */
  readonly onSaid: (said: string | null, span: FrameSpan) => void
}

/** What each command of the keyboard does. */
export function useCommands({
  performed,
  player,
  zoomable,
  onSaid,
}: Desk): (command: TimelineCommand) => void {
  const toggleSound = useApp((state) => state.toggleClipSound)
  const { edges, span, limits, put } = performed
  const frame = () => player?.reading().frame ?? span.from
  const set = (end: End, to: number) => {
    const { span: next, said } = setEnd(edges, span, end, to, limits)
    put(next)
    onSaid(said, next)
  }

  const commands: Readonly<Record<TimelineCommand, () => void>> = {
    toggle: () => player?.toggle(),
    pause: () => player?.pause(),
    faster: () => player?.shuttle(1),
    backwards: () => player?.shuttle(-1),
    back: () => player?.step(-1),
    forward: () => player?.step(1),
    'back-ten': () => player?.step(-10),
    'forward-ten': () => player?.step(10),
    'set-in': () => {
      set('in', frame())
    },
    'set-out': () => {
      set('out', frame() + 1)
    },
    'go-in': () => player?.show(span.from),
    'go-out': () => player?.show(span.to - 1),
    sound: toggleSound,
    'zoom-in': () => {
      zoomable.zoomBy(1 / zoomStep)
    },
    'zoom-out': () => {
      zoomable.zoomBy(zoomStep)
    },
    'zoom-fit': zoomable.fit,
  }
  return (command) => {
    commands[command]()
  }
}

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
