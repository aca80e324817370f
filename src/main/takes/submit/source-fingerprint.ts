import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Problem } from '../../../shared/outcome.ts'
import { MiB, type Bytes } from '../../../shared/units.ts'
import type { Order } from '../attempt.ts'
import { changedSinceApproval } from './problems.ts'

/** How much is read of a large file: its first and last bytes and fourteen places between them. */
const samples = 16
const sampleBytes: Bytes = MiB / 2

/**
 * Tells one content from another without reading four gigabytes: its length and a hash of samples, all of it where it
 * is small. Not the time of the last change, which a copy or a synchronised folder alters without altering the file.
 * Null for a file that cannot be read.
 */
export async function fingerprint(path: string): Promise<string | null> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const hash = createHash('sha256')
      const step = Math.max(sampleBytes, (size - sampleBytes) / (samples - 1))
      for (let nth = 0; nth < samples && nth * step < size; nth += 1) {
        const { buffer, bytesRead } = await file.read(
          Buffer.alloc(sampleBytes),
          0,
          sampleBytes,
          Math.floor(nth * step),
        )
        hash.update(buffer.subarray(0, bytesRead))
      }
      return `${String(size)}-${hash.digest('hex')}`
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}

/** Why a take may not be prepared from what lies there now: somebody looked at other pictures when agreeing to its cost. */
export async function changedSource({ sources, characterPath, clipPath }: Order): Promise<Problem | null> {
  if (sources === undefined) return null
  const agreed = [
    [characterPath, sources.character],
    [clipPath, sources.clip],
  ] as const
  for (const [path, before] of agreed) {
    const now = await fingerprint(path)
    // One that cannot be read is for the preparation to name.
    if (now !== null && before !== null && now !== before) return changedSinceApproval(path)
  }
  return null
}
