import { expect, it } from 'vitest'
import { choose, firstChoice, flip, without } from '../../../src/renderer/features/compare/take-choice.ts'

const takes = ['a', 'b', 'c']

it('flips between the last two takes that were chosen', () => {
  const chosen = choose(choose(firstChoice('a'), 'c'), 'b')
  expect(flip(chosen, takes).chosen).toBe('c')
  expect(flip(flip(chosen, takes), takes).chosen).toBe('b')
})

it('keeps the take before when the same one is chosen again', () => {
  const chosen = choose(choose(firstChoice('a'), 'b'), 'b')
  expect(flip(chosen, takes).chosen).toBe('a')
})

it('flips to the next take first, and stays where there is only one', () => {
  expect(flip(firstChoice('c'), takes).chosen).toBe('a')
  expect(flip(firstChoice('a'), ['a'])).toEqual(firstChoice('a'))
})

it('never chooses a take that was removed', () => {
  const chosen = choose(firstChoice('a'), 'b')
  expect(without(chosen, ['a', 'c'])).toEqual(firstChoice('a'))
  expect(without(chosen, ['b', 'c'])).toEqual(firstChoice('b'))
  expect(without(chosen, ['c'])).toEqual(firstChoice('c'))
  expect(without(chosen, takes)).toEqual(chosen)
})
