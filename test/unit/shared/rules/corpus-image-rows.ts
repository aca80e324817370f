import { upTo, type Row } from './corpus-row.ts'
import type { Expected } from '../../../support/clips/expected-limits.ts'

/** The community's 340 px stand beside the 300 px of whoever repeats the official page. */
const wishedImageSide = (provider: string) =>
  provider === 'practice' || provider === 'kling' || provider === 'kling-gateway'

export const imageRows = (expected: Expected, provider: string): readonly Row[] => {
  const { limit, level, within } = expected.imageSideMin
  const side = (px: number) => ({ character: { width: px, height: px * 2 } })
  const below = wishedImageSide(provider) ? 'warning' : within
  const imageWithin = expected.imageAspect === 'error' ? 'pass' : 'info'
  const needsPad = expected.imageAspect === 'error' ? ({ fix: 'pad' } as const) : {}
  return [
    ...(['jpeg', 'png'] as const).map((format): Row => ({
      rule: 'image.format',
      what: format,
      character: { format },
      level: imageWithin,
    })),
    ...(['webp', 'avif', 'heic', 'gif', 'tiff', 'bmp'] as const).map((format): Row => ({
      rule: 'image.format',
      what: format,
      character: { format },
      level: expected.imageFormats,
      fix: 'convert-image',
    })),
    ...upTo('image.bytes', expected.imageBytes, 1, (bytes) => ({ character: { bytes } }), 'convert-image'),
    {
      rule: 'image.side.min',
      what: '299 px wide',
      character: side(299).character,
      level,
      ...(level === 'error' && { fix: 'scale-up' }),
    },
    { rule: 'image.side.min', what: '299 px high', character: { width: 600, height: 299 }, level },
    { rule: 'image.side.min', what: '300 px', character: side(limit).character, level: below },
    { rule: 'image.side.min', what: '339 px', character: side(339).character, level: below },
    { rule: 'image.side.min', what: '340 px', character: side(340).character, level: within },
    ...upTo(
      'image.side.max',
      expected.imageSideMax,
      1,
      (px) => ({ character: { width: px, height: Math.ceil(px / 2) } }),
      'scale-down',
    ),
    ...upTo(
      'image.side.max',
      expected.imageSideMax,
      1,
      (px) => ({ character: { width: Math.ceil(px / 2), height: px } }),
      'scale-down',
    ),
    // 1:2.5 and 2.5:1 exactly, and a pixel to either side.
    { rule: 'image.aspect', what: '400 × 1000', character: { width: 400, height: 1000 }, level: imageWithin },
    { rule: 'image.aspect', what: '401 × 1000', character: { width: 401, height: 1000 }, level: imageWithin },
    {
      rule: 'image.aspect',
      what: '399 × 1000',
      character: { width: 399, height: 1000 },
      level: expected.imageAspect,
      ...needsPad,
    },
    { rule: 'image.aspect', what: '1000 × 400', character: { width: 1000, height: 400 }, level: imageWithin },
    { rule: 'image.aspect', what: '999 × 400', character: { width: 999, height: 400 }, level: imageWithin },
    {
      rule: 'image.aspect',
      what: '1001 × 400',
      character: { width: 1001, height: 400 },
      level: expected.imageAspect,
      ...needsPad,
    },
    {
      rule: 'image.aspect',
      what: '25001 × 10000, which three digits would round to 2.5',
      character: { width: 25_001, height: 10_000 },
      level: expected.imageAspect,
      ...needsPad,
    },
  ]
}
