import type { Comparison } from '../../../shared/domain/views.ts'
import type { NamedSide } from './Captions.tsx'
import type { SideSize } from './engine/arrangement.ts'
import { sideAt } from './engine/view.ts'
import type { Sound } from './sound.ts'
import { sideName, type ShownTake } from './words.ts'

/** 'reference', 'result', 'result-2' … with the size of each picture. */
export const sizesOf = ({ reference: { width, height }, takes }: Comparison): readonly SideSize[] => [
  { side: 'reference', width, height },
  ...takes.map(({ result }, nth) => ({
    side: sideAt(nth + 1),
    width: result.width,
    height: result.height,
  })),
]

const referenceId = 'reference'

/** What stays the same of a side when others come or go. */
export const sideIds = ({ takes }: Comparison): readonly string[] => [
  referenceId,
  ...takes.map(({ take }) => take.id),
]

export function shownTake({ reference, takes }: Comparison, chosen: number): ShownTake {
  const one = takes[chosen] ?? takes[0]
  if (!one) throw new Error('A comparison has at least one take')
  return { ...one, reference }
}

/** All sides with their name and whether they are heard; `chosen` is the take whose sound is the result’s. */
export const namedSides = (
  comparison: Comparison,
  sound: Sound,
  chosen: number,
): readonly (SideSize & NamedSide)[] =>
  sizesOf(comparison).map((size, index, all) => ({
    ...size,
    name: sideName(index, all.length),
    video: index === 0 ? comparison.reference : (comparison.takes[index - 1]?.result ?? comparison.reference),
    heard: index === 0 ? sound === 'reference' : sound === 'result' && index === chosen + 1,
  }))
