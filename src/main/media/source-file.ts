import { basename } from 'node:path'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { visibleText } from '../../shared/text/visible-text.ts'

const maxShownLength = 80

/** A file's name as a sentence can carry it: control characters and endless names would garble the line. */
export function displayName(path: string): string {
  const name = visibleText(basename(path)).replaceAll(/\s/g, ' ')
  return name.length <= maxShownLength ? name : `${name.slice(0, maxShownLength - 20)}…${name.slice(-19)}`
}

/**
 * What `work` comes to, or null as soon as the signal says to stop, for work that cannot be stopped in the middle:
 * it runs to its end, and nobody waits for it.
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

/** One piece of memory for the whole file: a stream would leave a new one behind for every piece it reads. */
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
