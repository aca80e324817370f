import type { FrameRate, Seconds } from '../../shared/units.ts'

/** How frames follow each other; pure. */
const median = (values: readonly number[]) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN

const gapsOf = (times: readonly Seconds[]) =>
  times.slice(1).map((time, index) => time - (times[index] ?? time))

/** Clocks of a millisecond make 33 and 34 of equal frames: only more than that is a change of pace. */
const isUsual = (gap: Seconds, usual: Seconds) => Math.abs(gap - usual) <= Math.max(0.002, usual * 0.1)

/** From most frames to the next; not a number for a single frame. */
export const usualGap = (times: readonly Seconds[]): Seconds => median(gapsOf(times))

/** The pace at which most frames follow each other, whatever hiccups there are between. */
export function usualRate(times: readonly Seconds[]): FrameRate {
  const gaps = gapsOf(times)
  const usual = median(gaps)
  const alike = gaps.filter((gap) => isUsual(gap, usual))
  return alike.length / alike.reduce((sum, gap) => sum + gap, 0)
}

/**
 * Some frame stands longer or shorter than the others, or the pace drifts so slowly that no single gap shows it but
 * the picture would run away from the sound.
 */
export function isUneven(times: readonly Seconds[]): boolean {
  const gaps = gapsOf(times)
  const usual = median(gaps)
  if (gaps.some((gap) => !isUsual(gap, usual))) return true
  const [first = 0] = times
  const mean = ((times.at(-1) ?? first) - first) / Math.max(1, gaps.length)
  return times.some((time, index) => Math.abs(time - first - index * mean) > Math.max(0.002, mean / 2))
}

/** The longest way from one keyframe to the next or to the end; before the first one, from the start. */
export function longestWay(
  keys: readonly Seconds[],
  { start, end }: { readonly start: Seconds; readonly end: Seconds },
): Seconds {
  return gapsOf([start, ...keys, end]).reduce((longest, gap) => Math.max(longest, gap), 0)
}
