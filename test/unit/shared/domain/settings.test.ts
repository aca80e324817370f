import { describe, expect, it } from 'vitest'
import { newAccount } from '../../../../src/shared/domain/account.ts'
import { defaultSettings, lostGuards, readSettings } from '../../../../src/shared/domain/settings.ts'
import { elementId } from '../../../../src/shared/domain/take.ts'

const price = { perSecond: 0.2, asOf: '2026-11-21', source: 'entered by you' }

describe('settings on disk', () => {
  it('lose one account that is not understood and keep the others', () => {
    const good = { ...newAccount('kling', 'Kling'), id: 'kling-1' }
    const accounts = [good, { id: 'odd' }, { ...good, id: 'kling-2', parallel: -1 }]
    expect(readSettings({ accounts }).accounts).toEqual([good])
  })

  it('lose one absurd price and keep the others', () => {
    const prices = { 'kling/kling-v3/std': price, 'oxen/x/pro': { ...price, perSecond: 1e9 } }
    expect(readSettings({ prices }).prices).toEqual({ 'kling/kling-v3/std': price })
  })

  it('fall back to the defaults where nothing is understood', () => {
    expect(readSettings({ accounts: 'none', prices: [1], volume: 7 })).toEqual(defaultSettings)
  })

  it('never lose a limit silently: one that is not understood is known to be lost', () => {
    const none = { perTake: null, perDay: null }
    expect(readSettings({ guards: { ...none, perTake: 'ten' } }).guards).toEqual(lostGuards('settings.json'))
    expect(readSettings({ guards: none }).guards).toEqual(none)
  })
})

describe('an element id', () => {
  it('is a 64-bit number written in digits, and nothing else', () => {
    for (const id of ['0', '829836802793406551', '9223372036854775807'])
      expect(elementId.safeParse(id).success).toBe(true)
    for (const id of ['9223372036854775808', '99999999999999999999', '', '1.5', '-1', '7n', 'abc'])
      expect(elementId.safeParse(id).success).toBe(false)
  })
})
