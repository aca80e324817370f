import { fail, type Failure } from '../../shared/outcome.ts'
import { errorCode } from '../files/error-code.ts'

export const noSuchPlace = fail('not-found', 'This folder no longer exists.', {
  advice: 'Choose one of your places again.',
})

export const folderUnreadable = (name: string): Failure =>
  fail('file-unreadable', `The folder “${name}” can’t be opened.`, {
    advice: 'Choose another folder.',
  })

export const notAFolder = fail('usage', 'This is the list of places, not a folder.', {
  advice: 'Choose a folder first.',
})

export const noSystemDialog = fail('usage', 'Understudy can’t show a system dialog here.', {
  advice: 'Use the file dialog in the window.',
})

export const noFolderYet = fail('usage', 'There is no folder to save to yet.', {
  advice: 'Choose a folder first.',
})

export const noSuchFolder = fail('not-found', 'This folder no longer exists.', {
  advice: 'Choose another folder.',
})

export const folderUnwritable = fail('folder-unwritable', 'You can’t write to this folder.', {
  advice: 'Choose another folder.',
})

export const fileExists = (name: string): Failure =>
  fail('file-exists', `“${name}” already exists.`, {
    advice: 'Choose another name. Understudy never replaces a file.',
  })

export const fileGone = (name: string): Failure =>
  fail('file-missing', `“${name}” is no longer where it was saved.`, {
    advice: 'It was moved or deleted outside Understudy.',
  })

export const portUnusable = (port: number, last: unknown): Failure =>
  fail('usage', port === 0 ? 'No free port was found.' : `Port ${port} can’t be used.`, {
    advice: 'Choose another one with --port, or leave it out.',
    detail: errorCode(last),
  })

export const uploadWithoutName = fail('usage', 'The upload has no file name.')

export const notBuilt = 'The interface isn’t built yet. Start Understudy with “npm start”.'

export const crashed = 'Something went wrong inside Understudy.'
