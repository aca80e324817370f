import type { Side } from '../../../src/renderer/features/compare/timeline.ts'

export type Shown = { readonly side: Side; readonly mediaTime: number; readonly at: number }
export type ShownLog = Shown[]

export type SyncNumbers = {
  readonly samples: number
  /** Milliseconds, without sign. */
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/**
 * How far apart two players were, from nothing but the frames that the browser says it showed: whenever one side shows
 * a frame, the other side's place is its last frame plus the time since, at most to its next frame.
 */
export function measureSync(log: readonly Shown[], speed = 1): SyncNumbers {
  const drifts: number[] = []
  const ordered = [...log].sort((a, b) => a.at - b.at)
  for (const [index, frame] of ordered.entries()) {
    const before = ordered.slice(0, index).findLast(({ side }) => side !== frame.side)
    const after = ordered.slice(index + 1).find(({ side }) => side !== frame.side)
    if (!before || !after) continue
    const place = before.mediaTime + ((frame.at - before.at) / 1000) * speed
    drifts.push(Math.abs(frame.mediaTime - Math.min(place, after.mediaTime)) * 1000)
  }
  drifts.sort((a, b) => a - b)
  const share = (part: number) => drifts[Math.max(0, Math.ceil(drifts.length * part) - 1)] ?? 0
  return { samples: drifts.length, p50: share(0.5), p95: share(0.95), max: share(1) }
}
