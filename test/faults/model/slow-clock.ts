import type { Clock } from '../../../src/main/system/ports.ts'

type Sleeper = { readonly until: number; readonly wake: () => void }

/** Time that stands still until a test lets it go on; it is the same for every life of a studio. */
export function slowTime() {
  let passed = 0
  let jumped = 0
  const start = Date.parse('2026-11-20T12:00:00Z')
  return {
    passed: () => passed,
    now: () => start + passed + jumped,
    goTo: (moment: number) => {
      passed = Math.max(passed, moment)
    },
    /** The wall clock alone is set to another hour. */
    jump: (by: number) => {
      jumped += by
    },
  }
}
export type SlowTime = ReturnType<typeof slowTime>

/** The clock of one life. Nobody wakes up any more in a life that is over. */
export function slowClock(time: SlowTime) {
  const sleepers = new Set<Sleeper>()
  let isOver = false
  const clock: Clock = {
    now: time.now,
    monotonic: time.passed,
    sleep: (duration, signal) =>
      new Promise((resolve) => {
        if (isOver) return
        if (signal?.aborted) {
          resolve()
          return
        }
        const one: Sleeper = {
          until: time.passed() + duration,
          wake: () => {
            sleepers.delete(one)
            if (!isOver) resolve()
          },
        }
        sleepers.add(one)
        signal?.addEventListener('abort', one.wake, { once: true })
      }),
  }
  return {
    clock,
    sleeping: () => sleepers.size,
    /** Lets time pass until whoever sleeps shortest wakes up; false when nobody sleeps. */
    wakeNext: (): boolean => {
      const [first] = [...sleepers].sort((one, other) => one.until - other.until)
      if (!first) return false
      time.goTo(first.until)
      for (const one of [...sleepers]) if (one.until <= time.passed()) one.wake()
      return true
    },
    end: () => {
      isOver = true
      sleepers.clear()
    },
  }
}
