/** Resolves when `promise` does or when the signal fires, whichever is first. */
export function untilAborted(promise: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  if (!promise || signal.aborted) return Promise.resolve()
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    promise.then(resolve, reject)
  })
}
