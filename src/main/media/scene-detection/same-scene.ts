import { colourDistance, difference, type Look } from './frame-signature.ts'
import { findParts, findShift, type Parts } from './relate.ts'

/** Parts found again this well belong to the same scene; unlike scenes reach 0.63 by chance, a spinning one 0.67. */
const recognised = 0.65
/** The whole picture moved; unlike scenes reach 0.65 where little of them lies on one another. */
const shifted = 0.7
const surely = 0.85
/** From here on somebody who moved or a camera that turned does not explain the colours. */
const newColours = 15
/** New shapes in the very same colours are another view of the same place: two places are hardly ever that alike. */
const sameColours = 8
/** Less detail than this in a picture, and light and colours are all there is to recognise. */
const bare = 0.12
/** And with so little to go by, only a change that stands quite alone is no motion. */
const bareAlone = 4
/** Light and colours that moved less than this many levels are those of the same place. */
const sameLight = 12
/** No jump changes the light this much. */
const lamp = 25
/** Parts with detail that left their place at once. */
const displaced = 0.12

/** `same` picture as before, the same scene from elsewhere (`jump`), or an `other` scene. */
export type Relation = 'same' | 'jump' | 'other'

const mean = (there: Parts, back: Parts) => ((there.match ?? 0) + (back.match ?? 0)) / 2

/** With hardly any detail, light and colours decide, and what little detail there is. */
function relateBare(a: Look, b: Look, match: number | null): Relation {
  if (findShift(a, b).match >= shifted) return 'same'
  if (colourDistance(a, b) >= sameLight) return 'other'
  return match === null || match >= 0.5 ? 'same' : 'other'
}

/** `alone`: how many times larger the change between the two is than those around. */
export function relate(a: Look, b: Look, alone: number): Relation {
  const there = findParts(a, b)
  const back = findParts(b, a)
  const match = mean(there, back)
  if (Math.min(there.covered, back.covered) < bare) {
    if (alone < bareAlone) return 'same'
    return relateBare(a, b, there.match === null && back.match === null ? null : match)
  }
  const recoloured = colourDistance(a, b)
  const shift = findShift(a, b).match
  // New colours, and nothing in its place: parts found elsewhere are chance, unless they all went the same way.
  const elsewhere = recoloured >= newColours && Math.max(there.inPlace, back.inPlace) < 0.35
  if (shift >= (elsewhere ? surely : shifted) || (match >= recognised && !elsewhere)) {
    // A lamp that is switched on moves shadows, but nobody.
    const moved = Math.max(there.moved, back.moved) >= displaced && recoloured < lamp
    return moved ? 'jump' : 'same'
  }
  return recoloured < sameColours ? 'jump' : 'other'
}

/** Whether `b` is what `a` was before something of this size came between. */
export function comesBack(a: Look, b: Look, change: number): boolean {
  const left = difference(a, b) / change
  if (left >= 0.5) return false
  const there = findParts(a, b)
  const back = findParts(b, a)
  if (there.match === null || back.match === null) return left < 0.25
  const match = mean(there, back)
  return match >= recognised || (left < 0.25 && match >= 0.5)
}
