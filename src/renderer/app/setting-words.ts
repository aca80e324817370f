import type { Mode, Orientation } from '../../shared/take.ts'

export const orientationWords: Readonly<
  Record<Orientation, { readonly title: string; readonly follows: string }>
> = {
  image: { title: 'Image', follows: 'follows the picture’s framing' },
  video: { title: 'Video', follows: 'follows the clip’s framing' },
}

export const modeWords: Readonly<Record<Mode, string>> = { std: 'Standard', pro: 'Professional' }
