import type { Scheduler } from './pair-types.ts'

export const browserScheduler: Scheduler = {
  now: () => performance.now(),
  nextFrame: (run) => requestAnimationFrame(run),
  cancelFrame: (handle) => {
    cancelAnimationFrame(handle)
  },
}
