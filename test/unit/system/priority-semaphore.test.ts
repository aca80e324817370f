import { describe, expect, it } from 'vitest'
import { createPrioritySemaphore } from '../../../src/main/system/scheduling.ts'

const never = new AbortController().signal

/** Work that ends when the test says so. */
function jobs() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name)
      ends.set(name, () => {
        resolve(name)
      })
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, work, end }
}

describe('the gate of the downloads', () => {
  it('lets as many run as it is wide, and of the others first whose link dies first', async () => {
    const gate = createPrioritySemaphore(1)
    const { begun, work, end } = jobs()
    const ended = Promise.all([
      gate.pass(null, never, work('no end')),
      gate.pass(3000, never, work('late')),
      gate.pass(1000, never, work('soon')),
      gate.pass(2000, never, work('later')),
    ])
    await end('nothing')
    expect(begun).toEqual(['soon'])
    for (const name of ['soon', 'later', 'late', 'no end']) await end(name)
    expect(begun).toEqual(['soon', 'later', 'late', 'no end'])
    expect(await ended).toEqual(['no end', 'late', 'soon', 'later'])
  })

  it('gives the place of one that failed to the next', async () => {
    const gate = createPrioritySemaphore(1)
    const failing = gate.pass(1, never, () => Promise.reject(new Error('cut off')))
    const next = gate.pass(2, never, () => Promise.resolve('through'))
    await expect(failing).rejects.toThrow('cut off')
    expect(await next).toBe('through')
  })

  it('forgets who leaves while waiting, and takes nobody else’s place for it', async () => {
    const gate = createPrioritySemaphore(1)
    const { begun, work, end } = jobs()
    const stop = new AbortController()
    const first = gate.pass(1, never, work('first'))
    await end('nothing')
    const gone = gate.pass(2, stop.signal, work('gone'))
    stop.abort()
    expect(await gone).toBeNull()
    const last = gate.pass(3, never, work('last'))
    await end('first')
    await end('last')
    expect(await Promise.all([first, last])).toEqual(['first', 'last'])
    expect(begun).toEqual(['first', 'last'])
  })
})
