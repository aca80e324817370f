import { describe, expect, it } from 'vitest'
import { firstTakes } from '../../../src/main/api/catalogue-handlers.ts'
import { unmarked } from '../../../src/shared/domain/marks.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import { aTake } from '../../support/library/a-take.ts'

const idOf = (number: number) => `01JD${String(number).padStart(22, '0')}`

/** Newest first, as the library lists them. */
const takes = Array.from({ length: 300 }, (_, index) => 300 - index).map((number): Take => {
  if (number === 1) return aTake({ id: idOf(1), state: 'NEEDS_USER' })
  if (number === 2) return aTake({ id: idOf(2), state: 'ACKED' })
  if (number === 3) return aTake({ id: idOf(3), state: 'DONE', markComing: true })
  return aTake({ id: idOf(number), state: 'DONE' })
})
const catalogue = {
  page: (ids: readonly string[]) =>
    takes
      .filter(({ id }) => ids.includes(id))
      .map((take) => ({ take, marks: { ...unmarked, take: take.id, number: 1, boards: [] } })),
}

describe('What a window is given at its start', () => {
  it('is the order of all takes, and in full the newest and every one that is not at rest', () => {
    const { order, entries } = firstTakes(takes, catalogue)
    expect(order).toEqual(takes.map(({ id }) => id))
    const full = entries.map(({ take }) => take.id)
    expect(full).toHaveLength(203)
    expect(full.slice(0, 200)).toEqual(order.slice(0, 200))
    expect(full.slice(200)).toEqual([idOf(3), idOf(2), idOf(1)])
  })
})
