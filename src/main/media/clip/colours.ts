import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import type { Size } from './output-format.ts'

/*
 * Brightness and colour are made of red, green and blue by one of two matrices, BT.601 and BT.709. A picture that is read
 * with the other one is off by up to twenty levels, so whatever is written says which it is, or has to be of the only one
 * that its format knows.
 */

/** Stored as red, green and blue, with nothing that says how to make them into the brightness and colour of video. */
const isRgb = ({ pixelFormat }: Pick<ClipFacts, 'pixelFormat'>): boolean =>
  /^(?:[ax0]?(?:rgb|bgr)|gbr|x2rgb|x2bgr|pal8)/.test(pixelFormat)

/** Whether the picture becomes one of BT.709 on its way; every other one keeps what its file says of its colours. */
export const becomesBt709 = (
  facts: Pick<ClipFacts, 'pixelFormat' | 'alpha' | 'hdr'>,
  toneMap: boolean,
): boolean => isRgb(facts) || facts.alpha || (facts.hdr !== 'none' && toneMap)

/** For a scaler whose picture is written with `saidBt709`. */
export const toBt709 = ':out_color_matrix=bt709'

/** For a coder of pictures in BT.709. */
export const saidBt709: readonly string[] = [
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
]

/** From so many rows on, players take a picture that says nothing for one of BT.709. */
const highDefinition = 720

/** For a scaler that changes the matrix: what a picture that says nothing is taken for. */
export const untold = ({ facts, matrix }: Pick<MeasuredClip, 'facts' | 'matrix'>): string =>
  matrix !== null || isRgb(facts) || facts.alpha
    ? ''
    : `:in_color_matrix=${Math.min(facts.width, facts.height) >= highDefinition ? 'bt709' : 'bt601'}`

/** For a scaler that makes a picture for JPEG, which knows BT.601 in full range and nothing else. */
export const forJpeg = ':out_color_matrix=bt601:out_range=pc'

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
