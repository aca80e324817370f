/** Carries what one process writes to another that reads it; whatever is not read yet waits in memory. */
export type Channel = {
  readonly push: (chunk: Uint8Array) => void
  readonly end: () => void
  readonly chunks: AsyncIterable<Uint8Array>
}

export function createChannel(): Channel {
  let waiting: Uint8Array[] = []
  let ended = false
  let wake: () => void = () => undefined

  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const ready = waiting
      waiting = []
      yield* ready
      if (waiting.length > 0) continue
      if (ended) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    push: (chunk) => {
      waiting.push(chunk)
      wake()
    },
    end: () => {
      ended = true
      wake()
    },
    chunks: read(),
  }
}
