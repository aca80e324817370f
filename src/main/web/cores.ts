import type { Outcome, Problem } from '../../shared/outcome.ts'
import type { ClosableCore } from './core.ts'

type Open = (home: string, onMoved: (to: string) => void) => Promise<Outcome<ClosableCore>>

/** The core that answers the pages now: after the library was moved, one that opened it in its new place. */
export type Cores = {
  /** Waits for one that is being opened. */
  readonly current: () => Promise<Outcome<ClosableCore>>
  /** Opens the first one. */
  readonly open: (home: string) => Promise<Outcome<ClosableCore>>
  /** Resolves when a library that was moved could not be opened. */
  readonly lost: Promise<Problem>
  readonly close: () => Promise<void>
}

export function createCores(openCore: Open): Cores {
  const first = Promise.withResolvers<Outcome<ClosableCore>>()
  const lost = Promise.withResolvers<Problem>()
  let current = first.promise
  let isClosing = false
  const closed = new WeakSet<ClosableCore>()
  const close = async (opened: Outcome<ClosableCore>) => {
    if (!opened.ok || closed.has(opened.value)) return
    closed.add(opened.value)
    await opened.value.close()
  }

  async function openAfter(before: Promise<Outcome<ClosableCore>>, home: string) {
    const closing = await before
    await close(closing)
    // The user quit while the library moved: the next start finds it.
    if (isClosing) return closing
    const opened = await open(home)
    if (!opened.ok) lost.resolve(opened.problem)
    return opened
  }
  const open = (home: string) =>
    openCore(home, (to) => {
      current = openAfter(current, to)
    })

  return {
    current: () => current,
    open: (home) => {
      first.resolve(open(home))
      return first.promise
    },
    lost: lost.promise,
    close: async () => {
      isClosing = true
      await close(await current)
    },
  }
}
