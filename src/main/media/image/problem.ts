import { fail, type Failure } from '../../../shared/outcome.ts'
import { lastWords } from '../last-words.ts'
import { nameOf } from '../naming.ts'

export const damagedImage = (path: string, error: unknown): Failure =>
  fail('file-damaged', `“${nameOf(path)}” is damaged or not complete.`, {
    advice: 'Open it in a picture viewer, save it again as JPEG or PNG, and choose that.',
    detail: lastWords(error instanceof Error ? error.message : String(error)),
  })
