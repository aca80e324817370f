import { describe, expect, it } from 'vitest'
import { gridRows, stepInGrid } from '../../../src/renderer/features/takes/library/grid-rows.ts'
import type { TakeCard } from '../../../src/shared/domain/catalogue.ts'

const now = new Date(2026, 10, 21, 12).getTime()
const card = (id: string): TakeCard => ({
  id,
  number: 1,
  createdAt: '2026-11-21T12:00:00.000Z',
  state: 'DONE',
  stars: 0,
  flag: null,
  ratio: null,
})
const cards = ['a', 'b', 'c', 'd', 'e'].map(card)
const groups = [
  { label: '2026-11-21', count: 3 },
  { label: '2026-11-20', count: 1 },
  { label: '2025-02-03', count: 1 },
]
const byDay = gridRows({ cards, groups }, { perRow: 2, grouping: 'day', now })

describe('The rows of the library', () => {
  it('name each group once with its count, and hold as many takes as fit beside each other', () => {
    expect(byDay.map((row) => (row.kind === 'group' ? [row.words, row.count] : row.ids))).toEqual([
      ['Today', 3],
      ['a', 'b'],
      ['c'],
      ['Yesterday', 1],
      ['d'],
      [expect.stringContaining('2025'), 1],
      ['e'],
    ])
  })

  it('have no heading where nothing is grouped, and plain names elsewhere', () => {
    const plain = gridRows({ cards, groups: [] }, { perRow: 4, grouping: null, now })
    expect(plain.map((row) => row.kind)).toEqual(['takes', 'takes'])
    const named = gridRows(
      {
        cards: cards.slice(0, 2),
        groups: [
          { label: 'kling', count: 1 },
          { label: '', count: 1 },
        ],
      },
      { perRow: 4, grouping: 'provider', now },
    )
    expect(named.flatMap((row) => (row.kind === 'group' ? row.words : []))).toEqual(['Kling', 'Unknown'])
  })

  it.each([
    ['ArrowRight', 'b', 'c'],
    ['ArrowLeft', 'd', 'c'],
    ['ArrowDown', 'b', 'c'],
    ['ArrowDown', 'a', 'c'],
    ['ArrowUp', 'd', 'c'],
    ['ArrowRight', 'e', 'e'],
    ['ArrowLeft', 'a', 'a'],
    ['ArrowUp', 'a', 'a'],
    ['PageDown', 'a', 'e'],
    ['Home', 'd', 'a'],
    ['End', 'a', 'e'],
  ])('lead by %s from %s to %s, over headings', (key, from, to) => {
    expect(stepInGrid(byDay, from, key)?.id).toBe(to)
  })

  it('lead nowhere by other keys, and from a take that is not in it', () => {
    expect(stepInGrid(byDay, 'a', 'Enter')).toBeNull()
    expect(stepInGrid(byDay, 'z', 'ArrowDown')).toBeNull()
  })
})
