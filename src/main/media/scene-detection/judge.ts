import type { Scan, Span } from '../../../shared/domain/scan.ts'
import type { Seconds } from '../../../shared/units.ts'
import { createCalmFinder } from './still-and-black.ts'
import { createCutFinder } from './cuts.ts'
import { createFastFinder } from './fast.ts'
import type { Look } from './frame-signature.ts'

/** Takes the frames of a part in order; keeps only the last few of them. */
export function createJudge() {
  const cuts: Seconds[] = []
  const jumps: Seconds[] = []
  const cutFinder = createCutFinder({ cut: (time) => cuts.push(time), jump: (time) => jumps.push(time) })
  const calm = createCalmFinder()
  const fast = createFastFinder()
  return {
    take: (time: Seconds, look: Look): void => {
      cutFinder.take(time, look)
      calm.take(time, look)
      fast.take(time, look)
    },
    close: (span: Span): Scan => {
      cutFinder.close()
      return { span, cuts, jumps, ...calm.close(span.end), fast: fast.close() }
    },
  }
}
