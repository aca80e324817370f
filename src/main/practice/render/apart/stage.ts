import type { Orientation } from '../../../../shared/domain/take.ts'
import type { Pixels } from '../../../../shared/units.ts'
import { loadSharp, openHeader, openPixels } from '../../../media/image/apart/open-image.ts'
import type { Stage } from '../scene.ts'
import { findFigure } from './figure.ts'

const side = { min: 480, max: 1280 }
/** The colour behind a transparent character image. */
const ground = '#23262f'

/** Puts the character on a canvas of the result’s shape. */
export async function buildStage(
  character: string,
  orientation: Orientation,
  clip: { readonly width: Pixels; readonly height: Pixels },
): Promise<Stage> {
  const { header } = await openHeader(character)
  const { width: pictureWidth, height: pictureHeight } = header.autoOrient
  const shape = orientation === 'image' ? { width: pictureWidth, height: pictureHeight } : clip
  const view = resultSize(shape)
  const scale = Math.min(view.width / pictureWidth, view.height / pictureHeight)
  const placed = { width: Math.round(pictureWidth * scale), height: Math.round(pictureHeight * scale) }
  const left = Math.floor((view.width - placed.width) / 2)
  const top = Math.floor((view.height - placed.height) / 2)

  const sharp = await loadSharp()
  const opened = await openPixels(character)
  const picture = await opened
    .flatten({ background: ground })
    .toColourspace('srgb')
    .resize(placed.width, placed.height, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: placed.width, height: placed.height, channels: 3 as const }
  const { figure, plain } = await findFigure(picture.data, raw)
  const fills = placed.width >= view.width - 2 && placed.height >= view.height - 2
  const canvas =
    plain || fills
      ? sharp(picture.data, { raw }).extend({
          ...{
            left,
            right: view.width - placed.width - left,
            top,
            bottom: view.height - placed.height - top,
          },
          extendWith: 'copy',
        })
      : await overBlurredCopy(picture.data, raw, view)
  const pixels = await canvas.raw().toBuffer()
  const moved = { ...figure, x: figure.x + left, top: figure.top + top, bottom: figure.bottom + top }
  return { ...view, pixels, figure: moved, plain }
}

type Raw = { readonly width: number; readonly height: number; readonly channels: 3 }

async function overBlurredCopy(
  picture: Buffer,
  raw: Raw,
  view: { readonly width: number; readonly height: number },
) {
  const sharp = await loadSharp()
  const backdrop = await sharp(picture, { raw })
    .resize(view.width, view.height, { fit: 'cover' })
    .blur(view.width / 40)
    .modulate({ brightness: 0.55 })
    .toBuffer()
  const front = { input: picture, raw, gravity: 'centre' }
  return sharp(
    await sharp(backdrop, { raw: { ...view, channels: 3 } })
      .composite([front])
      .removeAlpha()
      .raw()
      .toBuffer(),
    {
      raw: { ...view, channels: 3 },
    },
  )
}

/** Even sides, the longer one between `side.min` and `side.max`. */
function resultSize({ width, height }: { readonly width: number; readonly height: number }) {
  const longer = Math.max(width, height)
  const scale = Math.min(side.max, Math.max(side.min, longer)) / longer
  const even = (length: number) => Math.max(2, 2 * Math.round((length * scale) / 2))
  return { width: even(width), height: even(height) }
}
