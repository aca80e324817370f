import { formatSeconds } from '../../../shared/units.ts'
import { edgeTime, frameCount, type Edges, type WindowLimits } from '../../state/trim-window.ts'
import { writeTimecode } from './timecode.ts'

/** "frame 12 of 300 · 0:00.367", counted from 1 as people do. */
export const placeWords = (edges: Edges, frame: number): string =>
  `frame ${String(frame + 1)} of ${String(frameCount(edges))} · ${writeTimecode(edgeTime(edges, frame))}`

/** What a handle says to those who do not see it. */
export const handleWords = (edges: Edges, edge: number, frame: number): string =>
  `${writeTimecode(edgeTime(edges, edge))}, frame ${String(frame + 1)}`

export const speedWords = (speed: number): string => `${speed < 0 ? '−' : ''}${String(Math.abs(speed))}×`

export function limitWords({ min, max }: WindowLimits): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '' : `At least ${formatSeconds(min)}.`
  return `${formatSeconds(min)} to ${formatSeconds(max)} with this orientation.`
}
