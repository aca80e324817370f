import { perSecond, steadyRate } from '../../../shared/domain/frames.ts'
import type { FrameRate, Seconds } from '../../../shared/units.ts'

/** The upper median. */
const median = (values: readonly number[]) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN

const gapsOf = (times: readonly Seconds[]) =>
  times.slice(1).map((time, index) => time - (times[index] ?? time))

/** A millisecond clock rounds equal gaps to 33 and 34: only a larger difference is a change of pace. */
const isUsual = (gap: Seconds, usual: Seconds) => Math.abs(gap - usual) <= Math.max(0.002, usual * 0.1)

/** The usual gap between frames; NaN for a single frame. */
export const usualGap = (times: readonly Seconds[]): Seconds => median(gapsOf(times))

const rateOf = (gaps: readonly Seconds[]): FrameRate => gaps.length / gaps.reduce((sum, gap) => sum + gap, 0)

const rateNear = (gaps: readonly Seconds[], usual: Seconds) =>
  rateOf(gaps.filter((gap) => isUsual(gap, usual)))

/** The rate of most frames, without the irregular gaps. */
export function usualRate(times: readonly Seconds[]): FrameRate {
  const gaps = gapsOf(times)
  return rateNear(gaps, median(gaps))
}

/** The rate of a step that all gaps are multiples of, measured over all of them because clocks round each. */
function steppedRate(gaps: readonly Seconds[], near: FrameRate): FrameRate {
  const steps = gaps.map((gap) => Math.round(gap * near))
  const isStepped = gaps.every((gap, index) => isUsual(gap, (steps[index] ?? 0) / near))
  return isStepped ? steps.reduce((sum, count) => sum + count, 0) / (gaps.length / rateOf(gaps)) : near
}

/** Whether each frame gets a tick of its own on an even clock. */
function eachHasAPlace(times: readonly Seconds[], rate: FrameRate): boolean {
  const [first = 0] = times
  const places = times.map((time) => Math.round((time - first) * rate))
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? place))
}

/** This share of irregular gaps does not change the rate. */
const hiccups = 0.1
/** Even in a clip that dropped most of its frames, this share of gaps has the original step. */
const rarely = 0.05

/**
 * The rate of the step that all gaps are multiples of, so that each frame has its own tick and only gaps are filled;
 * null where there is no such step.
 */
export function stepRate(times: readonly Seconds[]): FrameRate | null {
  const gaps = gapsOf(times)
  const usual = usualRate(times)
  if (!Number.isFinite(usual)) return null
  const short = [...gaps].sort((left, right) => left - right)[Math.floor(gaps.length * rarely)] ?? 0
  const steps = [usual, rateNear(gaps, short)].map((rate) => perSecond(steadyRate(steppedRate(gaps, rate))))
  const step = steps.find((rate) => Number.isFinite(rate) && eachHasAPlace(times, rate))
  if (step !== undefined) return step
  const odd = gaps.filter((gap) => !isUsual(gap, 1 / usual)).length
  return odd <= gaps.length * hiccups ? perSecond(steadyRate(usual)) : null
}

/**
 * Whether a frame is shown longer or shorter than the others, or the pace drifts so slowly that no single gap shows it
 * but the video would lose sync with the sound.
 */
export function isUneven(times: readonly Seconds[]): boolean {
  const gaps = gapsOf(times)
  const usual = median(gaps)
  if (gaps.some((gap) => !isUsual(gap, usual))) return true
  const [first = 0] = times
  const mean = ((times.at(-1) ?? first) - first) / Math.max(1, gaps.length)
  return times.some((time, index) => Math.abs(time - first - index * mean) > Math.max(0.002, mean / 2))
}

/** The longest time from one keyframe to the next or to the end, and from the start to the first. */
export function longestWay(
  keys: readonly Seconds[],
  { start, end }: { readonly start: Seconds; readonly end: Seconds },
): Seconds {
  return gapsOf([start, ...keys, end]).reduce((longest, gap) => Math.max(longest, gap), 0)
}
