import { intervalOf, type FrameList } from '../../../../src/shared/domain/frames.ts'
import type { Painted } from './engine-page.ts'

export type NumberedSide = FrameList & {
  /** What each frame's picture says, by frame. */
  readonly numbers: readonly number[]
}

export type PairErrors = {
  readonly paints: number
  /** Milliseconds between the frames that were on the screen together: 0 where there is a moment that shows them all. */
  readonly p95: number
  readonly max: number
  /** Paints in which a picture carried another number than the engine claimed. */
  readonly misnamed: number
}

/** Judges what was painted by the numbers in the pictures alone. */
export function pairErrors(
  painted: readonly Painted[],
  sides: readonly NumberedSide[],
  leads: readonly number[] = [],
): PairErrors {
  const gaps = painted.map((one) => 1000 * gapBetween(one, sides, leads)).sort((left, right) => left - right)
  return {
    paints: painted.length,
    p95: gaps[Math.max(0, Math.ceil(gaps.length * 0.95) - 1)] ?? Infinity,
    max: gaps.at(-1) ?? Infinity,
    misnamed: painted.filter(({ numbers, frames }) =>
      numbers.some((number, side) => sides[side]?.numbers[frames[side] ?? -1] !== number),
    ).length,
  }
}

/** Moments of the shared clock are told with a tolerance of a millisecond. */
const tolerance = 0.001

function gapBetween(
  { numbers, frames }: Pick<Painted, 'numbers' | 'frames'>,
  sides: readonly NumberedSide[],
  leads: readonly number[],
): number {
  const shown = sides.map((side, nth) => {
    const number = numbers[nth] ?? -1
    const claimed = frames[nth] ?? -1
    // After 1,024 frames the numbers begin again, so a frame that is named rightly is believed.
    const frame = side.numbers[claimed] === number ? claimed : side.numbers.indexOf(number)
    if (frame < 0) return { start: Infinity, end: -Infinity }
    const lead = leads[nth] ?? 0
    const { start, end } = intervalOf(side, frame)
    // Before its first and after its last frame a side holds them.
    return {
      start: frame === 0 ? -Infinity : start - lead,
      end: frame === side.frameTimes.length - 1 ? Infinity : end - lead,
    }
  })
  const latestStart = Math.max(...shown.map(({ start }) => start))
  const firstEnd = Math.min(...shown.map(({ end }) => end))
  const gap = latestStart - firstEnd
  return gap <= tolerance ? 0 : gap
}
