import type { Pixels } from '../../../../shared/units.ts'
import { arrange, scaleIn, type Scene } from './arrangement.ts'
import { layout, panLimit, within, type Placed } from './layout.ts'
import type { Point, View } from './view.ts'

const stops = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8] as const
const least = 0.1
const most = 8

/** Screen pixels per pixel of the reference. */
export function zoomOf(scene: Scene, view: View): number {
  const arranged = arrange(scene, view)
  return arranged ? scaleIn(arranged.main, view) : 1
}

const contains = ({ x, y, width, height }: Placed['region'], at: Point) =>
  at.x >= x && at.x < x + width && at.y >= y && at.y < y + height

/** The side at a point of the canvas that follows zoom and pan; where sides are over each other, the take. */
const sideAt = (placed: readonly Placed[], at: Point): Placed | undefined =>
  placed.findLast(({ region, isThumbnail }) => !isThumbnail && contains(region, at))

/** The take in the strip that a point of the canvas is on. */
export const thumbnailAt = (placed: readonly Placed[], at: Point): string | undefined =>
  placed.find(({ region, isThumbnail }) => isThumbnail && contains(region, at))?.side

/** The farthest that any side lets the linked pan go. */
function limitOf(placed: readonly Placed[]): Point {
  const limits = placed.map(panLimit)
  return { x: Math.max(0, ...limits.map(({ x }) => x)), y: Math.max(0, ...limits.map(({ y }) => y)) }
}

/** The linked pan with no reserve beyond what can be seen, so that a pan back shows at once. */
const reachable = (pan: Point, limit: Point): Point => ({
  x: within(pan.x, limit.x),
  y: within(pan.y, limit.y),
})

/**
 * Zooms all sides so that what is at a point of the canvas stays there; without a point, or with one beside every
 * picture, the middle stays. From 10 to 800 %; a fitted picture that is beyond stays as it is until it is zoomed back.
 */
export function zoomTo(scene: Scene, view: View, to: number, at: Point | null): View {
  const now = zoomOf(scene, view)
  const zoom = Math.min(Math.max(to, Math.min(least, now)), Math.max(most, now))
  if (zoom === now || now <= 0) return view
  const before = layout(scene, view)
  const held = at && sideAt(before, at)
  const pan = reachable(view.pan, limitOf(before))
  const zoomed = { ...view, zoom, pan }
  const after = layout(scene, zoomed)
  const there = held && after.find(({ side }) => side === held.side)
  if (!there) return { ...zoomed, pan: reachable(pan, limitOf(after)) }
  const alone = view.sidePan[held.side] ?? { x: 0, y: 0 }
  // `layout` solved for the pan: start of picture = start of region + (room − length) ÷ 2 − (pan + own pan) × length.
  const solve = (start: 'x' | 'y', length: 'width' | 'height') => {
    const share = (at[start] - held.picture[start]) / held.picture[length]
    const { region, picture } = there
    const middle = region[start] + (region[length] - picture[length]) / 2
    return (middle + share * picture[length] - at[start]) / picture[length] - alone[start]
  }
  const wanted = { x: solve('x', 'width'), y: solve('y', 'height') }
  return { ...zoomed, pan: reachable(wanted, limitOf(after)) }
}

/** The next round zoom, larger or smaller. */
export function nextStop(zoom: number, direction: 1 | -1): number {
  const beyond = (stop: number) => (direction === 1 ? stop > zoom * 1.001 : stop < zoom * 0.999)
  return (direction === 1 ? stops.find(beyond) : stops.findLast(beyond)) ?? zoom
}

/** Moves all pictures by a way in canvas pixels, as far as the one under the pointer. */
export function panBy(scene: Scene, view: View, by: Point, at: Point): View {
  const placed = layout(scene, view)
  const held = sideAt(placed, at) ?? placed[0]
  if (!held) return view
  const limit = limitOf(placed)
  const from = reachable(view.pan, limit)
  const { width, height } = held.picture
  return { ...view, pan: reachable({ x: from.x - by.x / width, y: from.y - by.y / height }, limit) }
}

/** Moves one side alone; where sides are over each other, the take. At least a tenth of it stays in sight. */
export function panSideBy(scene: Scene, view: View, by: Point, at: Point): View {
  const placed = layout(scene, view)
  const held = sideAt(placed, at)
  if (!held) return view
  const { side, region, picture } = held
  const { x, y } = view.sidePan[side] ?? { x: 0, y: 0 }
  const farthest = (room: Pixels, length: Pixels) => (room + length) / length / 2 - 0.1
  return {
    ...view,
    sidePan: {
      ...view.sidePan,
      [side]: {
        x: within(x - by.x / picture.width, farthest(region.width, picture.width)),
        y: within(y - by.y / picture.height, farthest(region.height, picture.height)),
      },
    },
  }
}

/** Where the line of a wipe is when it goes through a point of the canvas. */
export function lineAt(scene: Scene, view: View, at: Point): number {
  const [place] = layout(scene, view)
  if (!place || place.region.width === 0) return view.line
  return Math.min(Math.max((at.x - place.region.x) / place.region.width, 0), 1)
}

/** Whether a drag would move anything. */
export const canPan = (placed: readonly Placed[]): boolean => {
  const { x, y } = limitOf(placed)
  return x > 0 || y > 0
}
