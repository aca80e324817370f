export type SeekQueue<Target> = {
  /** Goes there as soon as the seek under way has landed; of several wishes only the newest is carried out. */
  readonly request: (target: Target) => void
  readonly isIdle: () => boolean
  /** Forgets what waits; a seek under way ends by itself, unheard. */
  readonly dispose: () => void
}

export type SeekQueueOptions<Target> = {
  readonly seek: (target: Target) => Promise<void>
  /** Every wish has been carried out. */
  readonly onIdle: () => void
}

/** One seek in flight, the newest wish next: a scrub over hundreds of places costs as many seeks as the player can do. */
export function createSeekQueue<Target>({ seek, onIdle }: SeekQueueOptions<Target>): SeekQueue<Target> {
  let waiting: { readonly target: Target } | null = null
  let busy = false
  let disposed = false

  const next = () => {
    if (disposed) return
    if (waiting === null) {
      busy = false
      onIdle()
      return
    }
    const { target } = waiting
    waiting = null
    void seek(target).then(next)
  }

  return {
    request: (target) => {
      waiting = { target }
      if (busy) return
      busy = true
      next()
    },
    isIdle: () => !busy,
    dispose: () => {
      disposed = true
    },
  }
}
