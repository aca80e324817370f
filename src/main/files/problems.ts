import { fail, type Failure } from '../../shared/outcome.ts'
import { formatBytes } from '../../shared/units.ts'
import { errorCode } from './error-code.ts'
import { basename } from 'node:path'

/** Why a new file could not be written, in the user's terms. */
export function writeProblem(error: unknown, target: string): Failure {
  const name = basename(target)
  const detail = error instanceof Error ? error.message : String(error)
  switch (errorCode(error)) {
    case 'EEXIST':
      return fail('file-exists', `${name} already exists and was not changed.`, {
        advice: 'Choose another name.',
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('disk-full', `There isn’t enough space for ${name}.`, {
        advice: 'Free some space and save again.',
      })
    case 'ENOENT':
      return fail('folder-unwritable', `The folder for ${name} doesn’t exist.`, {
        advice: 'Choose another folder.',
        detail,
      })
    default:
      return fail('folder-unwritable', `${name} can’t be saved there.`, {
        advice: 'Choose another folder.',
        detail,
      })
  }
}

export const fileTooLarge = (name: string, limit: number): Failure =>
  fail('file-too-large', `“${name}” is larger than ${formatBytes(limit)}.`, {
    advice: 'Use the file dialog instead. It reads files in place, without a copy.',
  })

export const noSpaceFor = (name: string): Failure =>
  fail('disk-full', `There isn’t enough disk space for “${name}”.`, {
    advice: 'Free some space, or use the file dialog. It reads files in place, without a copy.',
  })

export const notCopied = (name: string, code: string, error: unknown): Failure =>
  fail('folder-unwritable', `“${name}” couldn’t be copied into Understudy’s folder.`, {
    advice: 'Check that you have permission to write there.',
    detail: code || String(error),
  })

export const isFolder = (name: string): Failure =>
  fail('file-is-folder', `“${name}” is a folder.`, { advice: 'Choose a file inside it.' })

export const notAFile = (name: string): Failure =>
  fail('file-unreadable', `“${name}” isn’t a regular file.`, {
    advice: 'Choose an image or a video file.',
  })

export const fileEmpty = (name: string): Failure =>
  fail('file-empty', `“${name}” is empty.`, {
    advice: 'Copy the file again from its source.',
  })

export const fileMissing = (name: string): Failure =>
  fail('file-missing', `“${name}” was not found.`, {
    advice: 'It may have been moved or renamed. Choose it again.',
  })

export const fileUnreadable = (name: string, error: unknown): Failure =>
  fail('file-unreadable', `“${name}” can’t be read.`, {
    advice: 'Check that you have permission to open it, then choose it again.',
    detail: errorCode(error) || String(error),
  })

export const noLongerShown = fail('not-found', 'Understudy no longer knows where this file was saved.', {
  advice: 'Open the folder you saved it to.',
})

export const unknownFile = fail('not-found', 'Understudy no longer knows this file.', {
  advice: 'Choose the file again.',
})
