import type { Seconds } from '../units.ts'

/** How much changes from frame to frame of a whole clip. */
export type MotionCurve = {
  /** When each frame appears, in seconds from the first. */
  readonly times: readonly Seconds[]
  /** The mean difference of each small picture to the one before, in levels of brightness; 0 for the first. */
  readonly energy: readonly number[]
}

/** Motion is averaged over this long: three frames at 30 per second, two and a half at 24. */
const window: Seconds = 0.1

/** Sensor noise and coding change a little in every frame; this share of the frames is taken to show nothing else. */
const calmShare = 0.05

/** The value below which this share of the values is; 0 without values. */
export function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}

/** The sum of all motion up to a moment, which grows evenly between two frames. */
function createTotal({ times, energy }: MotionCurve) {
  const calm = percentile(energy.slice(1), calmShare)
  const totals = new Float64Array(times.length)
  for (let frame = 1; frame < times.length; frame += 1)
    totals[frame] = (totals[frame - 1] ?? 0) + Math.max(0, (energy[frame] ?? 0) - calm)
  let after = 0
  /** Moments come in order. */
  return (time: Seconds): number => {
    while (after < times.length - 1 && (times[after] ?? 0) < time) after += 1
    const [to = 0, from = to] = [times[after], times[after - 1]]
    const [all = 0, before = all] = [totals[after], totals[after - 1]]
    return to > from ? before + (all - before) * Math.min(1, Math.max(0, (time - from) / (to - from))) : all
  }
}

/**
 * Motion per second at `rate` equal steps a second from the first frame to the last. It depends neither on the frame
 * rate nor on repeated frames.
 */
export function motionPerSecond(curve: MotionCurve, rate: number): Float64Array {
  const last = curve.times.at(-1) ?? 0
  const [upTo, from] = [createTotal(curve), createTotal(curve)]
  return Float64Array.from({ length: Math.floor(last * rate + 1e-6) + 1 }, (_, step) => {
    const end = Math.min(last, step / rate + window / 2)
    const start = Math.max(0, step / rate - window / 2)
    return end > start ? (upTo(end) - from(start)) / (end - start) : 0
  })
}
