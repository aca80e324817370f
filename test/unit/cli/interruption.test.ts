import { describe, expect, it } from 'vitest'
import { tellSending, whereItStands } from '../../../src/main/cli/commands/takes-messages.ts'
import { createPrinter } from '../../../src/main/cli/output.ts'
import { aTake } from '../../support/library/a-take.ts'
import { fakeStudio } from '../../support/library/fake-studio.ts'

const id = '01JD2CCCCCCCCCCCCCCCCCCCCC'

function listening() {
  let said = ''
  const stderr = (text: string) => {
    said += text
  }
  return { printer: createPrinter({ stdout: stderr, stderr, isTTY: false }, false), said: () => said }
}

describe('Ctrl-C', () => {
  it('tells the answer of a request that was on its way, once it comes', async () => {
    const take = aTake({ id, state: 'WIRE', attempt: 1 })
    const studio = fakeStudio({ takes: [take], life: [{ state: 'ACKED', taskId: '8' }, { progress: 0.5 }] })
    const { printer, said } = listening()
    expect(tellSending(take, studio.takes, printer)).toBe(true)
    expect(said()).toContain('Press Ctrl-C again to stop now')
    await studio.takes.adopt(id, '8')
    await new Promise((resolve) => setImmediate(resolve))
    expect(said().match(/was submitted. It continues at the next start/g)).toHaveLength(1)
  })

  it('says nothing of the kind about a take that is not being sent', () => {
    const { printer, said } = listening()
    const { takes } = fakeStudio()
    expect(tellSending(aTake({ id, state: 'ACKED' }), takes, printer)).toBe(false)
    expect(tellSending(undefined, takes, printer)).toBe(false)
    expect(said()).toBe('')
  })

  it('never calls submitted what may not have arrived', () => {
    for (const state of ['INTENT', 'WIRE', 'UNKNOWN', 'REJECTED'] as const) {
      const told = whereItStands(aTake({ id, state }))
      expect(told).not.toContain('was submitted')
      expect(told).toContain(id)
    }
    expect(whereItStands(aTake({ id, state: 'UNKNOWN' }))).toMatch(/^Understudy doesn’t know whether/)
    expect(whereItStands(aTake({ id, state: 'DRAFT' }))).toBe('Cancelled. Nothing was sent.')
  })
})
