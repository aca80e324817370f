import { frameAt } from '../domain/frames.ts'
import type { Scan, Span } from '../domain/media.ts'
import type { EarlyEnd, Freeze } from '../domain/motion.ts'
import type { Take } from '../domain/take.ts'
import { formatSeconds, type Seconds } from '../units.ts'

/** Encoders round a length to whole frames, and a few frames do not matter. */
const toBeSaid: Seconds = 0.25

/** Providers shorten results, at cuts or for other reasons, and keep the money. Null for a result of about the length of its clip. */
export function shorterSentence({
  result,
  preparedClip,
}: Pick<Take, 'result' | 'preparedClip'>): string | null {
  if (result === null || preparedClip === null) return null
  const less = preparedClip.duration - result.duration
  if (less < toBeSaid) return null
  return `The result is ${formatSeconds(result.duration)} long, ${formatSeconds(less)} shorter than the clip that was sent. The download is complete: the provider made it shorter.`
}

/** A cut this near to the end of a result may have ended it. */
const nearCut: Seconds = 0.5
/** Motion that a model cannot follow may end a result a little later. */
const nearFast: Seconds = 1

const tenths = (time: Seconds) => time.toFixed(1)
export const fromTo = ({ start, end }: Span) => `from ${tenths(start)} to ${tenths(end)} s`

/** Where a result stands still, in words. */
export const inWords = (span: Span): Freeze => ({
  ...span,
  message: `The result stands still ${fromTo(span)}.`,
})

type Ended = {
  readonly reference: { readonly frameTimes: readonly Seconds[]; readonly duration: Seconds }
  /** How long the result is. */
  readonly result: Seconds
  readonly scan: Pick<Scan, 'cuts' | 'fast'>
  /** How long a result of this model is expected to be for this clip. */
  readonly expected: Seconds
}

function seenAt(end: Seconds, { cuts, fast }: Ended['scan']): EarlyEnd['seen'] {
  const [cut] = cuts.toSorted((one, other) => Math.abs(one - end) - Math.abs(other - end))
  if (cut !== undefined && Math.abs(cut - end) <= nearCut) return { kind: 'cut', start: cut, end: cut }
  const span = fast.find((one) => one.start <= end + nearCut && one.end >= end - nearFast)
  return span ? { kind: 'fast', ...span } : null
}

function reasonOf(seen: EarlyEnd['seen'], { result, expected }: Ended): string {
  if (Math.abs(result - expected) < toBeSaid)
    return `This model makes ${formatSeconds(expected)} from this clip.`
  if (seen === null) return 'Understudy sees no reason in the clip.'
  return seen.kind === 'cut'
    ? `The clip has a cut at ${tenths(seen.start)} s.`
    : `The clip moves too fast to follow ${fromTo(seen)}.`
}

/** Where in its reference a result ended that is too short, and why; null for a result of about the same length. */
export function earlyEnd(ended: Ended): EarlyEnd | null {
  const { reference, result, scan } = ended
  if (reference.duration - result < toBeSaid) return null
  const frame = frameAt(reference.frameTimes, result)
  const seen = seenAt(result, scan)
  const where = `The result ends at ${tenths(result)} s, at frame ${String(frame + 1)} of the clip.`
  return { frame, time: result, seen, message: `${where} ${reasonOf(seen, ended)}` }
}
