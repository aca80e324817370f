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
