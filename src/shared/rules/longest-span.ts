import type { ClipFacts } from '../domain/media.ts'
import type { Scan } from '../domain/scan.ts'
import type { Seconds } from '../units.ts'

const tiny = 1e-6

/** Whole frames that fit into so many seconds, as seconds. */
const wholeFrames = (seconds: Seconds, { frameRate }: ClipFacts) =>
  Math.floor(seconds * frameRate + tiny) / frameRate

/**
 * The longest part of the clip without a cut in it, at most `max` long, and the first of several that are as long.
 * It begins and ends at cuts or at the ends of what was looked at, so that it holds whole frames; where `max` cuts it
 * short it holds as many whole frames as fit. null where no frame is left.
 */
export function longestSpanWithoutCut(
  facts: ClipFacts,
  { span, cuts }: Pick<Scan, 'span' | 'cuts'>,
  { max }: { readonly max: Seconds },
): { readonly start: Seconds; readonly length: Seconds } | null {
  const start = Math.max(0, span.start)
  const end = Math.min(facts.duration, span.end)
  const inside = cuts.filter((cut) => cut > start + tiny && cut < end - tiny).toSorted((a, b) => a - b)
  const edges = [start, ...inside, end]
  const parts = edges.slice(1).map((to, index) => {
    const from = edges[index] ?? start
    const whole = to - from
    return { start: from, length: whole <= max + tiny ? whole : wholeFrames(max, facts) }
  })
  const longest = parts.reduce<(typeof parts)[number] | null>(
    (best, part) => (best === null || part.length > best.length + tiny ? part : best),
    null,
  )
  return longest !== null && longest.length > tiny ? longest : null
}
