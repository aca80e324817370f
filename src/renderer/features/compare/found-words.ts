import type { FoundOffset } from '../../../shared/domain/offset.ts'
import { movedBy, offsetSentences } from '../../../shared/text/found-offset.ts'
import type { Seconds } from '../../../shared/units.ts'

/** What is said about an offset, and what can be done with it. */
export type OffsetNotice = {
  readonly tone: 'good' | 'info' | 'warn'
  readonly title: string
  readonly details: readonly string[]
  /** To be applied without asking; null where it is not sure. */
  readonly applies: Seconds | null
  /** To be tried. */
  readonly choices: readonly { readonly label: string; readonly offset: Seconds }[]
}

const by = { sound: 'By sound', motion: 'By motion' } as const

/** Motion is told to about a frame, so an offset found by it is whole frames. */
const wholeFrames = (offset: Seconds, frame: Seconds): Seconds => Math.round(offset / frame) * frame + 0

/** An answer with offsets as they are applied. `frame`: how long a frame of the finer side lasts. */
function asApplied(found: FoundOffset, frame: Seconds): FoundOffset {
  const applied = (offset: Seconds, how: FoundOffset['by']) =>
    how === 'motion' ? wholeFrames(offset, frame) : offset
  return {
    ...found,
    offset: found.offset === null ? null : applied(found.offset, found.by),
    candidates: found.candidates.map((one) => ({ ...one, offset: applied(one.offset, one.by) })),
  }
}

const disagreeing = { title: 'Sound and motion disagree. Check them by eye.', details: [] } as const

const tones = { sure: 'good', likely: 'info', ambiguous: 'warn', none: 'warn' } as const

/** What to say about an answer, and what to do with it: only a sure one is applied. */
export function noticeOf(answer: FoundOffset, frame: Seconds): OffsetNotice {
  const found = asApplied(answer, frame)
  const [title = '', ...details] = offsetSentences(found)
  const said = { tone: tones[found.verdict], title, details, applies: null, choices: [] }
  const { verdict, offset } = found
  if (verdict === 'sure' && offset !== null) {
    const moved = movedBy(offset)
    return { ...said, title: moved === '0 s' ? title : `The result is now ${moved}.`, applies: offset }
  }
  if (offset !== null) return { ...said, choices: [{ label: `Apply ${movedBy(offset)}`, offset }] }
  return {
    ...said,
    // The choices tell the numbers.
    ...(verdict === 'ambiguous' && found.by === null && disagreeing),
    choices: found.candidates.map((one) => ({
      label: `${by[one.by]}: ${movedBy(one.offset)}`,
      offset: one.offset,
    })),
  }
}

/** After both sides were marked; frames are counted from 1. */
export const matchedNotice = (reference: number, result: number, offset: Seconds): OffsetNotice => ({
  tone: 'good',
  title: `The result is now ${movedBy(offset)}.`,
  details: [`Reference frame ${String(reference + 1)} is shown with result frame ${String(result + 1)}.`],
  applies: offset,
  choices: [],
})
