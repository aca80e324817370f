import type { Bytes } from '../../../shared/units.ts'

export type QualityRange = { readonly least: number; readonly most: number }

export type Weighed =
  | { readonly fits: true; readonly content: Uint8Array; readonly quality: number }
  /** How heavy the lightest version is. */
  | { readonly fits: false; readonly bytes: Bytes }

/** The highest quality whose coded picture weighs at most `maxBytes`; better pictures weigh more. */
export async function bestQuality(
  encode: (quality: number) => Promise<Uint8Array>,
  maxBytes: Bytes,
  { least, most }: QualityRange,
): Promise<Weighed> {
  const finest = await encode(most)
  if (finest.length <= maxBytes) return { fits: true, content: finest, quality: most }
  const coarsest = await encode(least)
  if (coarsest.length > maxBytes) return { fits: false, bytes: coarsest.length }
  let best = { content: coarsest, quality: least }
  let tooFine = most
  while (tooFine - best.quality > 1) {
    const quality = Math.floor((best.quality + tooFine) / 2)
    const content = await encode(quality)
    if (content.length <= maxBytes) best = { content, quality }
    else tooFine = quality
  }
  return { fits: true, ...best }
}
