import type { ImageFormat } from '../../shared/domain/media.ts'
import type { Size } from '../../shared/domain/picture-geometry.ts'
import type { Pixels } from '../../shared/units.ts'
import { drawContactSheet } from '../media/image/apart/contact-sheet.ts'
import { encodeToFit, measureWritten } from '../media/image/apart/encode.ts'
import { openHeader, openPixels, readImageHeader } from '../media/image/apart/open-image.ts'
import type { Coded, Encoding } from '../media/image/encoding.ts'
import { drawPoster, drawSprite } from '../media/image/apart/poster.ts'
import type { ImageHeader } from '../media/image/header.ts'
import { drawMark, drawParts } from '../practice/render/apart/sprites.ts'
import { buildStage } from '../practice/render/apart/stage.ts'

/** A file by its path, or its whole content. */
type Input = string | Uint8Array

async function look(path: string): Promise<Size & { readonly format: string }> {
  const { header } = await openHeader(path)
  return { format: header.format, ...header.autoOrient }
}

async function thumbnail(input: Input, maxSide: Pixels): Promise<Uint8Array> {
  const picture = await openPixels(input)
  return picture
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** Called now and then while a piece of work continues. */
type OnStep = () => void

/**
 * All that is done with the picture library. Arguments and answers can be copied between threads, for in Electron on
 * Linux the work is done in another one.
 */
const pictureWork = {
  look: (_: OnStep, path: string) => look(path),
  header: (_: OnStep, path: string, format: ImageFormat): Promise<ImageHeader> =>
    readImageHeader(path, format),
  thumbnail: (_: OnStep, input: Input, maxSide: Pixels) => thumbnail(input, maxSide),
  encode: async (
    step: OnStep,
    input: Input,
    encoding: Encoding,
  ): Promise<Coded | 'contradiction' | 'heavy'> => encodeToFit(await openPixels(input), encoding, step),
  measureWritten: (_: OnStep, content: Uint8Array, format: Coded['format']) =>
    measureWritten(content, format),
  drawContactSheet: (_: OnStep, ...order: Parameters<typeof drawContactSheet>) => drawContactSheet(...order),
  drawSprite: (_: OnStep, ...order: Parameters<typeof drawSprite>) => drawSprite(...order),
  drawPoster: (_: OnStep, ...order: Parameters<typeof drawPoster>) => drawPoster(...order),
  buildStage: (_: OnStep, ...order: Parameters<typeof buildStage>) => buildStage(...order),
  drawParts: (_: OnStep, ...order: Parameters<typeof drawParts>) => drawParts(...order),
  drawMark: (_: OnStep, width: Pixels) => drawMark(width),
}

type Work = typeof pictureWork
export type WorkName = keyof Work
export type WorkOrder<Name extends WorkName> =
  Parameters<Work[Name]> extends [OnStep, ...infer Order] ? Order : never
export type WorkAnswer<Name extends WorkName> = Awaited<ReturnType<Work[Name]>>

export function work<Name extends WorkName>(
  name: Name,
  order: WorkOrder<Name>,
  onStep: OnStep,
): Promise<WorkAnswer<Name>> {
  // That a name, its order and its answer belong together is lost on the compiler once the name is a variable.
  const piece = pictureWork[name] as unknown as (
    step: OnStep,
    ...order: WorkOrder<Name>
  ) => Promise<WorkAnswer<Name>>
  return piece(onStep, ...order)
}
