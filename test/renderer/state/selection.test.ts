import { describe, expect, it } from 'vitest'
import { nothingSelected, selectionAfter, stepOf } from '../../../src/renderer/state/selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const one = selectionAfter(nothingSelected, 'b', 'only', order)

describe('The selection', () => {
  it('is the one that was clicked', () => {
    expect(one).toEqual({ ids: ['b'], anchor: 'b' })
    expect(selectionAfter(one, 'd', 'only', order).ids).toEqual(['d'])
  })

  it('gains and loses one with Ctrl', () => {
    const two = selectionAfter(one, 'd', 'toggle', order)
    expect(two.ids).toEqual(['b', 'd'])
    expect(selectionAfter(two, 'b', 'toggle', order).ids).toEqual(['d'])
  })

  it('reaches from the first to the clicked one with Shift, to both sides', () => {
    const far = selectionAfter(one, 'd', 'through', order)
    expect(far).toEqual({ ids: ['b', 'c', 'd'], anchor: 'b' })
    expect(selectionAfter(far, 'a', 'through', order).ids).toEqual(['a', 'b'])
  })

  it('starts over where the first one is out of sight', () => {
    expect(selectionAfter(one, 'd', 'through', ['c', 'd']).ids).toEqual(['d'])
    expect(selectionAfter(nothingSelected, 'd', 'through', order).ids).toEqual(['d'])
  })

  it.each([
    [{ ctrlKey: false, metaKey: false, shiftKey: false }, 'only'],
    [{ ctrlKey: true, metaKey: false, shiftKey: false }, 'toggle'],
    [{ ctrlKey: false, metaKey: true, shiftKey: false }, 'toggle'],
    [{ ctrlKey: true, metaKey: false, shiftKey: true }, 'through'],
  ] as const)('reads the keys that are held: %j', (keys, step) => {
    expect(stepOf(keys)).toBe(step)
  })
})
