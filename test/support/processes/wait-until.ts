import { setTimeout } from 'node:timers/promises'

/** Asks again and again until there is an answer; the test's own time limit is the only other way out. */
export async function waitUntil<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    await setTimeout(20)
  }
}
