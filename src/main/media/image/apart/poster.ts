import type { SpriteSheet } from '../../../../shared/domain/sprite.ts'
import { loadSharp } from './open-image.ts'

/** Darker on average, 0 to 255, is a fade or a black frame. */
const darkest = 20

/** Small pictures of a video, in one file. */
export async function drawSprite(
  stills: readonly Uint8Array[],
  { columns, rows, cell }: Pick<SpriteSheet, 'columns' | 'rows' | 'cell'>,
): Promise<Uint8Array> {
  const sharp = await loadSharp()
  const { width, height } = cell
  const cells = await Promise.all(
    stills.map(async (still, nth) => ({
      input: await sharp(still).resize({ width, height, fit: 'fill' }).removeAlpha().raw().toBuffer(),
      raw: { width, height, channels: 3 as const },
      left: (nth % columns) * width,
      top: Math.floor(nth / columns) * height,
    })),
  )
  return sharp({
    create: { width: columns * width, height: rows * height, channels: 3, background: '#000000' },
  })
    .composite(cells)
    .webp({ quality: 60 })
    .toBuffer()
}

/** The poster: of several stills the sharpest that is not dark, and of equal ones the earliest. */
export async function drawPoster(
  stills: readonly Uint8Array[],
): Promise<{ readonly picture: Uint8Array; readonly nth: number }> {
  const sharp = await loadSharp()
  const seen = await Promise.all(
    stills.map(async (still) => {
      const { channels, sharpness } = await sharp(still).stats()
      const level = channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length
      return { sharpness, isDark: level < darkest }
    }),
  )
  const best = seen
    .map((still, nth) => ({ ...still, nth }))
    .toSorted((one, other) => Number(one.isDark) - Number(other.isDark) || other.sharpness - one.sharpness)[0]
  const nth = best?.nth ?? 0
  const picture = await sharp(stills[nth]).webp({ quality: 80 }).toBuffer()
  return { picture, nth }
}
