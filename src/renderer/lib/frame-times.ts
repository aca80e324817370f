import { frameAt, type Interval } from '../../shared/domain/frames.ts'
import type { Seconds } from '../../shared/units.ts'
import { edgeTime, frameCount, type Edges } from '../state/trim-window.ts'

/** The frame that is shown at a time; before the first the first, after the last the last. */
export const frameAtTime = (edges: Edges, time: Seconds): number =>
  Math.min(frameAt(edges, time), frameCount(edges) - 1)

/** From when to when a frame is shown. */
export const intervalAt = (edges: Edges, frame: number): Interval => ({
  start: edgeTime(edges, frame),
  end: edgeTime(edges, frame + 1),
})
