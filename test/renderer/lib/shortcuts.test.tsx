import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import {
  commandFor,
  keysOf,
  shortcuts,
  shortcutList,
  type CommandOf,
  type Scope,
} from '../../../src/renderer/lib/shortcuts.ts'
import { useShortcuts } from '../../../src/renderer/lib/use-shortcuts.ts'
import { aTake } from '../../support/library/a-take.ts'
import { aCharacter } from '../../support/clips/facts.ts'
import { openWindow } from '../../support/window/open-window.tsx'

type Chord = {
  readonly key: string
  readonly primary?: true
  readonly alt?: true
  readonly shift?: true | 'either'
}
type Table = Readonly<
  Record<
    string,
    readonly { readonly commands: Readonly<Record<string, { readonly chords: readonly Chord[] }>> }[]
  >
>
type Entry = { readonly command: string; readonly chord: Chord }

/** The page without a Mac's user agent, so that commands are given with Ctrl. */
const pressOf = ({ key, primary, alt, shift }: Chord) => ({
  key,
  ctrlKey: primary !== undefined,
  shiftKey: shift === true,
  metaKey: false,
  altKey: alt === true,
})

const entriesOf = (table: Table, scope: string): readonly Entry[] =>
  (table[scope] ?? []).flatMap(({ commands }) =>
    Object.entries(commands).flatMap(([id, { chords }]) =>
      chords.map((chord) => ({ command: `${scope}: ${id}`, chord })),
    ),
  )

const meet = (one: Chord, other: Chord) =>
  one.key.toLowerCase() === other.key.toLowerCase() &&
  one.primary === other.primary &&
  one.alt === other.alt &&
  (one.shift === other.shift || one.shift === 'either' || other.shift === 'either')

/** Pairs of commands that one key press would start both of. */
function clashes(table: Table, together: readonly string[]): readonly string[] {
  const entries = together.flatMap((scope) => entriesOf(table, scope))
  return entries.flatMap((one, index) =>
    entries
      .slice(index + 1)
      .filter((other) => one.command !== other.command && meet(one.chord, other.chord))
      .map((other) => `${one.command} and ${other.command}`),
  )
}

/** The scopes that listen at the same time. */
const together: readonly (readonly Scope[])[] = [
  ['window', 'generate', 'history', 'timeline'],
  ['window', 'history', 'takes', 'library'],
  ['timeline', 'takes'],
  ['window', 'comparison'],
]

