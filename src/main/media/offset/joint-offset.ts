import type {
  FoundOffset,
  MotionOffset,
  OffsetCandidate,
  SoundOffset,
} from '../../../shared/domain/offset.ts'
import type { Seconds } from '../../../shared/units.ts'

/** Up to so many apart, sound and motion agree, and sound is the more precise of both. */
const frames = 2
const digits = 5

type Answer = { readonly verdict: string } | null
const isSure = (answer: Answer) => answer?.verdict === 'sure'
const isLikely = (answer: Answer) => answer?.verdict === 'likely'
/** A guess too is enough to doubt what is sure of something else. */
const isTold = (answer: Answer) => isSure(answer) || isLikely(answer)

/** One answer from what sound and motion say. `frame`: how long a frame of the slower video lasts. */
export function jointOffset(
  sound: SoundOffset | null,
  motion: MotionOffset | null,
  frame: Seconds,
): FoundOffset {
  const heard = (sound?.candidates ?? []).map((offset): OffsetCandidate => ({ offset, by: 'sound' }))
  const seen: readonly OffsetCandidate[] =
    motion === null ? [] : [{ offset: Number(motion.offset.toFixed(digits)), by: 'motion' }]
  const answer = (verdict: 'sure' | 'likely', { offset, by }: OffsetCandidate): FoundOffset => ({
    ...{ verdict, by, offset, sound, motion },
    slope: by === 'sound' ? (sound?.slope ?? 0) : 0,
    candidates: [{ offset, by }],
  })
  const open = (candidates: readonly OffsetCandidate[], by: FoundOffset['by']): FoundOffset => ({
    ...{ verdict: 'ambiguous', by, offset: null, slope: 0, candidates, sound, motion },
  })
  const [ear] = heard
  const [eye] = seen
  const agrees = (one: OffsetCandidate) => eye && Math.abs(one.offset - eye.offset) <= frames * frame
  if (ear && eye && isTold(motion)) {
    if (isTold(sound) && !agrees(ear)) return open([ear, eye], null)
    if (isSure(motion) && !heard.some(agrees)) return open([...heard, eye], null)
  }
  for (const holds of [isSure, isLikely]) {
    const verdict = holds === isSure ? 'sure' : 'likely'
    if (verdict === 'likely' && sound?.verdict === 'ambiguous') return open(heard, 'sound')
    if (holds(sound) && ear) return answer(verdict, ear)
    if (holds(motion) && eye) return answer(verdict, eye)
  }
  return {
    ...{ verdict: 'none', by: null, offset: null, slope: 0, candidates: [], sound, motion },
  }
}
