import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { Size } from './fit-size.ts'

/** VP8 and VP9 keep what is see-through beside their pictures, where only these decoders look. */
const decodersWithAlpha: Readonly<Record<string, string>> = { vp8: 'libvpx', vp9: 'libvpx-vp9' }

/** Before the input of a clip whose alpha is to be seen. */
export function withAlpha({ alpha, codec }: Pick<ClipFacts, 'alpha' | 'codec'>): readonly string[] {
  const decoder = alpha ? decodersWithAlpha[codec] : undefined
  return decoder === undefined ? [] : ['-c:v', decoder]
}

/** Where no colour was chosen: a paper that everything can be seen on. */
export const paper = '#ffffff'

/**
 * Lays a see-through clip on a colour, before anything is averaged: what is hidden under it must not bleed in. `size` is
 * that of a stored picture, to which others that change on the way are brought; null where one picture is looked at. From here on it is red, green and blue.
 */
export function laidOn(
  { alpha }: Pick<ClipFacts, 'alpha'>,
  background: string,
  size: Size | null,
): readonly string[] {
  if (!alpha) return []
  const [red = 0, green = 0, blue = 0] = (background.slice(1).match(/../g) ?? []).map((two) =>
    parseInt(two, 16),
  )
  const ground = `lutrgb=r=${String(red)}:g=${String(green)}:b=${String(blue)}:a=255`
  return [
    ...(size === null ? [] : [`scale=${String(size.width)}:${String(size.height)}`]),
    'format=gbrap',
    'split[seen][under]',
    `;[under]${ground}[ground]`,
    ';[ground][seen]overlay=format=gbrp',
    'format=gbrp',
  ]
}
