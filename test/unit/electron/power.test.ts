import { describe, expect, it } from 'vitest'
import { onReturn } from '../../../src/main/electron/lifecycle.ts'
import { aPowerMonitor } from '../../support/window/electron-double.ts'

describe('after the machine was away', () => {
  it('the studio is told when it wakes and when the user is back', () => {
    const power = aPowerMonitor()
    let told = 0
    onReturn(power, () => {
      told += 1
    })
    power.emit('suspend')
    expect(told).toBe(0)
    power.emit('resume')
    power.emit('unlock-screen')
    expect(told).toBe(2)
  })
})
