import { fail, type Failure } from '../../../shared/outcome.ts'
import { formatBytes, type Bytes } from '../../../shared/units.ts'
import { limits } from '../limits.ts'
import type { CharacterJob } from '../media.ts'
import { lastWords } from '../tool-problem.ts'
import { displayName } from '../source-file.ts'

/** How the decoders say that they do not know an encoding, as opposed to finding it broken. */
const unknownEncoding =
  /unsupported|not supported|not implemented|not configured|no decod(er|ing plugin)|can ?not handle|not compiled/i

/** sharp says this of a file whose first bytes are right and whose next are not. */
const notRecognised = /contains unsupported image format/i

/** How sharp, and the thread it may run in, say that they were stopped. */
const stopped = /^timeout: \d+% complete|^It takes far too long to decode/

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

const saveAgain = 'Open it in an image viewer, save it as JPEG or PNG, and choose that.'
const saveSmaller = 'Save a smaller version and choose that.'

export const damagedImage = (path: string, error: unknown): Failure =>
  fail('file-damaged', `“${displayName(path)}” is damaged or incomplete.`, {
    advice: saveAgain,
    detail: lastWords(words(error)),
  })

/** Says nothing about the file: it may be made to be slow, or the computer is. */
export const tooSlow = (path: string): Failure =>
  fail('tool-failed', `Reading “${displayName(path)}” took too long and was stopped.`, {
    advice: 'Close other programs and try again, or save the image as JPEG or PNG and choose that.',
  })

/** Why a decoder refused an image: its encoding is unknown, it was too slow, or the image is damaged. */
export function undecoded(path: string, error: unknown): Failure {
  if (stopped.test(words(error))) return tooSlow(path)
  if (notRecognised.test(words(error)) || !unknownEncoding.test(words(error)))
    return damagedImage(path, error)
  return fail('not-an-image', `“${displayName(path)}” uses an encoding that Understudy can’t read.`, {
    advice: saveAgain,
    detail: lastWords(words(error)),
  })
}

export const tooFewPixels = 'It has fewer pixels than its header says.'
export const decoderEnded = 'The decoder ended without an answer.'

export const tooManyBytes = (path: string, bytes: Bytes): Failure =>
  fail(
    'file-too-large',
    `“${displayName(path)}” is ${formatBytes(bytes)}. Understudy reads images up to ${formatBytes(limits.imageBytes)}.`,
    { advice: saveSmaller },
  )

export const tooManyPixels = (path: string, width: number, height: number): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” is ${width} × ${height} pixels. Understudy reads up to ${limits.imagePixels / 1e6} million.`,
    { advice: saveSmaller },
  )

export const imageTooHeavy = (path: string, maxBytes: Bytes): Failure =>
  fail('input-refused', `“${displayName(path)}” can’t be compressed to ${formatBytes(maxBytes)}.`, {
    advice: 'Choose a simpler or smaller image.',
  })

export function imageTooNarrow({ source, minSide, maxSide }: CharacterJob): Failure {
  const least = String(minSide ?? 1)
  const sizes = maxSide === null ? `at ${least} px or more` : `between ${least} and ${String(maxSide)} px`
  return fail(
    'input-refused',
    `“${displayName(source)}” is too narrow to fit: no size keeps both sides ${sizes}.`,
    { advice: 'Crop it, or choose an image that is less narrow.' },
  )
}

export const writtenUnreadable = (source: string): Failure =>
  fail('tool-failed', `The image made from “${displayName(source)}” can’t be read.`, {
    advice: 'Save it again as JPEG or PNG, and choose that.',
  })
