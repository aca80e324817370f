import { expect, it } from 'vitest'
import { commandFor } from '../../../src/renderer/lib/shortcuts.ts'

type Held = {
  readonly ctrlKey?: true
  readonly altKey?: true
  readonly altGraph?: true
  readonly code?: string
}

function commandOf(key: string, { altGraph, code, ...held }: Held = {}, mac = false) {
  const press = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held, key }
  const getModifierState = (name: string) => altGraph === true && name === 'AltGraph'
  return commandFor('comparison', { ...press, ...(code !== undefined && { code }), getModifierState }, mac)
    ?.id
}

const windows = { ctrlKey: true, altKey: true, altGraph: true } as const

it('a sign is the same one with AltGr, or with Option on a Mac', () => {
  expect(commandOf('[', windows)).toBe('speed-down')
  expect(commandOf(']', { altGraph: true })).toBe('speed-up')
  expect(commandOf('[', { altKey: true }, true)).toBe('speed-down')
})

it('Ctrl and Alt are no AltGr, and AltGr makes no shortcut of a letter or an arrow', () => {
  expect(commandOf('[', { ctrlKey: true, altKey: true })).toBeUndefined()
  expect(commandOf('[', { altKey: true })).toBeUndefined()
  expect([commandOf('s', windows), commandOf('ArrowLeft', windows)]).toEqual([undefined, undefined])
})

it('on a Mac, Option and a digit type a sign and still choose a take', () => {
  expect(commandOf('¡', { altKey: true, code: 'Digit1' }, true)).toBe('take-1')
})

it('the speed has keys that need neither', () => {
  expect([commandOf('ArrowDown'), commandOf('ArrowUp')]).toEqual(['speed-down', 'speed-up'])
})
