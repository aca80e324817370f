import { fail, type Failure } from '../../shared/outcome.ts'
import { nameOf } from './naming.ts'

/** What is said about a clip that cannot be taken. */
export const damaged = (path: string, detail?: string): Failure =>
  fail('file-damaged', `“${nameOf(path)}” is damaged or not complete.`, {
    advice: 'Copy or export it again, and choose the new file.',
    ...(detail === undefined ? {} : { detail }),
  })

export const refused = (path: string, why: string): Failure =>
  fail('input-refused', `“${nameOf(path)}” ${why}`, {
    advice: 'Export a smaller version of it and choose that.',
  })

/** The file may well be whole; one of its tracks is of a codec that is not let near a decoder. */
export const unsupportedCodec = (path: string, codec: string): Failure =>
  fail(
    'input-refused',
    `“${nameOf(path)}” has a track coded as “${codec}”, which the studio does not read.`,
    {
      advice: 'Export it as H.264 with AAC sound, and choose the new file.',
    },
  )
