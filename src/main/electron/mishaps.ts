import type { Details, RenderProcessGoneDetails } from 'electron'
import type { WindowNotice } from '../../shared/domain/views.ts'
import type { Milliseconds } from '../../shared/units.ts'

const running = 'Your files are open again. Your takes keep running.'

/** What to tell once the page is back after its process ended. */
export const windowGone = (reason: RenderProcessGoneDetails['reason']): WindowNotice => ({
  title:
    reason === 'oom' || reason === 'memory-eviction'
      ? 'The window ran out of memory and was reopened.'
      : 'The window stopped and was reopened.',
  advice: running,
})

/** Told when it stopped so often that the files may be what stops it. */
export const openedEmpty: WindowNotice = {
  title: 'The window kept stopping, so it was reopened without your files.',
  advice: 'Choose them again. Your takes keep running.',
}

/** What to say about a helper process of the window; null where the user notices nothing. Chromium restarts them. */
export function helperGone({ type, reason }: Pick<Details, 'type' | 'reason'>): WindowNotice | null {
  if (type !== 'GPU' || reason === 'clean-exit') return null
  return {
    title: 'The graphics process stopped and was restarted.',
    advice: 'If an image stays black, restart Understudy. Your takes keep running.',
  }
}

const maxReloads = 3
const within: Milliseconds = 60_000

/** Allows something so often a minute: what fails again and again is not tried for ever. */
export function createLoopGuard(now: () => Milliseconds) {
  let times: readonly Milliseconds[] = []
  return {
    /** False where it has happened too often of late. */
    mayTry: (): boolean => {
      times = times.filter((time) => now() - time < within)
      if (times.length >= maxReloads) return false
      times = [...times, now()]
      return true
    },
    /** The user wants it tried again. */
    forget: () => {
      times = []
    },
  }
}
