import { frameAt } from '../../../../shared/frames.ts'
import type { Seconds } from '../../../../shared/units.ts'
import { edgeTime, frameCount, type Edges } from '../window.ts'

/** The frame that is shown at a time; before the first the first, after the last the last. */
export const frameAtTime = (edges: Edges, time: Seconds): number =>
  Math.min(frameAt(edges, time), frameCount(edges) - 1)

/** Where to send a player so that its own rounding cannot show the neighbour. */
export const middleOf = (edges: Edges, frame: number): Seconds =>
  (edgeTime(edges, frame) + edgeTime(edges, frame + 1)) / 2
