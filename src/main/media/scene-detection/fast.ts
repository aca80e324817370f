import type { Span } from '../../../shared/domain/scan.ts'
import type { Seconds } from '../../../shared/units.ts'
import { difference, type Look } from './frame-signature.ts'
import { findParts, findShift } from './relate.ts'
import { createSpans } from './spans.ts'

/** The whole picture passes by within a second: nobody follows what is in it, and neither does a model. */
const widthsPerSecond = 1
const leastFast: Seconds = 0.25
/** A doubled frame now and then does not end a pan. */
const bridge: Seconds = 0.07
/** Below this many levels nothing large can have moved that fast. */
const leastChange = 4
/** Parts found less well than this were not found. */
const recognised = 0.72

/** How far the picture moved between two frames, in its widths; null where it cannot be followed at all. */
function wayBetween(before: Look, now: Look): number | null {
  const parts = findParts(before, now)
  if (parts.match === null) return 0
  if (parts.match >= recognised) return parts.distance
  const shift = findShift(before, now)
  return shift.match >= 0.5 ? shift.distance : null
}

/** Motion too fast to follow. A single jump, as a cut or a flash makes it, is not motion. */
export function createFastFinder() {
  const spans = createSpans(leastFast, bridge)
  let before: { readonly time: Seconds; readonly look: Look } | null = null
  return {
    take: (time: Seconds, look: Look): void => {
      if (before && difference(before.look, look) >= leastChange) {
        const way = wayBetween(before.look, look)
        if (way === null || way / (time - before.time) >= widthsPerSecond)
          spans.add({ start: before.time, end: time })
      }
      before = { time, look }
    },
    close: (): readonly Span[] => spans.close(),
  }
}
