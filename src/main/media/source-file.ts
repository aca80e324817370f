import { basename } from 'node:path'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { visibleText } from '../../shared/text/visible-text.ts'

const maxShownLength = 80

/** A file’s name for use in a sentence, without control characters and shortened. */
export function displayName(path: string): string {
  const name = visibleText(basename(path)).replaceAll(/\s/g, ' ')
  return name.length <= maxShownLength ? name : `${name.slice(0, maxShownLength - 20)}…${name.slice(-19)}`
}

/**
 * The result of `work`, or null as soon as the signal fires, for work that cannot be stopped: it runs to its end and
 * its result is dropped.
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

/** Reads into one buffer: a stream would allocate a new one for every chunk. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(256 * 1024)
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
