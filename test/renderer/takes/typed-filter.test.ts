import { describe, expect, it } from 'vitest'
import {
  boardsIn,
  chipsIn,
  entered,
  takenBack,
  typed,
  withBoard,
} from '../../../src/renderer/features/takes/library/typed-filter.ts'

const empty = { filter: '', typedFilter: '' }
const after = (text: string) =>
  text.split('').reduce((before, letter) => typed(before, before.typedFilter + letter), empty)

describe('What is typed into the search', () => {
  it('becomes a chip at the space after a condition, and stays text while it is words', () => {
    expect(after('stars>=4 red coat')).toEqual({ filter: 'stars>=4', typedFilter: 'red coat' })
    expect(after('red stars>=4 co')).toEqual({ filter: 'stars>=4', typedFilter: 'red co' })
    expect(after('clip:dance ')).toEqual({ filter: 'clip:dance', typedFilter: '' })
  })

  it('keeps the words in quotation marks together until they end', () => {
    expect(after('tag:"red ')).toEqual({ filter: '', typedFilter: 'tag:"red ' })
    expect(after('tag:"red coat" ')).toEqual({ filter: 'tag:"red coat"', typedFilter: '' })
  })

  it('stays where it cannot be read', () => {
    expect(after('stars>=9 ')).toEqual({ filter: '', typedFilter: 'stars>=9 ' })
    expect(entered({ filter: 'flag:pick', typedFilter: 'colour:red' })).toEqual({
      filter: 'flag:pick',
      typedFilter: 'colour:red',
    })
  })

  it('becomes chips with Enter, and text again with Backspace', () => {
    const chips = entered({ filter: 'flag:pick', typedFilter: 'red "long coat"' })
    expect(chips).toEqual({ filter: 'flag:pick red "long coat"', typedFilter: '' })
    expect(chipsIn(chips.filter).map(({ label }) => label)).toEqual(['Picked', 'red', '“long coat”'])
    expect(takenBack(chips)).toEqual({ filter: 'flag:pick red', typedFilter: '"long coat"' })
    expect(takenBack(empty)).toEqual(empty)
  })
})

describe('A board in the search', () => {
  it('takes the place of another board and leaves the rest', () => {
    expect(withBoard('stars>=4 board:Best', 'Red coat')).toBe('stars>=4 board:"Red coat"')
    expect(withBoard('stars>=4 board:Best', null)).toBe('stars>=4')
    expect(boardsIn('board:Best -board:Worst')).toEqual(['Best'])
  })
})
