/**
 * What `work` comes to, or null as soon as the signal says to stop, for work that cannot be stopped in the middle:
 * it goes on to its end, and nobody waits for it.
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return work
  const { promise, resolve } = Promise.withResolvers<null>()
  const stop = () => {
    resolve(null)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    work.catch(() => undefined)
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
