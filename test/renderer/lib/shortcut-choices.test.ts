import { afterEach, describe, expect, it } from 'vitest'
import {
  choosableScopes,
  chordOf,
  isChoosable,
  meet,
  refusal,
  takenBy,
  withChoice,
} from '../../../src/renderer/lib/shortcut-choices.ts'
import {
  chooseShortcuts,
  commandFor,
  commandsOf,
  keysOf,
  shortcutList,
  type KeyPress,
} from '../../../src/renderer/lib/shortcuts.ts'
import { nameOfCommand } from '../../../src/renderer/features/settings/shortcut-words.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
})

afterEach(() => {
  chooseShortcuts({})
})

describe('Keys that the user chose', () => {
  it('start the command in place of the old ones, and are shown everywhere', () => {
    chooseShortcuts({ 'window.settings': { key: 'j', primary: true }, 'timeline.sound': null })
    expect(commandFor('window', press('j', { ctrlKey: true }), false)?.id).toBe('settings')
    expect(commandFor('window', press(',', { ctrlKey: true }), false)).toBeNull()
    expect(commandFor('timeline', press('s'), false)).toBeNull()
    expect(keysOf('window', 'settings')).toEqual(['Ctrl', 'J'])
    expect(keysOf('timeline', 'sound')).toEqual([])
    expect(shortcutList('window').find(({ does }) => does === 'Settings')?.keys).toEqual(['Ctrl', 'J'])
  })

  it('are listed in full where one line has different keys to hold', () => {
    chooseShortcuts({ 'window.make': { key: 'm', alt: true } })
    expect(shortcutList('window')[0]?.keys).toEqual(['Alt', 'M', 'Ctrl', '2', 'Ctrl', '3'])
  })

  it('come back to those of the build', () => {
    const one = { scope: 'window', command: 'settings' } as const
    const own = withChoice({ 'window.make': null }, one, { key: 'j', primary: true })
    expect(own).toEqual({ 'window.make': null, 'window.settings': { key: 'j', primary: true } })
    expect(withChoice(own, one, undefined)).toEqual({ 'window.make': null })
  })
})

describe('Recording', () => {
  it('waits while only modifiers are held', () => {
    for (const key of ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'])
      expect(chordOf(press(key), false)).toBeNull()
  })

  it('keeps letters in lower case with Shift, and signs and digits without it', () => {
    expect(chordOf(press('J', { shiftKey: true, ctrlKey: true }), false)).toEqual({
      key: 'j',
      primary: true,
      shift: true,
    })
    expect(chordOf(press('?', { shiftKey: true }), false)).toEqual({ key: '?', shift: 'either' })
    expect(chordOf(press('ArrowLeft', { shiftKey: true }), false)).toEqual({ key: 'ArrowLeft', shift: true })
    expect(chordOf(press('j', { metaKey: true }), true)).toEqual({ key: 'j', primary: true })
  })

  it('hears what AltGr types as a plain sign, and the key where a Mac’s Option types something else', () => {
    const altGr = { ctrlKey: true, altKey: true, getModifierState: (name: string) => name === 'AltGraph' }
    expect(chordOf(press('[', altGr), false)).toEqual({ key: '[', shift: 'either' })
    const option = press('∆', { altKey: true, code: 'KeyJ' })
    const chord = chordOf(option, true)
    expect(chord).toEqual({ key: 'j', alt: true })
    chooseShortcuts({ 'timeline.sound': chord })
    expect(commandFor('timeline', option, true)?.id).toBe('sound')
  })

  it('makes keys that start the command, on every kind of press', () => {
    for (const one of [
      press('J', { shiftKey: true }),
      press('7'),
      press('PageUp', { altKey: true }),
      press(';'),
    ]) {
      chooseShortcuts({ 'window.library': chordOf(one, false) })
      expect(commandFor('window', one, false)?.id).toBe('library')
    }
  })
})

describe('Keys that can never be chosen', () => {
  const refused = (one: KeyPress, mac = false) => {
    const chord = chordOf(one, mac)
    return chord !== null && refusal(one, chord, mac) !== null
  }
  it.each([...['Escape', 'Tab', 'Enter', 'Backspace', 'Delete', 'F1', 'F5', 'F11', 'F12', 'ContextMenu']])(
    'include %s',
    (key) => {
      expect(refused(press(key))).toBe(true)
    },
  )

  it.each('acvxqwtnrpl+-=0'.split(''))('include Ctrl+%s, and ⌘ on a Mac', (key) => {
    expect([refused(press(key, { ctrlKey: true })), refused(press(key, { metaKey: true }), true)]).toEqual([
      true,
      true,
    ])
  })

  it('include the key of the system itself, and Alt+F4', () => {
    expect(refused(press('j', { metaKey: true }))).toBe(true)
    expect(refused(press('j', { ctrlKey: true }), true)).toBe(true)
    expect(refused(press('F4', { altKey: true }))).toBe(true)
    expect(refused(press(' ', { altKey: true }))).toBe(true)
  })

  it('are not letters, signs, arrows and what is held with them', () => {
    for (const one of [
      ...[
        press('j'),
        press(','),
        press('ArrowUp'),
        press(' '),
        press('Home'),
        press('Enter', { ctrlKey: true }),
      ],
      ...[
        press('j', { ctrlKey: true }),
        press('j', { ctrlKey: true, shiftKey: true }),
        press('1', { altKey: true }),
      ],
    ])
      expect(refused(one)).toBe(false)
  })
})

describe('Keys that are taken', () => {
  it('are known where both would hear them', () => {
    const settings = { scope: 'window', command: 'settings' } as const
    expect(takenBy(settings, { key: 'o', primary: true })).toEqual({ scope: 'window', command: 'choose' })
    expect(takenBy(settings, { key: 's' })).toMatchObject({ command: 'sound' })
    expect(takenBy(settings, { key: ',', primary: true, shift: 'either' })).toBeNull()
    expect(takenBy(settings, { key: 'v', primary: true })).toMatchObject({ scope: 'controls' })
  })

  it('are free where the other one never listens at the same time', () => {
    expect(takenBy({ scope: 'timeline', command: 'sound' }, { key: 'f' })).toBeNull()
    expect(takenBy({ scope: 'comparison', command: 'sound' }, { key: 'f' })).toMatchObject({
      command: 'full-screen',
    })
  })

  it('are free again once they were taken away', () => {
    chooseShortcuts({ 'window.choose': null })
    expect(takenBy({ scope: 'window', command: 'settings' }, { key: 'o', primary: true })).toBeNull()
  })

  it('are those of one press', () => {
    expect(meet({ key: 'O', primary: true }, { key: 'o', primary: true, shift: 'either' })).toBe(true)
    expect(meet({ key: 'o', shift: true }, { key: 'o' })).toBe(false)
    expect(meet({ key: 'o', alt: true }, { key: 'o' })).toBe(false)
  })
})

describe('The editor', () => {
  it.each(choosableScopes)('has a name for every command of “%s” and no name twice', (scope) => {
    const names = commandsOf(scope)
      .map(([command]) => ({ scope, command }))
      .filter(isChoosable)
      .map(nameOfCommand)
    expect(names.length).toBe(new Set(names).size)
  })
})
