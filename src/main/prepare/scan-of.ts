import type { ClipFacts } from '../../shared/domain/media.ts'
import type { Scan, Span } from '../../shared/domain/scan.ts'
import type { Media } from '../media/media.ts'
import type { Call } from '../core/studio-types.ts'

/** What is known of the moving picture of a part, or found by looking at it; null: nothing. */
export type ScanOf = (path: string, facts: ClipFacts, part: Span, call: Call) => Promise<Scan | null>

const covers = (whole: Span, part: Span) => whole.start <= part.start && whole.end >= part.end

/**
 * Looks at a part once for as long as this lives; what was seen of a longer part is not looked at again. Whatever goes
 * wrong, nothing is known then: a hint never stops a check.
 */
export function createScanOf(media: Pick<Media, 'scan'>): ScanOf {
  const seen = new Map<string, Scan>()
  return async (path, facts, part, { signal }) => {
    const known = seen.get(path)
    if (known && covers(known.span, part)) return known
    const scan = await media.scan(path, facts, part, { signal })
    if (!scan.ok) return null
    seen.set(path, scan.value)
    return scan.value
  }
}
