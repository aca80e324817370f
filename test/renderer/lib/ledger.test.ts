import { describe, expect, it } from 'vitest'
import { spentWords } from '../../../src/renderer/lib/ledger.ts'
import type { SpendEntry } from '../../../src/shared/domain/money.ts'

const now = new Date(2026, 10, 21, 15)
const entry = (change: Partial<SpendEntry>): SpendEntry => ({
  take: 't',
  attempt: 1,
  account: 'a',
  provider: 'kling',
  model: 'kling-v3',
  clipName: 'dance.mp4',
  at: now.toISOString(),
  amount: 0.48,
  outcome: 'done',
  cost: null,
  deducted: null,
  ...change,
})

describe('What was spent today', () => {
  it('is what was deducted, where that is known', () => {
    const five = [1, 2, 3, 4, 5].map(() => entry({ deducted: 0.63 }))
    expect(spentWords(five, now)).toBe('$3.15 today')
  })

  it('is marked where some of it is an estimate, and names what nobody knows', () => {
    expect(spentWords([entry({ deducted: 0.63 }), entry({})], now)).toBe('about $1.11 today')
    expect(spentWords([entry({ amount: null })], now)).toBe('1 unknown today')
    expect(spentWords([entry({ deducted: 1 }), entry({ amount: null })], now)).toBe('$1.00 + 1 unknown today')
  })

  it('leaves other days and what was refused out, and says nothing where nothing was paid', () => {
    const yesterday = new Date(2026, 10, 20, 23).toISOString()
    expect(spentWords([entry({ at: yesterday }), entry({ outcome: 'refused' })], now)).toBeNull()
    expect(spentWords([], now)).toBeNull()
  })
})
