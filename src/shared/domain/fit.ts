import { z } from 'zod'

/** Ways to lengthen a clip that is shorter than the provider takes; each is chosen, never assumed. */
export const shortFixes = ['slow-down', 'boomerang', 'loop'] as const
export type ShortFix = (typeof shortFixes)[number]

const fraction = z.number().min(0).max(1)

/** A part of a picture, as fractions of its upright width and height. */
export const pictureFrame = z
  .strictObject({ x: fraction, y: fraction, width: fraction.positive(), height: fraction.positive() })
  .refine(({ x, y, width, height }) => x + width <= 1.000001 && y + height <= 1.000001, {
    message: 'the frame lies inside the picture',
  })
export type PictureFrame = Readonly<z.infer<typeof pictureFrame>>

/** What the user chose where there is more than one way to make a file fit. */
export const fitChoices = z.strictObject({
  /** null: a clip that is too short is refused. */
  short: z.enum(shortFixes).nullable(),
  /** What is done with a picture whose aspect the provider does not take. */
  aspect: z.enum(['pad', 'crop']),
  /** The part of the picture that is kept; null keeps all of it. */
  crop: pictureFrame.nullable(),
  /** Seen behind a see-through picture and beside a padded one: `#rrggbb`. */
  background: z.string().regex(/^#[0-9a-f]{6}$/),
})
export type FitChoices = Readonly<z.infer<typeof fitChoices>>

export const defaultFit: FitChoices = { short: null, aspect: 'pad', crop: null, background: '#ffffff' }
