import { describe, expect, it } from 'vitest'
import { untilTheUserLeaves } from '../../../src/main/web/lifetime.ts'
import type { Problem } from '../../../src/shared/outcome.ts'

const forever = new Promise<never>(() => undefined)

/** A clock whose every wait is over at once. */
const clock = { sleep: () => Promise.resolve() }

function aVisit({ pages = 1, interrupted = forever as Promise<void>, ended = forever as Promise<boolean> }) {
  const said: Problem[] = []
  let count = pages
  let stopped = 0
  const listeners = new Set<(count: number) => void>()
  const visit = {
    interrupted,
    clock,
    grace: 5_000,
    say: (problem: Problem) => void said.push(problem),
    sockets: {
      count: () => count,
      onCount: (listener: (count: number) => void) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    window: { ended, stop: () => void (stopped += 1) },
  }
  const leave = () => {
    count = 0
    listeners.forEach((listener) => listener(0))
  }
  return { visit, said, leave, stopped: () => stopped }
}

describe('a visit', () => {
  it('ends when the window is closed', async () => {
    const { visit, leave, said } = aVisit({ ended: Promise.resolve(true) })
    const over = untilTheUserLeaves(visit)
    leave()
    await over
    expect(said).toEqual([])
  })

  it('ends with the interruption, which closes the window too', async () => {
    const { visit, stopped } = aVisit({ interrupted: Promise.resolve() })
    await untilTheUserLeaves(visit)
    expect(stopped()).toBe(1)
  })

  it('in a browser of the user ends with the interruption only', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const { visit, leave } = aVisit({ interrupted: promise })
    let over = false
    const visited = untilTheUserLeaves({ ...visit, window: null }).then(() => {
      over = true
    })
    leave()
    await Promise.resolve(undefined)
    expect(over).toBe(false)
    resolve(undefined)
    await visited
  })

  it('goes on when the window never showed the studio, and says so', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const { visit, said } = aVisit({ pages: 0, ended: Promise.resolve(false), interrupted: promise })
    const visited = untilTheUserLeaves({
      ...visit,
      say: (problem) => {
        visit.say(problem)
        resolve(undefined)
      },
    })
    await visited
    expect(said).toMatchObject([{ code: 'tool-failed', advice: expect.stringContaining('address') }])
  })
})
