import type { PlayableVideo } from '../../../../shared/domain/views.ts'
import { openSource } from './open-sources.ts'
import type { SidePicture } from './paint.ts'

/** `original`: the file that a smaller copy plays instead of; null where the picture is from the original. */
export type StillSide = { readonly picture: SidePicture; readonly original: PlayableVideo | null }

/** One frame of a file; null where it can't be decoded. The receiver closes it. */
export async function decodeFrame(
  video: PlayableVideo,
  frame: number,
  open = openSource,
): Promise<VideoFrame | null> {
  const arrived = Promise.withResolvers<VideoFrame | null>()
  let look: () => void = () => undefined
  const opened = await open(
    video,
    0,
    1,
    {
      onFrame: () => {
        look()
      },
      onError: () => {
        arrived.resolve(null)
      },
    },
    new AbortController().signal,
  ).catch(() => null)
  if (!opened?.ok) return null
  const { source } = opened
  look = () => {
    const picture = source.get(frame)
    if (!picture) return
    look = () => undefined
    arrived.resolve(picture.clone())
  }
  source.want(frame, 'playing')
  const picture = await arrived.promise
  source.close()
  return picture
}

type StillPictures = {
  readonly pictures: readonly SidePicture[]
  /** An original could not be decoded: its smaller copy is shown. */
  readonly fromCopy: boolean
  readonly close: () => void
}

/** The pictures of a still with the pixels of the originals. What is on the screen is held: it may change meanwhile. */
export async function originalStills(
  sides: readonly StillSide[],
  decode = decodeFrame,
): Promise<StillPictures> {
  if (sides.every(({ original }) => original === null))
    return { pictures: sides.map(({ picture }) => picture), fromCopy: false, close: () => undefined }
  const found = await Promise.all(
    sides.map(async ({ picture, original }) => {
      const [held, frame] = await Promise.all([
        createImageBitmap(picture.image),
        original && decode(original, picture.frame),
      ])
      if (frame) held.close()
      return {
        image: frame ?? held,
        picture: { ...picture, image: frame ?? held },
        fromCopy: original !== null && !frame,
      }
    }),
  )
  return {
    pictures: found.map(({ picture }) => picture),
    fromCopy: found.some((one) => one.fromCopy),
    close: () => {
      for (const { image } of found) image.close()
    },
  }
}
