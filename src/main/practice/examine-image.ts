import { stat } from 'node:fs/promises'
import { doPictureWork } from '../pictures/do-picture-work.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'

export const imageByteLimit = 10_000_000
const side = { min: 300, max: 65_536 }
const aspect = { min: 1 / 2.5, max: 2.5 }

/** Holds the fetched image against the documented limits. */
export async function examineImage(path: string): Promise<OrRefusal<null>> {
  const { size } = await stat(path)
  if (size > imageByteLimit) return refusal(1201, 'image_url: the image is larger than 10 MB')
  const image = await readHeader(path)
  if (!image || (image.format !== 'jpeg' && image.format !== 'png')) {
    return refusal(1201, 'image_url: File format is not supported, use jpg, jpeg or png')
  }
  const { width, height } = image
  if (Math.min(width, height) < side.min || Math.max(width, height) > side.max) {
    return refusal(
      1201,
      `image_url: Image pixel is invalid, each side must be ${String(side.min)}-${String(side.max)} px`,
    )
  }
  const ratio = width / height
  // Half a pixel of grace: a fit to exactly 1:2.5 may round.
  const grace = 0.5 / Math.min(width, height)
  if (ratio < aspect.min - grace || ratio > aspect.max + grace) {
    return refusal(1201, 'image_url: Image aspect ratio is invalid, it must be between 1:2.5 and 2.5:1')
  }
  return accepted(null)
}

async function readHeader(path: string) {
  try {
    return await doPictureWork('look', [path])
  } catch {
    return null
  }
}
