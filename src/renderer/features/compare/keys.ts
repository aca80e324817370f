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
  ['Sound of the reference, of the result, none', ['S']],
  ['Close the comparison', ['Esc']],
]
