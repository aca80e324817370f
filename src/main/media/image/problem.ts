import { fail, type Failure } from '../../../shared/outcome.ts'
import { lastWords } from '../tool-problem.ts'
import { displayName } from '../source-file.ts'

/** How the decoders say that a picture is coded in a way they do not know, as opposed to wrongly. */
const unknownCoding =
  /unsupported|not supported|not implemented|not configured|no decod(er|ing plugin)|can ?not handle|not compiled/i

/** The library says this of a file whose first bytes are right and whose next are not. */
const notRecognised = /contains unsupported image format/i

/** How the library, and the thread it may run in, say that they were stopped. */
const stopped = /^timeout: \d+% complete|^It takes far too long to decode/

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

export const damagedImage = (path: string, error: unknown): Failure =>
  fail('file-damaged', `“${displayName(path)}” is damaged or incomplete.`, {
    advice: 'Open it in an image viewer, save it as JPEG or PNG, and choose that.',
    detail: lastWords(words(error)),
  })

/** Nothing is known about the file: it may be made to be slow, or the machine is. */
export const tooSlow = (path: string): Failure =>
  fail('tool-failed', `Reading “${displayName(path)}” took too long and was stopped.`, {
    advice: 'Close other programs and try again, or save the image as JPEG or PNG and choose that.',
  })

/** Why a decoder refused a picture: it does not know its coding, it was too slow, or the picture is damaged. */
export function undecoded(path: string, error: unknown): Failure {
  if (stopped.test(words(error))) return tooSlow(path)
  if (notRecognised.test(words(error)) || !unknownCoding.test(words(error))) return damagedImage(path, error)
  return fail('not-an-image', `“${displayName(path)}” uses an encoding that Understudy can’t read.`, {
    advice: 'Open it in an image viewer, save it as JPEG or PNG, and choose that.',
    detail: lastWords(words(error)),
  })
}
