import { fail, type Failure, type Problem } from '../../shared/outcome.ts'
import { errorCode } from '../files/error-code.ts'
import { diskFull } from '../files/probe-folder.ts'
import { isFullDisk } from '../takes/journal/writes.ts'
import { formatBytes, type Bytes } from '../../shared/units.ts'

const chooseAnother = { advice: 'Choose another folder. It has to be new or empty.' }

export const beingMoved = fail('library-in-use', 'The library is being moved. Wait until it has ended.')

export const wasMoved = (to: string): Failure =>
  fail('library-in-use', `The library is now in “${to}”.`, { advice: 'Start Understudy again.' })

/** Nothing is lost: the library is whole in its old folder. */
export const notReopened = (why: Problem): Failure =>
  fail(why.code, `The library was not moved, and can’t be opened again: ${why.message}`, {
    advice: 'It is unchanged in its old folder. Start Understudy again.',
  })

export const chooseAgain = fail('usage', 'This choice of a folder is out of date.', {
  advice: 'Choose the folder again.',
})

export const changedMeanwhile = (name: string): Failure =>
  fail('library-in-use', `“${name}” changed while the library was copied. The library was not moved.`, {
    advice: 'Close other programs that use this folder, and move it again.',
  })

export const libraryIsElsewhere = (to: string): Failure =>
  fail('not-found', `Your library was moved to “${to}”, which can’t be reached.`, {
    advice: 'Connect its disk, or bring the folder back to that place, and start Understudy again.',
  })

export const stillArriving = (from: string): Failure =>
  fail('library-in-use', `The library of “${from}” was not moved here completely.`, {
    advice: 'It is still complete in its old folder. Open that one, and move it again.',
  })

export const takesRun = (count: number): Failure =>
  fail(
    'usage',
    `${count === 1 ? '1 take is' : `${String(count)} takes are`} still running, so the library can’t be moved now.`,
    { advice: 'Wait until every take is done, or cancel those that were not sent.' },
  )

export const sameFolder = fail(
  'usage',
  'The new folder is inside the library, or the library is inside it.',
  {
    ...chooseAnother,
  },
)

export const notEmpty = (folder: string): Failure =>
  fail('file-exists', `“${folder}” isn’t empty. Nothing in it was changed.`, chooseAnother)

/** Its copy would be a link as well, and the library would end with the old folder. */
export const isLink = (name: string): Failure =>
  fail('usage', `“${name}” in the library folder is a link. The library was not moved.`, {
    advice: `Put the real “${name}” in the place of the link, then move again.`,
  })

export const leadsAway = (name: string, target: string): Failure =>
  fail('usage', `“${name}” is a link to “${target}”. It won’t work from the new folder.`, {
    advice: 'Put the real file or folder in the place of the link, then move again.',
  })

export const noRoom = (folder: string, needed: Bytes, free: Bytes): Failure =>
  fail(
    'disk-full',
    `The library needs ${formatBytes(needed)}, and the disk of “${folder}” has ${formatBytes(free)} free.`,
    { advice: 'Free some space, or choose a folder on another disk.' },
  )

export const copyDiffers = (name: string): Failure =>
  fail(
    'folder-unwritable',
    `The copy of “${name}” isn’t the same as the original. The library was not moved.`,
    {
      advice:
        'Check the disk, or choose a folder on another one. The library in its old folder is unchanged.',
    },
  )

const full = new Set(['ENOSPC', 'EDQUOT'])

/** `what` is the file it stopped at, or the library; `where` the folder that was written to. */
export function copyStopped(what: string, to: string, error: unknown, where = to): Failure {
  if (full.has(errorCode(error)) || isFullDisk(error)) return diskFull(where)
  return fail('folder-unwritable', `${what} couldn’t be copied to “${to}”. The library was not moved.`, {
    advice: 'Check the disk and your rights in both folders, then move again. The old folder is unchanged.',
    detail: error instanceof Error ? error.message : String(error),
  })
}
