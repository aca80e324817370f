import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { stopSignal } from '../../../src/main/system/log.ts'

function aProcess() {
  const process = Object.assign(new EventEmitter(), {
    codes: [] as number[],
    exit: (code: number) => process.codes.push(code),
  })
  let now = 0
  const signal = stopSignal(process, { monotonic: () => now })
  const receive = (name: string, at: number) => {
    now = at
    process.emit(name)
  }
  return { process, signal, receive }
}

describe('asking a process to end', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('ends the work in order at the first %s', (name) => {
    const { process, signal, receive } = aProcess()
    receive(name, 1000)
    expect([signal.aborted, process.codes]).toEqual([true, []])
  })

  it('is not taken for impatience when a library repeats the signal', () => {
    const { process, receive } = aProcess()
    receive('SIGINT', 1000)
    receive('SIGINT', 1005)
    expect(process.codes).toEqual([])
  })

  it('ends at once when the user asks again', () => {
    const { process, receive } = aProcess()
    receive('SIGINT', 1000)
    receive('SIGTERM', 2000)
    expect(process.codes).toEqual([130])
  })
})
