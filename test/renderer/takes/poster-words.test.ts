import { describe, expect, it } from 'vitest'
import { lengthAndPrice, madeWith } from '../../../src/renderer/features/takes/posters/poster-words.ts'
import { aTake } from '../../support/library/a-take.ts'

const paid = aTake({
  state: 'DONE',
  estimate: { ...aTake().estimate, amount: 0.48, perSecond: 0.096 },
  settings: { ...aTake().settings, provider: 'kling', model: 'kling-v3' },
})

describe('The line of a poster', () => {
  it('names the mode of a model that has several, once', () => {
    const made = (provider: string, model: string) =>
      madeWith({ settings: { ...paid.settings, provider, model, mode: 'std' } })
    expect(made('kling', 'kling-v2-6')).toBe('Kling · Kling 2.6 · Standard')
    expect(made('highway', 'kling-v3-0-std')).toBe('Highway · Kling 3.0 Standard')
  })

  it('says what was deducted where that is known, and marks an estimate', () => {
    expect(lengthAndPrice({ ...paid, cost: { units: '0.63', unitName: 'USD' } })).toBe('5 s · $0.63')
    expect(lengthAndPrice(paid)).toBe('5 s · ≈ $0.48')
  })

  it('counts units by their price, as the day and its limit do, and a failed take only where it took something', () => {
    const atList = { ...paid, estimate: { ...paid.estimate, perSecond: 0.126 } }
    const units = (amount: string) => ({ units: amount, unitName: 'units' })
    expect(lengthAndPrice({ ...atList, cost: units('4.5') })).toBe('5 s · $0.63')
    expect(lengthAndPrice({ ...atList, state: 'REMOTE_FAILED', cost: units('0') })).toBe('5 s')
    expect(lengthAndPrice({ ...atList, state: 'REMOTE_FAILED' })).toBe('5 s')
    expect(lengthAndPrice({ ...atList, state: 'REMOTE_FAILED', cost: units('4.5') })).toBe('5 s · $0.63')
  })

  it('has no price for what is free, unknown or was never made', () => {
    expect(lengthAndPrice(aTake())).toBe('5 s')
    expect(lengthAndPrice({ ...paid, estimate: { ...paid.estimate, amount: null } })).toBe('5 s')
    expect(lengthAndPrice({ ...paid, state: 'REJECTED' })).toBe('5 s')
  })
})
