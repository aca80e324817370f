import type { Pixels } from '../../../shared/units.ts'
import { sourceOf, type Bend } from './puppet.ts'
import type { Stage } from './scene.ts'

/** Stage pixels between two points whose source is computed; ffmpeg fills in between. */
const cell = 36

/** A coarse grid over the visible stage with one more point on every side. */
export type WarpGrid = {
  readonly columns: number
  readonly rows: number
  /** Size that the grid is scaled to, and the part of it that is seen. */
  readonly scaled: { readonly width: Pixels; readonly height: Pixels }
  readonly view: { readonly x: Pixels; readonly y: Pixels; readonly width: Pixels; readonly height: Pixels }
}

export function warpGrid(stage: Stage): WarpGrid {
  const width = Math.round(stage.width * stage.finer)
  const height = Math.round(stage.height * stage.finer)
  const columns = Math.ceil(width / cell) + 2
  const rows = Math.ceil(height / cell) + 2
  return {
    columns,
    rows,
    scaled: { width: columns * cell, height: rows * cell },
    view: { x: cell, y: cell, width, height },
  }
}

/** Every frame, one after the other, made as they are written. */
export function* warpFrames(bends: readonly Bend[], stage: Stage, grid: WarpGrid): Generator<Uint8Array> {
  for (const bend of bends) yield warpFrame(bend, stage, grid)
}

/**
 * One frame for ffmpeg's remap filter: 16-bit pictures that say for every point which column, and below that which
 * row, of the stage is shown there.
 */
function warpFrame(bend: Bend, stage: Stage, grid: WarpGrid): Uint8Array {
  const points = grid.columns * grid.rows
  const map = new DataView(new ArrayBuffer(points * 4))
  const widest = grid.view.width + 2 * stage.margin - 1
  const tallest = grid.view.height + 2 * stage.margin - 1
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      // The scaler takes a sample to stand in the middle of its cell.
      const point = { x: (column - 0.5) * cell - 0.5, y: (row - 0.5) * cell - 0.5 }
      const source = sourceOf(point, bend, stage)
      const place = (row * grid.columns + column) * 2
      map.setUint16(place, within(source.x + stage.margin, widest), true)
      map.setUint16(place + points * 2, within(source.y + stage.margin, tallest), true)
    }
  }
  return new Uint8Array(map.buffer)
}

const within = (value: number, largest: number) => Math.round(Math.max(0, Math.min(largest, value)))
