import type { ClipFacts } from '../../../shared/domain/media.ts'
import { canBeEntered } from '../probe/containers.ts'
import type { Seconds } from '../../../shared/units.ts'

/** Which frames a strip may be made of: the fewer have to be decoded, the quicker it is there. */
export type StripPass = 'keyframes' | 'referred' | 'all'

/** Consecutive frames that no other refers to are seldom more than seven; a finer strip decodes them too. */
const finest: Seconds = 0.35

export const frameOf = ({ frameRate }: ClipFacts): Seconds => 1 / Math.max(1, frameRate)

/** What is tried in turn until every time has its picture. Keyframes so rare that most times miss them only cost time. */
export function stripPasses(near: Seconds, { keyframeInterval }: ClipFacts): readonly StripPass[] {
  if (2 * near < finest) return ['all']
  return keyframeInterval > 4 * near ? ['referred', 'all'] : ['keyframes', 'referred', 'all']
}

/**
 * Parts of the strip that are made side by side, since one decoder leaves cores idle. Each begins to decode at the
 * keyframe before it, so a part shorter than the way between keyframes would win nothing.
 */
export function stripLanes(
  times: readonly Seconds[],
  pass: StripPass,
  { container, keyframeInterval }: ClipFacts,
  most: number,
): readonly (readonly Seconds[])[] {
  const inOrder = [...times].sort((left, right) => left - right)
  const span = (inOrder.at(-1) ?? 0) - (inOrder[0] ?? 0)
  const inOne = pass === 'keyframes' || !canBeEntered(container)
  const worthwhile = inOne ? 1 : Math.floor(span / Math.max(1, keyframeInterval))
  const lanes = Math.max(1, Math.min(most, worthwhile, inOrder.length))
  const edge = (lane: number) => Math.round((lane * inOrder.length) / lanes)
  return Array.from({ length: lanes }, (_, lane) => inOrder.slice(edge(lane), edge(lane + 1)))
}

/** The times that no picture is near enough to. */
export const unmet = (
  times: readonly Seconds[],
  made: readonly Seconds[],
  near: Seconds,
): readonly Seconds[] => times.filter((time) => !made.some((at) => Math.abs(at - time) <= near + 0.0005))

/** How long before the time that is asked for a frame may stand: as little as the pass has frames for. */
function leadOf(pass: StripPass, near: Seconds, facts: ClipFacts): Seconds {
  const frame = frameOf(facts)
  if (pass === 'all') return 0.9 * frame
  const gap = pass === 'referred' ? 8 * frame : facts.keyframeInterval
  return Math.min(near, Math.max(frame, gap > 0 ? gap / 2 : near))
}

/** ffmpeg takes expressions nested a hundred deep, and nests a long sum from one end to the other. */
function sum(terms: readonly string[]): string {
  if (terms.length <= 1) return terms[0] ?? '0'
  const half = terms.length >> 1
  return `(${sum(terms.slice(0, half))}+${sum(terms.slice(half))})`
}

/** An expression for ffmpeg's `select` on the file's own clock: for each time one frame near it. */
export function selecting(
  pass: StripPass,
  times: readonly Seconds[],
  near: Seconds,
  facts: ClipFacts,
): string {
  const lead = leadOf(pass, near, facts)
  const at = (time: Seconds) => (facts.startTime + time).toFixed(6)
  // The end of one window is the beginning of the next: one frame serves both.
  const windows = times.map((time) => {
    const from = at(time - lead)
    return `between(t,${from},${at(time + near)})*(isnan(prev_selected_t)+lt(prev_selected_t,${from}))`
  })
  return sum(windows)
}
