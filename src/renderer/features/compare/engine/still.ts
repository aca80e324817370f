import type { Milliseconds, Pixels } from '../../../../shared/units.ts'
import type { Stage } from './arrangement.ts'
import { originalStills, type StillSide } from './original-stills.ts'
import { layout, snap, type Placed, type Rect } from './layout.ts'
import { paintPlaced, type SidePicture } from './paint.ts'
import { inOneRegion, type View } from './view.ts'

/** No side of a canvas may be longer in Chromium. */
const longest: Pixels = 16_384

/** The regions moved together, without captions and gaps between them. */
function together(placed: readonly Placed[], { caption = 0, gap = 0 }: Stage): readonly Placed[] {
  const moved = placed.map((place) => {
    const by = { x: gap * place.column, y: (caption + gap) * place.row }
    const move = (rect: Rect) => ({ ...rect, x: rect.x - by.x, y: rect.y - by.y })
    return { ...place, region: move(place.region), picture: move(place.picture) }
  })
  const left = Math.min(...moved.map(({ region }) => region.x))
  const top = Math.min(...moved.map(({ region }) => region.y))
  const toCorner = (rect: Rect) => ({ ...rect, x: rect.x - left, y: rect.y - top })
  return moved.map((place) => ({
    ...place,
    region: toCorner(place.region),
    picture: toCorner(place.picture),
  }))
}

const extent = (placed: readonly Placed[]) => ({
  width: Math.max(...placed.map(({ region }) => region.x + region.width)),
  height: Math.max(...placed.map(({ region }) => region.y + region.height)),
})

/** Picture pixels per canvas pixel: of the side with the most, where sides are over each other of the reference. */
function detail(placed: readonly Placed[], sides: readonly SidePicture[], view: View): number {
  const details = placed.flatMap(({ side, picture, isThumbnail }) => {
    const source = sides.find((known) => known.side === side)
    return source && !isThumbnail && picture.height > 0 ? [source.height / picture.height] : []
  })
  const [ofReference = 1] = details
  return inOneRegion(view) ? ofReference : Math.max(1 / longest, ...details)
}

/**
 * What a view shows, at the resolution of the files: where each side is on a picture as large as they need, without
 * captions and gaps. A zoomed view keeps to the part in sight.
 */
function stillLayout(
  stage: Stage,
  sides: readonly SidePicture[],
  view: View,
): { readonly width: Pixels; readonly height: Pixels; readonly placed: readonly Placed[] } {
  const placed = together(layout({ stage, sides }, view), stage)
  const { width, height } = extent(placed)
  const scale = Math.min(detail(placed, sides, view), longest / Math.max(width, height))
  const scaled = (rect: Rect) =>
    snap({ x: rect.x * scale, y: rect.y * scale, width: rect.width * scale, height: rect.height * scale })
  return {
    ...snap({ x: 0, y: 0, width: width * scale, height: height * scale }),
    placed: placed.map((place) => ({
      ...place,
      region: scaled(place.region),
      picture: scaled(place.picture),
    })),
  }
}

/** The present view as a PNG, with the pixels of the originals. */
export async function renderStill(
  stage: Stage,
  sides: readonly StillSide[],
  view: View,
  now: Milliseconds,
): Promise<{ readonly picture: Blob; readonly fromCopy: boolean }> {
  const { pictures, fromCopy, close } = await originalStills(sides)
  try {
    return { picture: await toPng(stage, pictures, view, now), fromCopy }
  } finally {
    close()
  }
}

function toPng(stage: Stage, sides: readonly SidePicture[], view: View, now: Milliseconds): Promise<Blob> {
  const { width, height, placed } = stillLayout(stage, sides, view)
  const canvas = new OffscreenCanvas(Math.max(width, 1), Math.max(height, 1))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('No canvas for a still')
  context.fillStyle = '#000'
  context.fillRect(0, 0, width, height)
  paintPlaced(context, placed, sides, view, now)
  return canvas.convertToBlob({ type: 'image/png' })
}
