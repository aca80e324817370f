import { describe, expect, it } from 'vitest'
import { markedWords, undoOf } from '../../../src/renderer/state/mark-words.ts'
import { unmarked, type MarksChange, type TakeMarks } from '../../../src/shared/domain/marks.ts'

const marks = (number: number, different: Partial<TakeMarks> = {}): TakeMarks => ({
  ...unmarked,
  take: String(number),
  number,
  boards: [],
  ...different,
})

describe('What a change of marks says', () => {
  it.each<readonly [MarksChange, string]>([
    [{ stars: 4 }, 'Take 12: 4 stars.'],
    [{ stars: 0 }, 'Take 12: no stars.'],
    [{ flag: 'pick' }, 'Take 12: picked.'],
    [{ flag: null }, 'Take 12: no flag.'],
    [{ addTags: ['red coat', 'night'] }, 'Take 12: tagged “red coat”, “night”.'],
    [{ removeTags: ['night'] }, 'Take 12: no longer tagged “night”.'],
    [{ name: '' }, 'Take 12: no name.'],
    [{ name: 'Hero', note: 'left' }, 'Take 12: new name, note saved.'],
  ])('for %j is “%s”', (change, said) => {
    expect(markedWords([marks(12)], change)).toBe(said)
  })

  it('counts several takes', () => {
    expect(markedWords([marks(1), marks(2)], { stars: 1 })).toBe('2 takes: 1 star.')
  })
})

describe('Taking a change of marks back', () => {
  it('names only what the change was about', () => {
    const before = marks(1, { stars: 2, flag: 'pick', tags: ['night'], note: 'left' })
    expect(undoOf(before, { stars: 5 })).toEqual({ stars: 2 })
    expect(undoOf(before, { addTags: ['day'] })).toEqual({ tags: ['night'] })
    expect(undoOf(before, { flag: null, note: '' })).toEqual({ flag: 'pick', note: 'left' })
  })
})
