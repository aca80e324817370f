import type { ClipFacts, ClipWindow } from '../../../shared/media.ts'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import { numericLimit } from '../../../shared/rules/window.ts'
import type { Orientation } from '../../../shared/take.ts'
import type { Seconds } from '../../../shared/units.ts'

export type WindowLimits = { readonly min: Seconds; readonly max: Seconds }

export function windowLimits(model: ModelRules | undefined, orientation: Orientation): WindowLimits {
  return {
    min: (model && numericLimit(model, 'clip.duration.min', orientation)) ?? 0,
    max: (model && numericLimit(model, 'clip.duration.max', orientation)) ?? Number.POSITIVE_INFINITY,
  }
}

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), Math.max(min, max))

/** The in- and out-point as they stand. */
export function spanOf(facts: ClipFacts, window: ClipWindow, { max }: WindowLimits) {
  const start = Math.min(window.start, facts.duration)
  const length = Math.min(facts.duration - start, window.length ?? max)
  return { start, end: start + length, length }
}

const tiny = 1e-6
const toFrame = (seconds: Seconds, { frameRate }: ClipFacts) => Math.round(seconds * frameRate) / frameRate
/** Never longer than asked, so that a limit is not broken by rounding. */
const wholeFrames = (seconds: Seconds, { frameRate }: ClipFacts) =>
  Math.max(1, Math.floor(seconds * frameRate + tiny)) / frameRate

/** Moves the performed part along the clip. It keeps its length until the end of the clip takes some of it. */
export function moveInPoint(
  facts: ClipFacts,
  window: ClipWindow,
  to: Seconds,
  limits: WindowLimits,
): ClipWindow {
  const shortest = Math.min(limits.min, facts.duration)
  const start = clamp(toFrame(to, facts), 0, facts.duration - shortest)
  const left = facts.duration - start
  const length = window.length === null || window.length > left - tiny ? null : window.length
  return { start, length }
}

/** Makes the performed part longer or shorter; the in-point stays. As long as allowed is kept as "no length". */
export function moveOutPoint(
  facts: ClipFacts,
  window: ClipWindow,
  to: Seconds,
  limits: WindowLimits,
): ClipWindow {
  const longest = Math.min(limits.max, facts.duration - window.start)
  const length = wholeFrames(clamp(to - window.start, Math.min(limits.min, longest), longest), facts)
  return { start: window.start, length: length > longest - 1 / facts.frameRate + tiny ? null : length }
}

/** Keeps what the user set when the limits change under it. */
export function refitWindow(facts: ClipFacts, window: ClipWindow, limits: WindowLimits): ClipWindow {
  if (window.length === null || window.length <= limits.max) return window
  return { start: window.start, length: null }
}
