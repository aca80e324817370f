import { roundingTolerance, type Pixels } from '../../../../shared/units.ts'
import {
  arrange,
  fitScale,
  freeHeight,
  freeWidth,
  rowHeight,
  scaleIn,
  sum,
  type Block,
  type Scene,
  type SideSize,
  type Size,
} from './arrangement.ts'
import type { Point, View } from './view.ts'

/** Where each side is on the canvas, in canvas pixels. */

export type Rect = Size & Point

export type Placed = {
  readonly side: string
  /** The part of the canvas that this side may paint. */
  readonly region: Rect
  /** Where its whole picture is; what is outside of the region is not painted. */
  readonly picture: Rect
  readonly row: number
  readonly column: number
  /** In the strip: always whole, without the view's zoom and pan. */
  readonly isThumbnail: boolean
}

/** Each gets what it wants while there is room; of those who want more, all get the same. */
function share(room: Pixels, wants: readonly Pixels[]): readonly Pixels[] {
  const given = wants.map(() => 0)
  let left = room
  const leastFirst = wants.map((want, index) => ({ want, index })).sort((a, b) => a.want - b.want)
  for (const [served, { want, index }] of leastFirst.entries()) {
    const gets = Math.min(want, left / (wants.length - served))
    given[index] = gets
    left -= gets
  }
  return given
}

type Region = Pick<Placed, 'region' | 'row' | 'column'> & { readonly size: SideSize }

/** The regions of a block in the middle of its part of the stage, each no larger than its picture. */
function regionsOf({ rows, stage, top }: Block, scale: number): readonly Region[] {
  const { caption = 0, gap = 0 } = stage
  const heights = share(
    freeHeight(stage, rows.length),
    rows.map((row) => rowHeight(row) * scale),
  )
  const used = sum(heights) + caption * rows.length + gap * (rows.length - 1)
  const first = top + (stage.height - used) / 2
  return rows.flatMap((sides, row) => {
    const room = heights[row] ?? 0
    const y = first + sum(heights.slice(0, row)) + caption * (row + 1) + gap * row
    const widths = share(
      freeWidth(stage, sides.length),
      sides.map(({ width }) => width * scale),
    )
    const left = (stage.width - sum(widths) - gap * (sides.length - 1)) / 2
    return sides.map(({ side, width, height }, column) => {
      const size = { side, width: width * scale, height: height * scale }
      const x = left + sum(widths.slice(0, column)) + gap * column
      const used = { width: widths[column] ?? 0, height: Math.min(room, size.height) }
      return { size, region: { x, y: y + (room - used.height) / 2, ...used }, row, column }
    })
  })
}

export const within = (value: number, limit: number): number => Math.min(Math.max(value, -limit), limit)

/** How far a picture may be panned before its edge comes into sight. */
export const panLimit = ({ region, picture }: Pick<Placed, 'region' | 'picture'>): Point => {
  const limit = (room: Pixels, length: Pixels) => (length > room ? (length - room) / length / 2 : 0)
  return { x: limit(region.width, picture.width), y: limit(region.height, picture.height) }
}

function place({ region, size, row, column }: Region, { pan, sidePan }: View): Placed {
  const { side, width, height } = size
  const limit = panLimit({ region, picture: { ...region, width, height } })
  const alone = sidePan[side] ?? { x: 0, y: 0 }
  const start = (from: Pixels, room: Pixels, length: Pixels, panned: number) =>
    from + (room - length) / 2 - panned * length
  const picture = {
    x: start(region.x, region.width, width, within(pan.x, limit.x) + alone.x),
    y: start(region.y, region.height, height, within(pan.y, limit.y) + alone.y),
    width,
    height,
  }
  return { side, region, picture, row, column, isThumbnail: false }
}

/**
 * Where all sides are that a view shows, not rounded to whole pixels. In a mode with one region the reference and the
 * chosen take are both in it, one over the other: which of them is seen where is for the painting to say.
 */
export function layout(scene: Scene, view: View): readonly Placed[] {
  const arranged = arrange(scene, view)
  if (!arranged) return []
  const scale = scaleIn(arranged.main, view)
  const main = regionsOf(arranged.main, scale)
  if (arranged.over) {
    return main.flatMap((box) =>
      (arranged.over ?? []).map(({ side, width, height }) =>
        place({ ...box, size: { side, width: width * scale, height: height * scale } }, view),
      ),
    )
  }
  const placed = main.map((region) => place(region, view))
  if (!arranged.strip) return placed
  const strip = regionsOf(arranged.strip, fitScale(arranged.strip)).map(
    ({ size: { side }, region, row, column }) => ({
      side,
      region,
      picture: region,
      row: row + arranged.main.rows.length,
      column,
      isThumbnail: true,
    }),
  )
  return [...placed, ...strip]
}

const whole = (value: number) => Math.round(value + roundingTolerance)

/** On whole pixels, so that edges are sharp and a picture at 100 % is copied and not resampled. */
export const snap = ({ x, y, width, height }: Rect): Rect => ({
  x: whole(x),
  y: whole(y),
  width: whole(width),
  height: whole(height),
})

/** What is left and right of the line of a wipe in a region on whole pixels. */
export function splitAt(region: Rect, line: number): readonly [Rect, Rect] {
  const left = whole(region.width * line)
  return [
    { ...region, width: left },
    { ...region, x: region.x + left, width: region.width - left },
  ]
}