describe('The table of shortcuts', () => {
  it('gives no two commands one key where both would hear it', () => {
    // The part that has the focus decides, as a test below shows.
    const decided = ['timeline: zoom-fit and takes: stars-0']
    expect(together.flatMap((scopes) => clashes(shortcuts, scopes))).toEqual(decided)
    expect(new Set(together.flat()).size).toBe(Object.keys(shortcuts).length - 1)
  })

  it('would show such a pair', () => {
    const planted: Table = {
      ...shortcuts,
      timeline: [...shortcuts.timeline, { commands: { planted: { chords: [{ key: 'O', primary: true }] } } }],
    }
    expect(clashes(planted, together[0] ?? [])).toEqual(['window: choose and timeline: planted'])
  })

  it('prints for every command the keys that start it', () => {
    expect(shortcutList('comparison').map(({ does, keys }) => `${does}: ${keys.join(' ')}`)).toEqual([
      'Play or pause: Space',
      'One frame back: ← ,',
      'One frame forward: → .',
      'Ten frames: Shift ← →',
      'To the start, to the end: Home End',
      'Step back, stop, play; again for faster: J K L',
      'Slower: [ ↓',
      'Faster: ] ↑',
      'Go to a time or a frame: G',
      'Copy time, frames and offset: C',
      'Loop: R',
      'Loop from here, loop to here: I O',
      'Sound: reference, result or none: S',
      'Show the result a frame earlier, later: Alt ← →',
      'Choose a take: Alt 1 2 3 4',
      'Flip between the last two takes: A',
      'Side by side, stacked, wipe, overlay, blink, difference: 1 2 3 4 5 6',
      'Zoom in, out, whole pictures: + − 0',
      'One picture pixel per screen pixel: Z',
      'Blink: hold to see the reference: B',
      'Wipe: hold to move the line: W',
      'Full screen: F',
      'Close the comparison: Esc',
    ])
    expect([keysOf('window', 'settings'), keysOf('history', 'redo'), keysOf('timeline', 'zoom-out')]).toEqual(
      [['Ctrl', ','], ['Shift', 'Ctrl', 'Z'], ['−']],
    )
  })
})

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', true>> = {},
) => ({
  ...{ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
})

describe('Undo and redo', () => {
  const of = (event: ReturnType<typeof press>, mac: boolean) => commandFor('history', event, mac)?.id ?? null

  it('have the keys of the machine', () => {
    expect(of(press('z', { ctrlKey: true }), false)).toBe('undo')
    expect(of(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('redo')
    expect(of(press('y', { ctrlKey: true }), false)).toBe('redo')
    expect(of(press('z', { metaKey: true }), true)).toBe('undo')
    expect(of(press('Z', { metaKey: true, shiftKey: true }), true)).toBe('redo')
  })

  it('need their command key, and no other one beside it', () => {
    expect(of(press('z'), false)).toBeNull()
    expect(of(press('z', { metaKey: true }), false)).toBeNull()
    expect(of(press('z', { ctrlKey: true }), true)).toBeNull()
    expect(of(press('z', { ctrlKey: true, altKey: true }), false)).toBeNull()
    expect(of(press('x', { ctrlKey: true }), false)).toBeNull()
  })
})

describe('The keys of the comparison', () => {
  const of = (...event: Parameters<typeof press>) =>
    commandFor('comparison', press(...event), false)?.id ?? null

  it('step by one frame, with Shift by ten, on arrows and on the keys of editors', () => {
    expect([of('ArrowLeft'), of(','), of('ArrowRight'), of('.')]).toEqual([
      'back',
      'back',
      'forward',
      'forward',
    ])
    const shiftKey = true
    expect([of('ArrowLeft', { shiftKey }), of('<', { shiftKey }), of('>', { shiftKey })]).toEqual([
      'back-ten',
      'back-ten',
      'forward-ten',
    ])
  })

  it('work with Caps Lock on', () => {
    expect([of('R'), of('S'), of('I')]).toEqual(['loop', 'sound', 'loop-from'])
  })

  it('leave the system and the app theirs', () => {
    expect([of('s', { ctrlKey: true }), of('o', { metaKey: true }), of('x')]).toEqual([null, null, null])
  })
})

type Heard = Exclude<Scope, 'controls'>

function listenTo(scope: Heard, release: Partial<Record<CommandOf<'comparison'>, () => void>> = {}) {
  const heard = vi.fn<(command: string) => void>()
  const ids = entriesOf(shortcuts, scope).map(({ command }) => command.slice(scope.length + 2))
  // Each scope gets a handler for every one of its commands.
  const handlers = Object.fromEntries(
    ids.map((id) => [
      id,
      () => {
        heard(id)
      },
    ]),
  ) as Record<CommandOf<Heard>, () => void>
  function Listener() {
    useShortcuts(scope, handlers, release)
    return (
      <>
        <input aria-label="Words" />
        <button type="button">A button</button>
      </>
    )
  }
  render(<Listener />)
  return heard
}

describe.each(Object.keys(shortcuts).filter((scope): scope is Heard => scope !== 'controls'))(
  'Pressing the keys of the scope “%s”',
  (scope) => {
    it('runs each command, and nothing else', () => {
      const heard = listenTo(scope)
      for (const { command, chord } of entriesOf(shortcuts, scope)) {
        heard.mockClear()
        expect(fireEvent.keyDown(document.body, pressOf(chord))).toBe(false)
        expect(heard.mock.calls).toEqual([[command.slice(scope.length + 2)]])
      }
    })

    it.each(['dialog', 'alertdialog', 'menu', 'listbox'])('runs nothing behind a %s', (role) => {
      const heard = listenTo(scope)
      render(<div role={role} />)
      for (const { chord } of entriesOf(shortcuts, scope)) fireEvent.keyDown(document.body, pressOf(chord))
      expect(heard).not.toHaveBeenCalled()
    })
  },
)

describe('A key', () => {
  it('is a letter while a text field has the focus', () => {
    const heard = listenTo('timeline')
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'i' })
    expect(heard).not.toHaveBeenCalled()
  })

  it('that is held down steps again and again, but plays or loops only once', () => {
    const heard = listenTo('comparison')
    for (const key of ['ArrowRight', ' ', 'r'])
      for (const repeat of [false, true, true]) fireEvent.keyDown(document.body, { key, repeat })
    expect(heard.mock.calls.flat()).toEqual(['forward', 'forward', 'forward', 'toggle', 'loop'])
  })

  it('that does something while it is held ends it once, even if Shift is let go in between', () => {
    const released = vi.fn()
    const heard = listenTo('comparison', { 'blink-other': released })
    fireEvent.keyDown(document.body, { key: 'b', code: 'KeyB' })
    fireEvent.keyDown(document.body, { key: 'b', code: 'KeyB', repeat: true })
    fireEvent.keyUp(document.body, { key: 'x', code: 'KeyX' })
    expect([heard.mock.calls.length, released.mock.calls.length]).toEqual([1, 0])
    fireEvent.keyUp(document.body, { key: 'B', code: 'KeyB', shiftKey: true })
    fireEvent.keyUp(document.body, { key: 'b', code: 'KeyB' })
    expect(released).toHaveBeenCalledOnce()
  })

  it('that is held while the window loses the keyboard ends there', () => {
    const released = vi.fn()
    listenTo('comparison', { 'blink-other': released })
    fireEvent.keyDown(document.body, { key: 'b', code: 'KeyB' })
    fireEvent.blur(window)
    fireEvent.keyUp(document.body, { key: 'b', code: 'KeyB' })
    expect(released).toHaveBeenCalledOnce()
  })
})

/** What the lists promise of keys that a control or the page itself hears. */
const promises: Readonly<Record<CommandOf<'controls'>, () => Promise<void>>> = {
  paste: async () => {
    const studio = openWindow()
    await screen.findByRole('button', { name: 'Try the sample' })
    studio.addFile({ name: 'hero.png', facts: aCharacter() })
    fireEvent.paste(document.body, {
      clipboardData: { files: [new File(['x'], 'hero.png')], types: ['Files'] },
    })
    expect(await screen.findByRole('img', { name: 'The character, hero.png' })).toBeVisible()
  },
  next: () => walk('{ArrowRight}', 0, 1),
  previous: () => walk('{ArrowLeft}', 2, 1),
  close: async () => {
    const { user } = openWindow()
    await user.click(await screen.findByRole('button', { name: 'Keyboard shortcuts' }))
    await screen.findByRole('dialog')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
  },
}

async function walk(key: string, from: number, to: number): Promise<void> {
  const states = [1, 2, 3].map((take) =>
    aTake({ id: `01K9${String(take).padStart(22, '0')}`, state: 'DONE' }),
  )
  const { user } = openWindow({ takes: states })
  const rows = await screen.findAllByRole('button', { name: /^Take \d/ })
  rows[from]?.focus()
  await user.keyboard(key)
  await waitFor(() => {
    expect(rows[to]).toHaveFocus()
  })
}

describe('A key that the lists name and a control hears', () => {
  it.each(Object.entries(promises))('does what they say: %s', async (_, keep) => {
    await keep()
  })
})
