import type { Seconds } from '../../../shared/units.ts'
import { colourDistance, difference, type Look } from './look.ts'
import { findParts, findShift, findZoom } from './relate.ts'

/** Below this many levels nothing a viewer would call a new picture has happened. */
const leastChange = 2.5
/** A cut stands out of the changes around it. */
const standsOut = 1.8
/** Flashes, strobes and lightning last less; what comes back within this time was never another scene. */
const flash: Seconds = 0.3
/** Frames on either side that say what is usual here. */
const around = 6
/** Never more than this many frames are held, whatever the frame rate. */
const mostHeld = 90

/** Parts found again this well belong to the same scene; by chance, unlike scenes reach about 0.6. */
export const related = 0.72
const shiftRelated = 0.6

type Seen = {
  readonly time: Seconds
  readonly look: Look
  /** From the frame before. */
  readonly change: number
  /** Whether the frame before shows the same scene; worked out when it is asked for. */
  sameAsBefore?: boolean
}

const median = (values: readonly number[]) =>
  [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0

/** Whether two pictures show the same scene, however far the camera or somebody in it moved meanwhile. */
export function sameScene(a: Look, b: Look): boolean {
  const there = findParts(a, b)
  const back = findParts(b, a)
  // A picture without detail has nothing to recognise but its light and colours.
  if (there.match === null && back.match === null) return colourDistance(a, b) < 12
  if (Math.min(there.covered, back.covered) < 0.12) return difference(a, b) < 14
  if (Math.min(there.match ?? 0, back.match ?? 0) >= related) return true
  return findShift(a, b).match >= shiftRelated
}

export function createCutFinder(found: {
  readonly cut: (time: Seconds) => void
  readonly jump: (time: Seconds) => void
}) {
  const held: Seen[] = []
  let judged = 0

  const at = (index: number) => held[index]
  const isSame = (index: number): boolean => {
    const one = at(index)
    const before = at(index - 1)
    if (!one || !before) return true
    one.sameAsBefore ??= one.change < leastChange || sameScene(before.look, one.look)
    return one.sameAsBefore
  }

  /** Something like the picture before comes back, or something like this one was there before. */
  function isFlash(index: number): boolean {
    const before = at(index - 1)
    const now = at(index)
    if (!before || !now) return false
    const like = (a: Look, b: Look) => difference(a, b) < now.change * 0.5 && sameScene(a, b)
    for (let later = index + 1; later < held.length; later += 1) {
      const one = at(later)
      if (!one || one.time - before.time > flash) break
      if (like(before.look, one.look)) return true
    }
    for (let earlier = index - 2; earlier >= 0; earlier -= 1) {
      const one = at(earlier)
      if (!one || now.time - one.time > flash) break
      if (like(one.look, now.look)) return true
    }
    return false
  }

  function judge(index: number): void {
    const now = at(index)
    const before = at(index - 1)
    if (!now || !before || now.change < leastChange) return
    const usual = (from: number, to: number) =>
      median(held.slice(Math.max(1, from), Math.max(1, to)).map(({ change }) => change))
    const calm = Math.min(usual(index - around, index), usual(index + 1, index + 1 + around))
    if (now.change < standsOut * calm) return
    if (isSame(index)) return
    let first = index
    while (first > 1 && !isSame(first - 1)) first -= 1
    let last = index
    while (last + 1 < held.length && !isSame(last + 1)) last += 1
    if (last - first >= 2) return
    if (isFlash(index)) return
    if (findZoom(before.look, now.look) > 0.75) found.jump(now.time)
    else found.cut(now.time)
  }

  const ready = (index: number, last: Seen) => {
    const one = at(index)
    return one !== undefined && last.time - one.time > flash && held.length - index > around
  }

  return {
    take: (time: Seconds, look: Look): void => {
      const before = held.at(-1)
      const seen = { time, look, change: before ? difference(before.look, look) : 0 }
      held.push(seen)
      while (judged < held.length && (ready(judged, seen) || held.length - judged > mostHeld / 2)) {
        judge(judged)
        judged += 1
      }
      while (judged > mostHeld / 2) {
        held.shift()
        judged -= 1
      }
    },
    close: (): void => {
      for (; judged < held.length; judged += 1) judge(judged)
    },
  }
}
