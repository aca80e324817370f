import type { ShortFix, Mode, Orientation } from '../../shared/domain/take.ts'

export const orientationWords: Readonly<
  Record<Orientation, { readonly title: string; readonly follows: string }>
> = {
  image: { title: 'Image', follows: 'follows the character' },
  video: { title: 'Video', follows: 'follows the clip' },
}

export const modeWords: Readonly<Record<Mode, string>> = { std: 'Standard', pro: 'Professional' }

/** The ways to lengthen a part that is shorter than the provider takes. */
export const shortWords: Readonly<Record<ShortFix, string>> = {
  'slow-down': 'Play slower',
  boomerang: 'Forward and back',
  loop: 'Repeat',
}
