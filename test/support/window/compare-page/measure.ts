import type { Side } from '../../../../src/renderer/features/compare/shared-clock.ts'

export type Shown = { readonly side: Side; readonly mediaTime: number; readonly at: number }
export type ShownLog = Shown[]

export type Spread = {
  readonly samples: number
  /** Milliseconds, without sign. */
  readonly p50: number
  readonly p95: number
  readonly max: number
}

export type SyncNumbers = {
  /** Frame by frame, with all the unevenness of the screen: a refresh that a busy machine misses counts in full. */
  readonly shown: Spread
  /** Between the two players' clocks, each read off its least late frames within half a second. */
  readonly clocks: Spread
}

/** How far apart two players were, from nothing but the frames that the browser says it showed. */
export function measureSync(log: readonly Shown[], speed = 1): SyncNumbers {
  const ordered = [...log].sort((a, b) => a.at - b.at)
  return { shown: spread(shownDrifts(ordered, speed)), clocks: spread(clockDrifts(ordered, speed)) }
}

/**
 * Whenever one side shows a frame, the other side's place is its last frame plus the time since, at most to its next
 * frame.
 */
function shownDrifts(ordered: readonly Shown[], speed: number): number[] {
  const drifts: number[] = []
  for (const [index, frame] of ordered.entries()) {
    const before = ordered.slice(0, index).findLast(({ side }) => side !== frame.side)
    const after = ordered.slice(index + 1).find(({ side }) => side !== frame.side)
    if (!before || !after) continue
    const place = before.mediaTime + ((frame.at - before.at) / 1000) * speed
    drifts.push(frame.mediaTime - Math.min(place, after.mediaTime))
  }
  return drifts
}

const halfWindow = 250
const step = 50

function clockDrifts(ordered: readonly Shown[], speed: number): number[] {
  const drifts: number[] = []
  const first = ordered[0]?.at ?? 0
  const last = ordered.at(-1)?.at ?? 0
  for (let now = first; now <= last; now += step) {
    const around = ordered.filter(({ at }) => Math.abs(at - now) <= halfWindow)
    const clock = (wanted: Side) =>
      around
        .filter(({ side }) => side === wanted)
        .map(({ mediaTime, at }) => mediaTime - (at / 1000) * speed)
        .reduce((most, value) => Math.max(most, value), -Infinity)
    const drift = clock('result') - clock('reference')
    if (Number.isFinite(drift)) drifts.push(drift)
  }
  return drifts
}

function spread(drifts: readonly number[]): Spread {
  const sorted = drifts.map((drift) => Math.abs(drift) * 1000).sort((a, b) => a - b)
  const share = (part: number) =>
    Number((sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0).toFixed(2))
  return { samples: sorted.length, p50: share(0.5), p95: share(0.95), max: share(1) }
}
