import type { Chord, ShortcutChoices } from '../../shared/domain/chord.ts'

/** Every shortcut of the window. What runs, the lists the user opens and the tooltips all read this table. */

type ListedChord = Chord & {
  /** A second way to the same command, which the lists leave out. */
  readonly unlisted?: true
}

type Command = {
  /** The first one is also shown in the tooltip. */
  readonly chords: readonly ListedChord[]
  /** Runs again and again while the key is held down. */
  readonly repeats?: true
  /** Works in a text field too. */
  readonly inFields?: true
}

type Row = { readonly does: string; readonly commands: Readonly<Record<string, Command>> }

const plain = (...keys: readonly string[]): Command => ({ chords: keys.map((key) => ({ key })) })
const held = (...chords: readonly ListedChord[]): Command => ({ chords, repeats: true })
/** On some keyboards a digit or a plus needs Shift, on others it does not. */
const typed = (key: string): Chord => ({ key, shift: 'either' })
const app = (key: string): Command => ({ chords: [{ key, primary: true, shift: 'either' }], inFields: true })
const unlisted = (key: string): ListedChord => ({ key, shift: true, unlisted: true })

/** By scope: the part of the window that listens. One row is one line of a list. */
export const shortcuts = {
  window: [
    {
      does: 'Make, Compare, Library',
      commands: { make: app('1'), compare: app('2'), library: app('3') },
    },
    { does: 'Choose a character or a clip', commands: { choose: app('o') } },
    { does: 'Accounts, clip hosts, prices and spending', commands: { accounts: app('k') } },
    { does: 'Settings', commands: { settings: app(',') } },
    { does: 'This list', commands: { shortcuts: { chords: [{ key: '?', shift: 'either' }] } } },
  ],
  generate: [{ does: 'Generate', commands: { generate: app('Enter') } }],
  timeline: [
    { does: 'Play the performed part, or stop', commands: { toggle: plain(' ') } },
    {
      does: 'Backward, stop, forward; again for faster',
      commands: { backward: plain('j'), pause: plain('k'), faster: plain('l') },
    },
    {
      does: 'One frame',
      commands: { back: held({ key: 'ArrowLeft' }), forward: held({ key: 'ArrowRight' }) },
    },
    {
      does: 'Ten frames',
      commands: {
        'back-ten': held({ key: 'ArrowLeft', shift: true }),
        'forward-ten': held({ key: 'ArrowRight', shift: true }),
      },
    },
    { does: 'Start the part here, end it here', commands: { 'set-in': plain('i'), 'set-out': plain('o') } },
    {
      does: 'Go to the in-point, to the out-point',
      commands: { 'go-in': plain('Home'), 'go-out': plain('End') },
    },
    { does: 'Sound of the clip', commands: { sound: plain('s') } },
    {
      does: 'Zoom in, out, the whole clip',
      commands: {
        'zoom-in': held(typed('+'), { ...typed('='), unlisted: true }),
        'zoom-out': held({ key: '-' }),
        'zoom-fit': plain('0'),
      },
    },
  ],
  history: [
    { does: 'Undo', commands: { undo: held({ key: 'z', primary: true }) } },
    {
      does: 'Redo',
      commands: {
        redo: held({ key: 'z', primary: true, shift: true }, { key: 'y', primary: true, unlisted: true }),
      },
    },
  ],
  /** For the selected takes, or the one whose poster has the focus. */
  takes: [
    {
      does: 'Stars of the selected takes',
      commands: {
        'stars-0': { chords: [typed('0')] },
        'stars-1': { chords: [typed('1')] },
        'stars-2': { chords: [typed('2')] },
        'stars-3': { chords: [typed('3')] },
        'stars-4': { chords: [typed('4')] },
        'stars-5': { chords: [typed('5')] },
      },
    },
    {
      does: 'Pick, reject, no flag',
      commands: { pick: plain('p'), reject: plain('x'), unflag: plain('u') },
    },
    { does: 'Onto the board used last', commands: { board: plain('b') } },
    { does: 'Rename the take', commands: { rename: plain('F2') } },
    {
      does: 'Move to trash',
      commands: { trash: { chords: [{ key: 'Delete' }, { key: 'Backspace', unlisted: true }] } },
    },
    { does: 'Select nothing', commands: { clear: plain('Escape') } },
  ],
  library: [
    { does: 'Search the library', commands: { search: { chords: [{ key: 'f', primary: true }] } } },
    { does: 'Select all takes that are found', commands: { all: { chords: [{ key: 'a', primary: true }] } } },
  ],
  comparison: [
    { does: 'Play or pause', commands: { toggle: plain(' ') } },
    { does: 'One frame back', commands: { back: held({ key: 'ArrowLeft' }, { key: ',' }) } },
    { does: 'One frame forward', commands: { forward: held({ key: 'ArrowRight' }, { key: '.' }) } },
    {
      does: 'Ten frames',
      commands: {
        // With Shift, a comma and a full stop become other characters on many keyboards.
        'back-ten': held({ key: 'ArrowLeft', shift: true }, unlisted(','), unlisted('<'), unlisted(';')),
        'forward-ten': held({ key: 'ArrowRight', shift: true }, unlisted('.'), unlisted('>'), unlisted(':')),
      },
    },
    { does: 'To the start, to the end', commands: { start: plain('Home'), end: plain('End') } },
    {
      does: 'Step back, stop, play; again for faster',
      commands: {
        'shuttle-back': held({ key: 'j' }),
        'shuttle-pause': plain('k'),
        'shuttle-forward': plain('l'),
      },
    },
    // Brackets need AltGr on many keyboards, arrows on none.
    { does: 'Slower', commands: { 'speed-down': held(typed('['), { key: 'ArrowDown' }) } },
    { does: 'Faster', commands: { 'speed-up': held(typed(']'), { key: 'ArrowUp' }) } },
    { does: 'Go to a time or a frame', commands: { 'go-to': plain('g') } },
    { does: 'Copy time, frames and offset', commands: { 'copy-place': plain('c') } },
    { does: 'Loop', commands: { loop: plain('r') } },
    {
      does: 'Loop from here, loop to here',
      commands: { 'loop-from': plain('i'), 'loop-to': plain('o') },
    },
    { does: 'Sound: reference, result or none', commands: { sound: plain('s') } },
    {
      does: 'Show the result a frame earlier, later',
      commands: {
        'offset-earlier': held({ key: 'ArrowLeft', alt: true }),
        'offset-later': held({ key: 'ArrowRight', alt: true }),
      },
    },
    {
      does: 'Choose a take',
      commands: {
        'take-1': { chords: [{ key: '1', alt: true }] },
        'take-2': { chords: [{ key: '2', alt: true }] },
        'take-3': { chords: [{ key: '3', alt: true }] },
        'take-4': { chords: [{ key: '4', alt: true }] },
      },
    },
    { does: 'Flip between the last two takes', commands: { flip: plain('a') } },
    {
      does: 'Side by side, stacked, wipe, overlay, blink, difference',
      commands: {
        'side-by-side': { chords: [typed('1')] },
        stacked: { chords: [typed('2')] },
        wipe: { chords: [typed('3')] },
        overlay: { chords: [typed('4')] },
        blink: { chords: [typed('5')] },
        difference: { chords: [typed('6')] },
      },
    },
    {
      does: 'Zoom in, out, whole pictures',
      commands: {
        'zoom-in': held(typed('+'), { ...typed('='), unlisted: true }),
        'zoom-out': held({ key: '-' }),
        'zoom-fit': { chords: [typed('0')] },
      },
    },
    { does: 'One picture pixel per screen pixel', commands: { 'zoom-actual': plain('z') } },
    { does: 'Blink: hold to see the reference', commands: { 'blink-other': plain('b') } },
    { does: 'Wipe: hold to move the line', commands: { 'wipe-follow': plain('w') } },
    { does: 'Full screen', commands: { 'full-screen': plain('f') } },
    { does: 'Close the comparison', commands: { close: plain('Escape') } },
  ],
  /** Not for `useShortcuts`: the paste event, the list of takes and every dialog handle these. */
  controls: [
    { does: 'Paste a copied image or video', commands: { paste: { chords: [{ key: 'v', primary: true }] } } },
    { does: 'Move through takes', commands: { previous: plain('ArrowLeft'), next: plain('ArrowRight') } },
    { does: 'Close the top window', commands: { close: plain('Escape') } },
  ],
} as const satisfies Readonly<Record<string, readonly Row[]>>

