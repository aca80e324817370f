import { describe, expect, it } from 'vitest'
import { deductedOf, spentOn, spentWords } from '../../../../src/shared/rules/deducted.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { someSettings } from '../../../support/clips/facts.ts'

const settings = someSettings({ provider: 'kling', model: 'kling-v3', mode: 'std' })
const units = (amount: string) => ({ units: amount, unitName: 'units' })

describe('what a provider took', () => {
  it.each([
    ['units at the price of the list', 0.126, units('5.4'), 0.756],
    ['units at the lower price that this account pays', 0.0882, units('5.4'), 0.5292],
    ['units where the account names no price', null, units('5.4'), 0.756],
    ['nothing', 0.126, units('0'), 0],
    ['dollars', 0.126, { units: '0.61', unitName: 'USD' }, 0.61],
    ['a balance in a currency that is not named', 0.126, { units: '4.4', unitName: 'of the balance' }, null],
    ['another currency', 0.126, { units: '4.4', unitName: 'CNY' }, null],
    ['what is no number', 0.126, units('many'), null],
    ['an empty number', 0.126, units(''), null],
    ['not told yet', 0.126, null, null],
  ])('%s', (_what, perSecond, cost, amount) => {
    expect(deductedOf({ settings, perSecond, cost })).toBe(amount)
  })

  it('is not known in units of a gateway, which has prices of its own', () => {
    const gateway = someSettings({ provider: 'kling-gateway', model: 'kling-v3', mode: 'std' })
    expect(deductedOf({ settings: gateway, perSecond: 0.1, cost: units('5.4') })).toBeNull()
  })
})

describe('what a take cost', () => {
  const estimate = { ...aTake().estimate, amount: 0.9, perSecond: 0.126 }
  it('is an estimate, and said to be one, until it is known', () => {
    const open = spentOn({ settings, estimate, cost: null, state: 'ACKED' })
    expect(open).toEqual({ currency: 'USD', amount: 0.9, estimated: true })
    expect(spentWords(open)).toBe('about 0.90 USD')
    const done = spentOn({ settings, estimate, cost: units('5.4'), state: 'DONE' })
    expect(done).toEqual({ currency: 'USD', amount: 0.756, estimated: false })
    expect(spentWords(done)).toBe('0.76 USD')
  })

  it('is nothing where it was refused, or failed without a word about money', () => {
    expect(spentOn({ settings, estimate, cost: null, state: 'REJECTED' }).amount).toBe(0)
    const failed = spentOn({ settings, estimate, cost: null, state: 'REMOTE_FAILED' })
    expect([failed.amount, spentWords(failed)]).toEqual([0, 'no charge reported'])
  })
})
