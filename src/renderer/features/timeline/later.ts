import type { Milliseconds } from '../../../shared/units.ts'

/** Runs something after a while; answers with how to call it off. */
export const later = (run: () => void, delay: Milliseconds): (() => void) => {
  const timer = setTimeout(run, delay)
  return () => {
    clearTimeout(timer)
  }
}

/** Runs something once what was drawn so far is on the screen; answers with how to call it off. */
export const painted = (run: () => void): (() => void) => {
  const frame = requestAnimationFrame(run)
  return () => {
    cancelAnimationFrame(frame)
  }
}
