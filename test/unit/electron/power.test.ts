import { describe, expect, it } from 'vitest'
import { lookAgain, onReturn } from '../../../src/main/electron/power.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { takeStates } from '../../../src/shared/take.ts'
import { aTake } from '../../support/a-take.ts'
import { aPowerMonitor } from '../../support/electron-double.ts'

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

  it('only takes whose answer lies with the provider are asked about', async () => {
    const asked: string[] = []
    await lookAgain({
      list: () => takeStates.map((state) => aTake({ id: state, state })),
      checkAgain: (id) => {
        asked.push(id)
        return Promise.resolve(ok(aTake()))
      },
    })
    expect(asked).toEqual(['ACKED', 'UNKNOWN'])
  })
})
