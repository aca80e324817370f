import type { Milliseconds, Pixels } from '../../../../shared/units.ts'
import type { Size, Stage } from './arrangement.ts'
import { layout, snap, splitAt, type Placed, type Rect } from './layout.ts'
import { blinkShows, type View } from './view.ts'

export type SidePicture = {
  /** 'reference', 'result', 'result-2' … */
  readonly side: string
  readonly frame: number
  readonly image: CanvasImageSource
  readonly width: Pixels
  readonly height: Pixels
}

/** Where the whole picture of a side is on the canvas; a zoomed one begins and ends outside of what is seen. */
export type Pane = Rect & { readonly side: string; readonly frame: number }

export type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Above 200 % a pixel of a picture is a square on the screen. */
export const isMagnified = (at: Size, picture: Size): boolean => at.width > picture.width * 2

/** A side as it is to be painted: where, and what part of that. */
type Layer = { readonly picture: SidePicture; readonly at: Rect; readonly clip: Rect }

function draw(context: Canvas2D, { picture, at, clip }: Layer): void {
  context.save()
  context.beginPath()
  context.rect(clip.x, clip.y, clip.width, clip.height)
  context.clip()
  context.imageSmoothingEnabled = !isMagnified(at, picture)
  context.drawImage(picture.image, at.x, at.y, at.width, at.height)
  context.restore()
}

/**
 * Multiplies what is in a region, up to 255: the canvas is added to itself, doubled as often as possible and then by
 * what is left, which is a whole number of quarters for every whole gain.
 */
function amplify(context: Canvas2D, { x, y, width, height }: Rect, gain: number): void {
  context.save()
  context.globalCompositeOperation = 'lighter'
  for (let reached = 1; reached < gain;) {
    const share = Math.min(gain / reached - 1, 1)
    context.globalAlpha = share
    context.drawImage(context.canvas, x, y, width, height, x, y, width, height)
    reached *= 1 + share
  }
  context.restore()
}

/** The layers of a mode with one region, from the back to the front. */
function paintOver(
  context: Canvas2D,
  layers: readonly Layer[],
  view: View,
  now: Milliseconds,
): readonly Layer[] {
  const [reference, result] = layers
  if (!reference || !result) {
    for (const layer of layers) draw(context, layer)
    return layers
  }
  switch (view.mode) {
    case 'wipe': {
      const [left, right] = splitAt(reference.clip, view.line)
      const parts = [
        { ...reference, clip: left },
        { ...result, clip: right },
      ].filter(({ clip }) => clip.width > 0)
      for (const part of parts) draw(context, part)
      return parts
    }
    case 'overlay':
      draw(context, reference)
      context.globalAlpha = view.mix
      draw(context, result)
      context.globalAlpha = 1
      return layers
    case 'difference':
      context.fillStyle = '#000'
      context.fillRect(reference.clip.x, reference.clip.y, reference.clip.width, reference.clip.height)
      draw(context, reference)
      context.globalCompositeOperation = 'difference'
      draw(context, result)
      context.globalCompositeOperation = 'source-over'
      amplify(context, reference.clip, view.gain)
      return layers
    case 'blink': {
      const shown = blinkShows(view, now) === 'reference' ? reference : result
      draw(context, shown)
      return [shown]
    }
    case 'side-by-side':
    case 'stacked':
      for (const layer of layers) draw(context, layer)
      return layers
  }
}

/**
 * Paints sides where they are placed, on an empty canvas. The answer is what can be seen: blink names only the side it
 * shows now; wipe names both while its line is inside of the picture, each with its whole picture, of which the
 * reference is painted left of the line and the result right of it.
 */
export function paintPlaced(
  context: Canvas2D,
  placed: readonly Placed[],
  sides: readonly SidePicture[],
  view: View,
  now: Milliseconds,
): readonly Pane[] {
  const layers = placed.flatMap(({ side, region, picture: at }) => {
    const picture = sides.find((known) => known.side === side)
    return picture ? [{ picture, at: snap(at), clip: snap(region) }] : []
  })
  const painted = paintOver(context, layers, view, now)
  return painted.map(({ picture: { side, frame }, at }) => ({ side, ...at, frame }))
}

/** Paints the whole canvas and says where each side that can be seen is, as `paintPlaced` does. */
export function paint(
  context: Canvas2D,
  stage: Stage,
  sides: readonly SidePicture[],
  view: View,
  now: Milliseconds,
): readonly Pane[] {
  context.clearRect(0, 0, stage.width, stage.height)
  return paintPlaced(context, layout({ stage, sides }, view), sides, view, now)
}
