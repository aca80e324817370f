import { describe, expect, it } from 'vitest'
import { createSerialQueue, runInTurn } from '../../../src/main/system/scheduling.ts'

function aGate() {
  const { promise: opened, resolve } = Promise.withResolvers<null>()
  return {
    opened,
    open: () => {
      resolve(null)
    },
  }
}

describe('Work in a serial queue', () => {
  it('answers at once when it is aborted before its turn, and never runs', async () => {
    const inTurn = createSerialQueue()
    const first = aGate()
    const ran: string[] = []
    const running = inTurn(() => first.opened)
    const abort = new AbortController()
    const waiting = runInTurn(
      inTurn,
      abort.signal,
      () => 'left',
      () => Promise.resolve(ran.push('second')).then(() => 'done'),
    )
    abort.abort()
    expect(await waiting).toBe('left')
    first.open()
    await running
    await inTurn(() => Promise.resolve())
    expect(ran).toEqual([])
  })

  it('answers itself when it is aborted after it has begun', async () => {
    const abort = new AbortController()
    const gate = aGate()
    const inTurn = createSerialQueue()
    const begun = aGate()
    const work = runInTurn(
      inTurn,
      abort.signal,
      () => 'left',
      () => {
        begun.open()
        return gate.opened.then(() => 'done')
      },
    )
    await begun.opened
    abort.abort()
    gate.open()
    expect(await work).toBe('done')
  })

  it('does not join the queue when it is aborted already', async () => {
    const left = runInTurn(
      () => Promise.reject(new Error('it must not wait')),
      AbortSignal.abort(),
      () => 'left',
      () => Promise.resolve('done'),
    )
    expect(await left).toBe('left')
  })

  it('fails with its own error, and the next one still runs', async () => {
    const inTurn = createSerialQueue()
    const { signal } = new AbortController()
    const failing = runInTurn(
      inTurn,
      signal,
      () => 'left',
      () => Promise.reject(new Error('no encoder')),
    )
    await expect(failing).rejects.toThrow('no encoder')
    expect(await inTurn(() => Promise.resolve('next'))).toBe('next')
  })
})
