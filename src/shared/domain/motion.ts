import type { Seconds } from '../units.ts'
import type { Span } from './media.ts'

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

/** Motion lasts; what stands out so far from all around it is a cut, a flash, or the jump at the end of a freeze. */
const mostOfNeighbours = 2
/** Frames may be held for two or three, with nothing in between. */
const around: Seconds = 0.2
const leastAround = 2

/** The curve without what single frames stand out by, which would say nothing about motion and hide the rest. */
export function withoutNeedles({ times, energy }: MotionCurve): MotionCurve {
  const strongestBeside = (frame: number, direction: 1 | -1): number => {
    let most = 0
    for (let far = 1; ; far += 1) {
      const at = frame + direction * far
      const away = Math.abs((times[at] ?? Infinity) - (times[frame] ?? 0))
      if (away === Infinity || (away > around && far > leastAround)) return most
      most = Math.max(most, energy[at] ?? 0)
    }
  }
  return {
    times,
    energy: energy.map((value, frame) =>
      Math.min(value, mostOfNeighbours * Math.max(strongestBeside(frame, -1), strongestBeside(frame, 1))),
    ),
  }
}

/** A motion curve as it is kept and drawn: one byte for each step. */
export type MotionTiming = {
  readonly step: Seconds
  /** 0 to 255, each clip by its own strongest motion: heights of two clips say nothing about each other. */
  readonly values: readonly number[]
}

const stepsPerSecond = 30
/** What is drawn at full height; a needle is higher, and cut off. */
const fullShare = 0.98
/** In levels per second. Less is what coding changes in a still picture, and is never drawn at full height. */
const leastFull = 1

/** The motion of one clip. */
export type ClipMotion = MotionTiming & { readonly frames: number; readonly duration: Seconds }

export function timingOf(curve: MotionCurve): MotionTiming {
  const motion = curve.times.length === 0 ? new Float64Array() : motionPerSecond(curve, stepsPerSecond)
  const full = Math.max(
    leastFull,
    percentile(motionPerSecond(withoutNeedles(curve), stepsPerSecond), fullShare),
  )
  return {
    step: 1 / stepsPerSecond,
    values: Array.from(motion, (value) => Math.min(255, Math.round((255 * value) / full))),
  }
}

/** What counts as standing still, and as moving, as shares of each clip’s full height. */
const stillBelow = 0.05 * 255
const movesAbove = 0.2 * 255
const leastStill: Seconds = 0.5

/** Steps of a curve; `to` is not part of them. */
type Steps = { readonly from: number; readonly to: number }

function stillSteps({ step, values }: MotionTiming): readonly Steps[] {
  const found: Steps[] = []
  // Averaging hides the first and the last moment of a pause.
  const hidden = Math.round(window / 2 / step)
  const close = (from: number, to: number) => {
    const whole = { from: Math.max(0, from - hidden), to: Math.min(values.length, to + hidden) }
    if ((whole.to - whole.from) * step > leastStill - step / 2) found.push(whole)
  }
  let from: number | null = null
  for (let at = 0; at <= values.length; at += 1) {
    if (at < values.length && (values[at] ?? 0) < stillBelow) from ??= at
    else if (from !== null) {
      close(from, at)
      from = null
    }
  }
  return found
}

const spanOf = ({ from, to }: Steps, step: Seconds): Span => ({ start: from * step, end: to * step })

/** Where a clip stands still for half a second or longer. */
export const stillIn = (timing: MotionTiming): readonly Span[] =>
  stillSteps(timing).map((steps) => spanOf(steps, timing.step))

/**
 * Where a result stands still although its reference moves, in seconds of the result. `lead`: at `t` of the reference
 * the result shows what it has at `t + lead`.
 */
export function freezesIn(reference: MotionTiming, result: MotionTiming, lead: Seconds = 0): readonly Span[] {
  const { step } = result
  const moves = (at: number) => (reference.values[Math.round(at - lead / step)] ?? 0) > movesAbove
  const isMissing = ({ from, to }: Steps) => {
    let moving = 0
    for (let at = from; at < to; at += 1) if (moves(at)) moving += 1
    // A dancer pauses between two moves, and a result that is a little late pauses a little later.
    return moving >= (to - from) / 3 && moving * step >= leastStill / 2
  }
  return stillSteps(result)
    .filter(isMissing)
    .map((steps) => spanOf(steps, step))
}

/** A result that is shorter than its reference. */
export type EarlyEnd = {
  /** Of the reference, from 0: the first that the result does not perform. */
  readonly frame: number
  readonly time: Seconds
  /** What is in the reference there. */
  readonly seen: ({ readonly kind: 'cut' | 'fast' } & Span) | null
  /** All of this in words, one or two sentences. */
  readonly message: string
}

/** In seconds of the result, and in words. */
export type Freeze = Span & { readonly message: string }

/** How a take moves beside its reference. */
export type TakeMotion = {
  readonly reference: MotionTiming
  readonly result: MotionTiming
  /** Where the result stands still although its reference moves, both from their first frames. */
  readonly freezes: readonly Freeze[]
  readonly shorter: EarlyEnd | null
}
