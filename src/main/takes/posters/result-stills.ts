import type { ResultFacts } from '../../../shared/domain/media.ts'
import { posterSide } from '../../../shared/domain/sprite.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { Media, Running } from '../../media/media.ts'
import type { Library } from '../takes.ts'
import { aboutVideo, notAVideo } from '../video-problems.ts'

/** A finished take and its result. */
export type FinishedTake = { readonly id: string; readonly facts: ResultFacts }

type StillsParts = {
  readonly library: Pick<Library, 'wholeResult'>
  readonly media: Pick<Media, 'inspect' | 'strip'>
}

type Still = { readonly at: Seconds; readonly jpeg: Uint8Array }
export type WantedStills = { readonly times: readonly Seconds[]; readonly near: Seconds }

const nearest = (stills: readonly Still[], time: Seconds) =>
  stills.reduce<Still | null>(
    (best, still) => (best === null || Math.abs(still.at - time) < Math.abs(best.at - time) ? still : best),
    null,
  )

/** One small picture of a result for each of these times: of several frames near it, one that is quick to decode. */
export async function resultStills(
  { library, media }: StillsParts,
  { id, facts }: FinishedTake,
  { times, near }: WantedStills,
  running: Running,
): Promise<Outcome<readonly Uint8Array[]>> {
  const path = await library.wholeResult(id)
  if (!path.ok) return path
  const clip = await media.inspect(path.value, running, 'clip')
  if (!clip.ok) return aboutVideo('result', clip.problem)
  if (clip.value.kind !== 'clip') return notAVideo('result')
  const { width, height } = facts
  const job = { times, near, height: Math.round(height * Math.min(1, posterSide / Math.max(width, height))) }
  const stills: Still[] = []
  const keep = (at: Seconds, jpeg: Uint8Array) => stills.push({ at, jpeg })
  const made = await media.strip(path.value, clip.value, job, keep, running)
  if (!made.ok) return aboutVideo('result', made.problem)
  return stills.length === 0
    ? notAVideo('result')
    : ok(times.flatMap((time) => nearest(stills, time)?.jpeg ?? []))
}
