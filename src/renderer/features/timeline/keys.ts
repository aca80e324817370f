export type TimelineCommand =
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
export function commandFor(press: KeyPress): TimelineCommand | null {
  if (press.altKey || press.ctrlKey || press.metaKey) return null
  const key = press.key.toLowerCase()
  return eitherWay[key] ?? (press.shiftKey ? shifted : plain)[key] ?? null
}

/** Those that go on while the key is held down. */
export const repeats: ReadonlySet<TimelineCommand> = new Set<TimelineCommand>([
  'back',
  'forward',
  'back-ten',
  'forward-ten',
  'zoom-in',
  'zoom-out',
])
