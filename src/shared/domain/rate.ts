import type { FrameRate } from '../units.ts'

/** A frame rate as the exact fraction that cameras and containers mean: 29.97 is 30000/1001. */
export type Rate = { readonly frames: number; readonly seconds: number }

const standard: readonly Rate[] = [
  [10, 1],
  [12, 1],
  [15000, 1001],
  [15, 1],
  [20, 1],
  [24000, 1001],
  [24, 1],
  [25, 1],
  [30000, 1001],
  [30, 1],
  [48, 1],
  [50, 1],
  [60000, 1001],
  [60, 1],
  [100, 1],
  [120, 1],
].map(([frames = 0, seconds = 1]) => ({ frames, seconds }))

export const perSecond = ({ frames, seconds }: Rate): FrameRate => frames / seconds
export const rateText = ({ frames, seconds }: Rate): string => `${frames}/${seconds}`

/** Half of the distance between 29.97 and 30, the closest neighbours there are. */
const close = (rate: Rate, measured: FrameRate) => Math.abs(perSecond(rate) / measured - 1) < 0.0005

const nearest = (measured: FrameRate) =>
  [...standard].sort(
    (left, right) => Math.abs(perSecond(left) - measured) - Math.abs(perSecond(right) - measured),
  )[0]

/** The rate a steady clip means: the standard one it was measured at, or exactly what was measured. */
export function steadyRate(measured: FrameRate): Rate {
  const candidate = nearest(measured)
  if (candidate && close(candidate, measured)) return candidate
  return { frames: Math.round(measured * 1000), seconds: 1000 }
}

/** The rate an unsteady clip is resampled to: the next standard one that keeps the average number of frames. */
export function resampledRate(measured: FrameRate, cap: FrameRate): Rate {
  const candidate = nearest(measured)
  const kept =
    candidate && close(candidate, measured)
      ? candidate
      : (standard.find((rate) => perSecond(rate) >= measured) ?? steadyRate(measured))
  if (perSecond(kept) <= cap) return kept
  return [...standard].reverse().find((rate) => perSecond(rate) <= cap) ?? steadyRate(cap)
}