export type Scope = keyof typeof shortcuts

/** What the user chose in place of this table; mirrors the settings. */
let chosen: ShortcutChoices = {}

export function chooseShortcuts(choices: ShortcutChoices): void {
  chosen = choices
}

export const commandKey = (scope: Scope, command: string): string => `${scope}.${command}`

function chordsNow(scope: Scope, command: string, ofBuild: readonly ListedChord[]): readonly ListedChord[] {
  const own = chosen[commandKey(scope, command)]
  return own === undefined ? ofBuild : own === null ? [] : [own]
}

type KeysOfEach<T> = T extends unknown ? keyof T : never
export type CommandOf<S extends Scope> = KeysOfEach<(typeof shortcuts)[S][number]['commands']> & string

export const isMac = (): boolean => navigator.userAgent.includes('Mac')

/** The key that commands are given with, as it is printed. */
export const primaryKey = (): string => (isMac() ? '⌘' : 'Ctrl')

export type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'> & {
  readonly code?: string
  readonly getModifierState?: KeyboardEvent['getModifierState']
}

/** Neither a letter nor a digit, which AltGr may leave as they are. */
const isSign = (key: string) => /^[^\p{L}\p{N}\s]$/u.test(key)

/** On many keyboards a sign such as "[" is typed with AltGr, which Windows reports as Ctrl and Alt, or with a Mac's Option. */
const isThirdSign = (press: KeyPress, mac: boolean): boolean =>
  isSign(press.key) &&
  !press.metaKey &&
  (press.getModifierState?.('AltGraph') === true || (mac && press.altKey && !press.ctrlKey))

