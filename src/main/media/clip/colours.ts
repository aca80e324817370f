import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import type { Size } from './output-format.ts'

/**
 * Colours are converted from RGB by one of two matrices, BT.601 and BT.709. Reading with the wrong one is off by up to
 * twenty levels, so every written file either names its matrix or uses the only one that its format knows.
 */

/** Stored as RGB, without a matrix. */
const isRgb = ({ pixelFormat }: Pick<ClipFacts, 'pixelFormat'>): boolean =>
  /^(?:[ax0]?(?:rgb|bgr)|gbr|x2rgb|x2bgr|pal8)/.test(pixelFormat)

/** Whether the frames are converted to BT.709; others keep what their file says about its colours. */
export const becomesBt709 = (
  facts: Pick<ClipFacts, 'pixelFormat' | 'alpha' | 'hdr'>,
  toneMap: boolean,
): boolean => isRgb(facts) || facts.alpha || (facts.hdr !== 'none' && toneMap)

/** For a scaler before an encoder with `saidBt709`. */
export const toBt709 = ':out_color_matrix=bt709'

/** For an encoder of frames in BT.709. */
export const taggedBt709: readonly string[] = [
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
]

/** From this height on, players assume BT.709 where the file does not say. */
const highDefinition = 720

/** For a scaler that changes the matrix: what to assume where the file does not say. */
export const assumedMatrix = ({ facts, matrix }: Pick<MeasuredClip, 'facts' | 'matrix'>): string =>
  matrix !== null || isRgb(facts) || facts.alpha
    ? ''
    : `:in_color_matrix=${Math.min(facts.width, facts.height) >= highDefinition ? 'bt709' : 'bt601'}`

/** For a scaler before a JPEG encoder: JPEG is always BT.601 in full range. */
export const forJpeg = ':out_color_matrix=bt601:out_range=pc'

/** VP8 and VP9 store alpha in a separate stream, which only these decoders read. */
const decodersWithAlpha: Readonly<Record<string, string>> = { vp8: 'libvpx', vp9: 'libvpx-vp9' }

/** Goes before the input of a clip whose alpha is needed. */
export function withAlpha({ alpha, codec }: Pick<ClipFacts, 'alpha' | 'codec'>): readonly string[] {
  const decoder = alpha ? decodersWithAlpha[codec] : undefined
  return decoder === undefined ? [] : ['-c:v', decoder]
}

/** The default background, on which everything is visible. */
export const defaultBackground = '#ffffff'

/**
 * Lays a transparent clip on a colour before any scaling, because hidden colours must not bleed in. `size` is that of a
 * stored frame, to which frames of other sizes are scaled; null for a single frame. The output is RGB.
 */
export function onBackground(
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
