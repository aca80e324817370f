import type { Bytes } from '../units.ts'

/** What this app keeps on the disk, from what matters most to what can be made again. */
export const storedParts = ['takes', 'trash', 'practice', 'dropped', 'viewing', 'previews'] as const
export type StoredPart = (typeof storedParts)[number]

/** Parts that hold nothing that could not be made again. */
export const clearableParts: ReadonlySet<StoredPart> = new Set<StoredPart>(['viewing', 'previews'])

export type Stored = {
  readonly part: StoredPart
  readonly bytes: Bytes
  readonly files: number
}
