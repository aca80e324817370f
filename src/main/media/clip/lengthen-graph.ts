import type { FramePlan } from './frame-plan.ts'
import { rateText } from '../../../shared/domain/rate.ts'

type Lengthened = Pick<FramePlan, 'performed' | 'frames' | 'rate'>

/** The clock on which every frame lasts one tick. */
export const onFrameClock = ({ rate }: Pick<FramePlan, 'rate'>): readonly string[] => [
  `settb=expr=${rate.seconds}/${rate.frames}`,
  'setpts=N',
]

/**
 * Every frame is shown a little longer, on the clip's own rate. Whole frames are repeated and none is made up: blended
 * or interpolated ones have limbs in two places, which a model follows as if they were there.
 */
const slowedDown = ({ performed, frames, rate }: Lengthened): readonly string[] => [
  `settb=expr=${rate.seconds}/${rate.frames * performed}`,
  `setpts=N*${frames}`,
  `fps=fps=${rateText(rate)}:round=near`,
  'tpad=stop=-1:stop_mode=clone',
  `trim=end_frame=${frames}`,
]

const repeated = ({ frames }: Lengthened, size: number): readonly string[] => [
  `loop=loop=-1:size=${size}:start=0`,
  `trim=end_frame=${frames}`,
]

/** There and back, as often as it takes; neither turning point is shown twice. */
function thereAndBack(plan: Lengthened): readonly string[] {
  const { performed, frames } = plan
  const round = 2 * performed - 2
  return [
    'split[there][turning]',
    `;[turning]reverse,trim=start_frame=1:end_frame=${performed - 1},setpts=N[back]`,
    `;[there][back]concat=n=2:v=1:a=0`,
    ...(frames > round ? ['setpts=N', ...repeated(plan, round)] : [`trim=end_frame=${frames}`]),
  ]
}

/** From `performed` frames on the frame clock to `frames` of them. */
export function lengthened(plan: FramePlan): readonly string[] {
  const steps = () => {
    switch (plan.lengthen) {
      case null:
        return []
      case 'slow-down':
        return slowedDown(plan)
      case 'loop':
        return repeated(plan, plan.performed)
      case 'boomerang':
        return plan.performed > 2 ? thereAndBack(plan) : repeated(plan, plan.performed)
    }
  }
  return plan.lengthen === null ? [] : [...onFrameClock(plan), ...steps()]
}

/** One graph of what follows on each other; a step that begins with `;` opens a new branch. */
export const joined = (steps: readonly string[]): string => steps.join(',').replaceAll(',;', ';')
