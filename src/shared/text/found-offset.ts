import type { FoundOffset, OffsetCandidate, Soundless } from '../domain/offset.ts'
import type { Seconds } from '../units.ts'

/** Less than this is no difference to anybody. */
const same: Seconds = 0.0005

/** "0.733 s later": where the result has to be moved. */
export function movedBy(offset: Seconds): string {
  const amount = Number(Math.abs(offset).toFixed(3))
  if (amount < same) return '0 s'
  return `${String(amount)} s ${offset > 0 ? 'later' : 'earlier'}`
}

const reasons: Readonly<Record<Soundless['why'], (side: string) => string>> = {
  'no-sound': (side) => `The ${side} has no sound.`,
  silent: (side) => `The ${side} is silent.`,
  unreadable: (side) => `The sound of the ${side} can’t be read.`,
}

function driftOf(slope: number): readonly string[] {
  if (Math.abs(slope) < same) return []
  const percent = Number(Math.abs(100 * slope).toFixed(2))
  return [
    `The result runs ${String(percent)} % ${slope > 0 ? 'slower' : 'faster'}. The offset fits in the middle.`,
  ]
}

const listOf = (candidates: readonly OffsetCandidate[], by: OffsetCandidate['by']) =>
  candidates
    .filter((one) => one.by === by)
    .map(({ offset }) => movedBy(offset))
    .join(', ')

/** What was found, in sentences: the offset first. */
export function offsetSentences({
  verdict,
  by,
  offset,
  slope,
  candidates,
  sound,
}: FoundOffset): readonly string[] {
  const soundless = sound?.soundless ? [reasons[sound.soundless.why](sound.soundless.side)] : []
  if (offset !== null) {
    const move =
      Math.abs(offset) < same ? 'The result already matches.' : `Move the result ${movedBy(offset)}.`
    const how =
      verdict === 'sure' ? `Found by ${String(by)}.` : `Found by ${String(by)}, but unsure. Check it by eye.`
    return [move, how, ...driftOf(slope), ...soundless]
  }
  if (verdict === 'none') return ['No offset found. Set it by hand.', ...soundless]
  if (by === null)
    return [
      `Sound and motion disagree. By sound: ${listOf(candidates, 'sound')}. By motion: ${listOf(candidates, 'motion')}.`,
      'Check them by eye.',
    ]
  return [`Several offsets fit: ${listOf(candidates, by)}.`, 'The sound repeats. Check them by eye.']
}
