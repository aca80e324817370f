import { fail, type Failure } from '../../shared/outcome.ts'
import { basename } from 'node:path'

export const tooManyFiles = fail('usage', 'You can add 1 to 100 files at once.')

export const fileWithoutContent = fail('usage', 'A file needs a name and its bytes.')

export const foreignWindow = fail('usage', 'Only Understudy’s window may request this.')

export const tooManyArguments = (channel: string): Failure =>
  fail('usage', `${channel} was called with too many arguments.`)

export const fileExists = (path: string): Failure =>
  fail('file-exists', `“${basename(path)}” already exists.`, {
    advice: 'Save under another name. Understudy never replaces a file.',
  })

export const fileGone = (path: string): Failure =>
  fail('file-missing', `“${basename(path)}” is no longer where it was saved.`, {
    advice: 'It was moved or deleted outside Understudy.',
  })

export const hasSystemDialogs = fail('usage', 'This window uses the system’s dialogs to show folders.')
