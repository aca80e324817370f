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