function matches({ key, primary, alt, shift }: Chord, press: KeyPress, mac: boolean): boolean {
  if (press.key === key && !primary && !alt && isThirdSign(press, mac)) return true
  if (press.altKey !== (alt === true)) return false
  const isPlace = [`Digit${key}`, `Key${key.toUpperCase()}`].includes(press.code ?? '')
  if (press.key.toLowerCase() !== key.toLowerCase() && !(alt && isPlace)) return false
  if (shift !== 'either' && press.shiftKey !== (shift === true)) return false
  if (primary) return mac ? press.metaKey : press.ctrlKey
  return !press.ctrlKey && !press.metaKey
}

/** The commands of a scope with the keys that start them now. */
export const commandsOf = (scope: Scope): readonly (readonly [string, Command])[] =>
  shortcuts[scope].flatMap(({ commands }: Row) =>
    Object.entries(commands).map(
      ([id, command]) => [id, { ...command, chords: chordsNow(scope, id, command.chords) }] as const,
    ),
  )

/** Which command of a scope a key press means; `mac`: commands are given with the Command key. */
export function commandFor<S extends Scope>(
  scope: S,
  press: KeyPress,
  mac: boolean,
): (Command & { readonly id: CommandOf<S> }) | null {
  const found = commandsOf(scope).find(([, { chords }]) => chords.some((chord) => matches(chord, press, mac)))
  // The names in the rows of a scope are its commands, by the type that is read from them.
  return found ? { ...found[1], id: found[0] as CommandOf<S> } : null
}

const names: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '-': '−',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

const printed = ({ key }: Chord) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)

const heldWith = ({ primary, alt, shift }: Chord): readonly string[] => [
  ...(alt ? [isMac() ? '⌥' : 'Alt'] : []),
  ...(shift === true ? ['Shift'] : []),
  ...(primary ? [primaryKey()] : []),
]

/** Keys as they are printed on this machine's keyboard. */
export const printedKeys = (chord: Chord): readonly string[] => [...heldWith(chord), printed(chord)]

/** The keys of a command as they are printed on this machine's keyboard; none where the user took them away. */
export function keysOf<S extends Scope>(scope: S, command: CommandOf<S>): readonly string[] {
  const chord = commandsOf(scope).find(([id]) => id === command)?.[1].chords[0]
  return chord ? printedKeys(chord) : []
}

/** The lines of a list: what the shortcuts of a scope do, and their keys as printed. */
export const shortcutList = (
  scope: Scope,
): readonly { readonly does: string; readonly keys: readonly string[] }[] =>
  shortcuts[scope].map(({ does, commands }: Row) => {
    const chords = Object.entries(commands)
      .flatMap(([id, command]) => chordsNow(scope, id, command.chords))
      .filter((chord) => !chord.unlisted)
    const heldKeys = chords.map((chord) => heldWith(chord))
    const [first = []] = heldKeys
    const isShared = heldKeys.every((keys) => keys.join() === first.join())
    return { does, keys: isShared ? [...first, ...chords.map(printed)] : chords.flatMap(printedKeys) }
  })
