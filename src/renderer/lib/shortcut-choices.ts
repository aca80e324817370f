import type { Chord, ShortcutChoices } from '../../shared/domain/chord.ts'
import { commandKey, commandsOf, shortcuts, type KeyPress, type Scope } from './shortcuts.ts'

/** A command that the user may give other keys. */
export type Choosable = { readonly scope: Scope; readonly command: string }

/** Escape closes whatever is open, in every window of every app. */
const fixed: ReadonlySet<string> = new Set([commandKey('comparison', 'close')])

/** Scopes whose keys can be chosen; those of `controls` belong to the system and to the controls. */
export const choosableScopes = Object.keys(shortcuts).filter(
  // The names of the table are its scopes.
  (scope): scope is Exclude<Scope, 'controls'> => scope !== 'controls',
)

export const isChoosable = ({ scope, command }: Choosable): boolean =>
  scope !== 'controls' && !fixed.has(commandKey(scope, command))

/** Scopes that never listen at the same time; all others do. */
const apart: readonly (readonly [Scope, Scope])[] = [
  ['timeline', 'comparison'],
  ['history', 'comparison'],
  ['generate', 'comparison'],
]

const listenTogether = (one: Scope, other: Scope) =>
  !apart.some((pair) => one !== other && pair.includes(one) && pair.includes(other))

const sameHeld = (one: Chord, other: Chord) => one.primary === other.primary && one.alt === other.alt

/** Whether one press would start both. */
export const meet = (one: Chord, other: Chord): boolean =>
  one.key.toLowerCase() === other.key.toLowerCase() &&
  sameHeld(one, other) &&
  (one.shift === other.shift || one.shift === 'either' || other.shift === 'either')

const modifiers: ReadonlySet<string> = new Set([
  ...['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock', 'Fn', 'Dead', 'Process'],
  'Unidentified',
])

const letterOrDigit = /^(?:Key|Digit)([A-Z0-9])$/

/** The keys of a press, as they would be written into the settings; null while only modifiers are held. */
export function chordOf(press: KeyPress, mac: boolean): Chord | null {
  if (modifiers.has(press.key)) return null
  const isThird = press.getModifierState?.('AltGraph') === true
  const alt = press.altKey && !isThird
  const primary = (mac ? press.metaKey : press.ctrlKey) && !isThird
  // With Alt, a Mac types another character: then the key counts.
  const key = (alt ? letterOrDigit.exec(press.code ?? '')?.[1] : undefined) ?? press.key
  const isSign = key.length === 1 && !/^\p{L}$/u.test(key) && key !== ' '
  const shift = isSign ? ('either' as const) : press.shiftKey ? (true as const) : undefined
  return {
    key: key.length === 1 ? key.toLowerCase() : key,
    ...(primary && { primary: true as const }),
    ...(alt && { alt: true as const }),
    ...(shift !== undefined && { shift }),
  }
}

/** Keys that leave a control or a window, or press one: without them nobody gets around. */
const navigation: ReadonlySet<string> = new Set([
  ...['Escape', 'Tab', 'Enter', 'ContextMenu', 'Backspace', 'Delete'],
])
/** With Ctrl or Command: what text fields, the browser and the system do with it. */
const ofTheSystem: ReadonlySet<string> = new Set([
  ...['a', 'c', 'v', 'x', 'q', 'w', 't', 'n', 'r', 'h', 'm', 'p', 'l', '+', '-', '=', '0', ' '],
  'F4',
])

/** Why these keys can never be chosen; null where they can. */
export function refusal(press: KeyPress, chord: Chord, mac: boolean): string | null {
  const isOther = mac ? press.ctrlKey : press.metaKey
  if (isOther) return mac ? 'Ctrl belongs to the system here.' : 'This key belongs to the system.'
  if (/^F\d+$/.test(chord.key)) return 'Function keys belong to the system.'
  if (navigation.has(chord.key) && !(chord.key === 'Enter' && chord.primary))
    return 'This key is needed to get around.'
  if (chord.primary && ofTheSystem.has(chord.key)) return 'These keys belong to the system.'
  if (chord.alt && [' ', 'F4'].includes(chord.key)) return 'These keys belong to the system.'
  return null
}

/** The command that has these keys already where this one listens; null where they are free. */
export function takenBy({ scope, command }: Choosable, chord: Chord): Choosable | null {
  for (const other of Object.keys(shortcuts) as Scope[]) {
    if (!listenTogether(scope, other)) continue
    const found = commandsOf(other).find(
      ([id, { chords }]) => !(other === scope && id === command) && chords.some((one) => meet(one, chord)),
    )
    if (found) return { scope: other, command: found[0] }
  }
  return null
}

/** The choices with these keys for a command; `undefined` brings back those of this build. */
export function withChoice(
  choices: ShortcutChoices,
  { scope, command }: Choosable,
  chord: Chord | null | undefined,
): ShortcutChoices {
  const { [commandKey(scope, command)]: _before, ...others } = choices
  return chord === undefined ? others : { ...others, [commandKey(scope, command)]: chord }
}
