import type { Milliseconds } from '../../../../shared/units.ts'
import type { Scene } from './arrangement.ts'
import { layout, snap, splitAt, type Placed, type Rect } from './layout.ts'
import { isMagnified } from './paint.ts'
import { blinkShows, inOneRegion, type View } from './view.ts'

/** A view of `<video>` elements: what CSS can do of what `paint` does. */

export type SideStyle = {
  readonly left: string
  readonly top: string
  readonly width: string
  readonly height: string
  readonly clipPath: string
  readonly opacity: number
  readonly mixBlendMode: 'normal' | 'difference'
  readonly imageRendering: 'auto' | 'pixelated'
}

export type CssView = {
  /** For the element that holds nothing but the videos, in the order of the sides. */
  readonly frame: { readonly isolation: 'isolate'; readonly filter: string }
  readonly sides: Readonly<Record<string, SideStyle>>
}

const px = (length: number) => `${String(length)}px`

function clip(picture: Rect, shown: Rect, scale: number): string {
  const edges = [
    shown.y - picture.y,
    picture.x + picture.width - shown.x - shown.width,
    picture.y + picture.height - shown.y - shown.height,
    shown.x - picture.x,
  ]
  return `inset(${edges.map((edge) => px(edge / scale)).join(' ')})`
}

/** The part of a region in which a side is seen. */
function shownPart({ side, region }: Placed, reference: string, { mode, line }: View): Rect {
  const snapped = snap(region)
  if (mode !== 'wipe') return snapped
  const [left, right] = splitAt(snapped, line)
  return side === reference ? left : right
}

function opacityOf(isReference: boolean, view: View, now: Milliseconds): number {
  if (view.mode === 'blink') return (blinkShows(view, now) === 'reference') === isReference ? 1 : 0
  return view.mode === 'overlay' && !isReference ? view.mix : 1
}

/** A video that the mode does not show: it plays along unseen. */
const unseen: SideStyle = {
  left: '0px',
  top: '0px',
  width: '1px',
  height: '1px',
  clipPath: 'inset(0px)',
  opacity: 0,
  mixBlendMode: 'normal',
  imageRendering: 'auto',
}

/** `scale`: canvas pixels of the scene per CSS pixel. */
export function cssView(scene: Scene, view: View, scale: number, now: Milliseconds): CssView {
  const placed = layout(scene, view)
  const [reference] = scene.sides
  const styles = scene.sides.map((size): readonly [string, SideStyle] => {
    const place = placed.find(({ side }) => side === size.side)
    if (!place || !reference) return [size.side, unseen]
    const picture = snap(place.picture)
    const isReference = size.side === reference.side
    return [
      size.side,
      {
        left: px(picture.x / scale),
        top: px(picture.y / scale),
        width: px(picture.width / scale),
        height: px(picture.height / scale),
        clipPath: clip(picture, shownPart(place, reference.side, view), scale),
        opacity: inOneRegion(view) ? opacityOf(isReference, view, now) : 1,
        mixBlendMode: view.mode === 'difference' && !isReference ? 'difference' : 'normal',
        imageRendering: isMagnified(picture, size) ? 'pixelated' : 'auto',
      },
    ]
  })
  const gain = view.mode === 'difference' ? view.gain : 1
  return {
    frame: { isolation: 'isolate', filter: gain > 1 ? `brightness(${String(gain)})` : 'none' },
    sides: Object.fromEntries(styles),
  }
}
