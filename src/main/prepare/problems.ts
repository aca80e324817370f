import { basename } from 'node:path'
import { fail, type Failure, type Problem } from '../../shared/outcome.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { displayName } from '../media/source-file.ts'

/** What a sentence about a cancelled piece of work begins with. */
export const doing = {
  checking: 'The check',
  preparing: 'Preparing',
  findingCuts: (clip: string) => `Looking for cuts in “${basename(clip)}”`,
}

export const characterIsVideo = (path: string): Failure =>
  fail('not-an-image', `${basename(path)} is a video, but the character must be an image.`, {
    advice: 'Choose a JPEG or PNG image as the character.',
  })

export const clipIsImage = (path: string): Failure =>
  fail('not-a-video', `${basename(path)} is an image, but the clip must be a video.`, {
    advice: 'Choose an MP4 or MOV video as the clip.',
  })

/** What to do about settings that the user has to change. */
export const changeSettings = (errors: readonly Finding[]): string =>
  errors.some(({ choices }) => choices !== undefined)
    ? 'Choose how to lengthen the part, or choose a longer part.'
    : 'Change these settings and try again.'

export const chooseAnother = (targets: readonly string[]): string =>
  `Choose another ${targets.join(' and another ')}.`

export const unknownModel = (provider: string, model: string): Failure =>
  fail('usage', `The provider ${provider} has no model ${model}.`, {
    advice: 'See the list of providers for all models.',
  })

export const cutsUnknown = (clip: string): Failure =>
  fail('tool-failed', `Understudy couldn’t look for cuts in “${basename(clip)}”.`, {
    advice: 'Choose the part by its start and length.',
  })

export const namesTaken = (folder: string, names: readonly string[]): Failure =>
  fail('file-exists', `${basename(folder)} already contains ${names.join(' and ')}.`, {
    advice: 'Choose another folder. Understudy never overwrites files.',
  })

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export const folderNotCreated = (folder: string, error: unknown): Failure =>
  fail('folder-unwritable', `The folder ${folder} can’t be created.`, {
    advice: 'Choose another folder.',
    detail: wordsOf(error),
  })

export const previewFolderNotCreated = (error: unknown): Failure =>
  fail('folder-unwritable', 'The folder for previews can’t be created.', {
    advice: 'Check that Understudy can write to its own folder, and that the disk isn’t full.',
    detail: wordsOf(error),
  })

export const notAFolder = (path: string): Failure =>
  fail('folder-unwritable', `“${displayName(path)}” isn’t a folder.`, { advice: 'Choose another folder.' })

export const changedMeanwhile = (path: string): Failure =>
  fail('tool-failed', `Another program changed “${basename(path)}” while it was prepared.`, {
    advice: 'Nothing was sent. Prepare it again.',
  })

export const stillBreaksRules = (findings: readonly Finding[]): Failure =>
  fail(
    'tool-failed',
    `The prepared files still break a rule. ${findings.map(({ message }) => message).join(' ')}`,
    { advice: 'Nothing was sent. Please report this clip, because Understudy should have made it fit.' },
  )

export const unknownPair = (): Failure =>
  fail('not-found', 'Understudy no longer remembers this pair.', { advice: 'Choose the files again.' })

export const sourceMissing = (path: string): Problem =>
  fail('file-missing', `“${displayName(path)}” no longer exists.`, {
    advice: 'Put it back, then try again.',
  }).problem

export const sourceChanged = (path: string): Problem =>
  fail('input-refused', `“${displayName(path)}” was changed after it was added.`, {
    advice: 'Try again to prepare the changed file.',
  }).problem

/** What is wrong with a saved queue, for `queueMovedAside`. */
export const queueTrouble = {
  unreadable: 'can’t be read',
  newer: 'was written by a newer Understudy',
  lostEntries: (count: number) => `has ${String(count)} entries that can’t be read`,
}

export const queueMovedAside = (name: string | null, trouble: string): Problem =>
  fail('file-damaged', `The preparation queue ${trouble}.`, {
    advice: `${name === null ? 'The file prepare-queue.json next to your library couldn’t be copied. Make space on the disk, or move the file away. ' : `It was kept as ${name} next to your library. `}Add missing files to the queue again.`,
  }).problem

export const preparationCancelled = (): Failure => fail('cancelled', 'The preparation was cancelled.')
export const itemCancelled = (): Failure => fail('cancelled', 'It was cancelled.')
export const notNextInLine = (): Failure => fail('cancelled', 'It’s no longer next in line.')
export const alreadyEnded = (): Failure => fail('usage', 'This preparation has already ended.')
export const notDoneYet = (): Failure => fail('not-found', 'This preparation isn’t done yet.')
export const onlyWaitingMoves = (): Failure => fail('usage', 'Only a waiting preparation can be moved.')
export const onlyFailedRetries = (): Failure =>
  fail('usage', 'Only a failed or cancelled preparation can be retried.')

export const notInQueue = (): Failure =>
  fail('not-found', 'This preparation is no longer in the queue.', { advice: 'Check the queue again.' })

export const unexpected = (error: unknown): Problem =>
  fail('internal', 'Something went wrong inside Understudy.', { detail: wordsOf(error) }).problem
