import type { ShortFix, Mode, Orientation, TakeSettings } from '../../shared/domain/take.ts'
import { findModel } from '../../shared/rules/models.ts'
import { nameOfProvider } from '../../shared/rules/providers.ts'

/** The provider and model of a take or a preparation. */
export function modelWords({ provider, model }: Pick<TakeSettings, 'provider' | 'model'>): string {
  const service = nameOfProvider(provider)
  const name = findModel(provider, model)?.name ?? model
  return name === service ? service : `${service} · ${name}`
}

/** Whose framing the result keeps; each provider calls it the orientation of the picture or of the video. */
export const orientationWords: Readonly<
  Record<Orientation, { readonly title: string; readonly keeps: string }>
> = {
  image: { title: 'Image', keeps: 'Keep the picture’s framing' },
  video: { title: 'Video', keeps: 'Keep the video’s framing' },
}

/** "Image orientation"; a queue may name one that this build does not know. */
export function orientationLabel(orientation: string): string {
  const known = Object.entries(orientationWords).find(([id]) => id === orientation)?.[1]
  return `${known?.title ?? orientation} orientation`
}

export const modeWords: Readonly<Record<Mode, string>> = { std: 'Standard', pro: 'Professional' }

/** The ways to lengthen a part that is shorter than the provider takes. */
export const shortWords: Readonly<Record<ShortFix, string>> = {
  'slow-down': 'Play slower',
  boomerang: 'Forward and back',
  loop: 'Repeat',
}
