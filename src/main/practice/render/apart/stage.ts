import type { Orientation } from '../../../../shared/domain/take.ts'
import type { Pixels } from '../../../../shared/units.ts'
import { loadSharp, openHeader, openPixels } from '../../../media/image/apart/open-image.ts'
import type { Stage } from '../scene.ts'
import { findFigure } from './figure.ts'

const finer = 1.5
const side = { min: 480, max: 1280 }
/** The colour behind a transparent character image. */
const ground = '#23262f'

/** Puts the character on a canvas of the result’s shape and writes it as PNG to `target`. */
export async function buildStage(
  character: string,
  orientation: Orientation,
  clip: { readonly width: Pixels; readonly height: Pixels },
  target: string,
): Promise<Stage> {
  const { header } = await openHeader(character)
  const { width: pictureWidth, height: pictureHeight } = header.autoOrient
  const shape = orientation === 'image' ? { width: pictureWidth, height: pictureHeight } : clip
  const { width, height } = resultSize(shape)
  const view = { width: Math.round(width * finer), height: Math.round(height * finer) }
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
  // A plain background needs little margin, because points outside it take the colour of its edge.
  const margin = plain ? 72 : Math.round(Math.min(view.width, view.height) * 0.3)
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
  const visible = await canvas.raw().toBuffer()
  await sharp(visible, { raw: { ...view, channels: 3 } })
    .extend({
      left: margin,
      right: margin,
      top: margin,
      bottom: margin,
      extendWith: plain ? 'copy' : 'mirror',
    })
    .png({ compressionLevel: 1 })
    .toFile(target)
  const moved = { ...figure, x: figure.x + left, top: figure.top + top, bottom: figure.bottom + top }
  return { path: target, width, height, finer, margin, figure: moved, plain }
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

/** Letters as strokes on a grid of 4 by 6: fonts may be missing, and strokes look the same everywhere. */
const letters: Readonly<Record<string, string>> = {
  P: 'M0 6V0H2.6A1.7 1.7 0 0 1 2.6 3.4H0',
  R: 'M0 6V0H2.6A1.7 1.7 0 0 1 2.6 3.4H0M2.2 3.4L4 6',
  A: 'M0 6L2 0L4 6M0.75 3.9H3.25',
  C: 'M4 1.1A2.4 3 0 1 0 4 4.9',
  T: 'M0 0H4M2 0V6',
  I: 'M0.6 0V6',
  E: 'M3.6 0H0V6H3.6M0 2.9H3',
}
const advance: Readonly<Record<string, number>> = { I: 3 }

/** The watermark: the word PRACTICE on a dark pill, as PNG of this width. */
export async function drawMark(width: Pixels): Promise<Uint8Array> {
  const sharp = await loadSharp()
  let x = 0
  const strokes = Array.from('PRACTICE', (letter) => {
    const stroke = `<path transform="translate(${String(x)} 0)" d="${letters[letter] ?? ''}"/>`
    x += advance[letter] ?? 5.8
    return stroke
  })
  const box = { width: x + 5.6, height: 12 }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(box.width)} ${String(box.height)}">
    <rect width="${String(box.width)}" height="12" rx="6" fill="#14161c" fill-opacity="0.62"/>
    <g transform="translate(3.7 3)" fill="none" stroke="#fff" stroke-opacity="0.92" stroke-width="1"
      stroke-linecap="round" stroke-linejoin="round">${strokes.join('')}</g>
  </svg>`
  return sharp(Buffer.from(svg), { density: 288 }).resize({ width }).png().toBuffer()
}
