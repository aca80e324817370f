import type { Milliseconds } from '../../../../shared/units.ts'

/** Runs something after a while; answers with how to call it off. */
export const later = (run: () => void, delay: Milliseconds): (() => void) => {
  const timer = setTimeout(run, delay)
  return () => {
    clearTimeout(timer)
  }
}
