import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Problem } from '../../../shared/outcome.ts'
import { MiB, type Bytes } from '../../../shared/units.ts'
import type { Order } from '../attempt.ts'
import { changedSinceApproval } from './problems.ts'

/** A large file is sampled: its first and last bytes and fourteen places between them. */
const samples = 16
const sampleBytes: Bytes = MiB / 2

/**
 * Identifies a content without reading four gigabytes: its length and a hash of samples, or of everything if it is
 * small. Not the modification time, which copying or syncing changes. Null for a file that can’t be read.
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

/** Why a take can’t be prepared from its files: the user agreed to its cost with other content. */
export async function changedSource({ sources, characterPath, clipPath }: Order): Promise<Problem | null> {
  if (sources === undefined) return null
  const agreed = [
    [characterPath, sources.character],
    [clipPath, sources.clip],
  ] as const
  for (const [path, before] of agreed) {
    const now = await fingerprint(path)
    // The preparation reports files that can’t be read.
    if (now !== null && before !== null && now !== before) return changedSinceApproval(path)
  }
  return null
}
