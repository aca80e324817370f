import type { MeasuredDrift } from './keep-in-sync.ts'

export type SyncSummary = {
  readonly samples: number
  /** Milliseconds, without sign. */
  readonly p95: number
  readonly max: number
  readonly hardSeeks: number
}

export type SyncMeter = {
  readonly record: (measured: MeasuredDrift) => void
  readonly summary: () => SyncSummary
}

/** How well the pair kept together over the last `size` samples. */
export function createSyncMeter(size = 2000): SyncMeter {
  const kept: MeasuredDrift[] = []
  return {
    record: (measured) => {
      kept.push(measured)
      if (kept.length > size) kept.shift()
    },
    summary: () => {
      const off = kept.map(({ drift }) => Math.abs(drift) * 1000).sort((a, b) => a - b)
      return {
        samples: off.length,
        p95: quantile(off, 0.95),
        max: off.at(-1) ?? 0,
        hardSeeks: kept.filter(({ hardSeek }) => hardSeek).length,
      }
    },
  }
}

/** The value that this share of the sorted values does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
