import { basename } from 'node:path'
import { fail, type Failure, type Problem } from '../../shared/outcome.ts'
import { mostOnSheet } from '../../shared/domain/contact-sheet.ts'
import type { Take } from '../../shared/domain/take.ts'
import { labelOf } from '../../shared/text/take-status.ts'
import type { TakeRecord } from './record.ts'
import type { TakeEvent } from './take-event.ts'
import type { LibraryNotice } from '../../shared/domain/views.ts'
import { nameOfProvider } from '../../shared/rules/providers.ts'
import {
  formatBytes,
  formatSeconds,
  type Bytes,
  type Milliseconds,
  type Seconds,
} from '../../shared/units.ts'

// Finding a take

export const unknownTake = (id: string) =>
  fail('not-found', `There is no take ${id} in this library.`, { advice: 'List the takes to see their ids.' })

export const unknownBoard = fail('not-found', 'This board is no longer in the library.')

export const noFullText: Problem = {
  code: 'tool-missing',
  message: 'The database of this Understudy has no full-text search, so searching a large library is slow.',
  advice: 'It finds the same takes. Install Understudy again to make it fast.',
}

export const unreadableTake = (id: string) =>
  fail('library-damaged', `Take ${id} is in this library, but its saved data can’t be read.`, {
    advice: '`understudy takes rebuild` restores it from its folder. This doesn’t send it again.',
  })

/** Names takes that can’t be read, because one of them may have been paid for. */
export function unreadableProblem(ids: readonly string[]): Problem | null {
  if (ids.length === 0) return null
  const takes = ids.length === 1 ? 'One take' : `${String(ids.length)} takes`
  return fail('library-damaged', `${takes} in this library can’t be read. The others aren’t affected.`, {
    advice:
      '`understudy takes rebuild` restores them from their folders in the library. This doesn’t send anything again.',
    detail: ids.join(', '),
  }).problem
}

// Pictures of a take

export const makingPictures = 'Making small pictures of the result'

export const noSuchMoment = (duration: Seconds) =>
  fail('usage', `The result is only ${formatSeconds(duration)} long.`, {
    advice: 'Choose an earlier moment for the poster.',
  })

export const drawingSheet = 'Drawing the contact sheet'

export const sheetWithout = fail('usage', 'A contact sheet needs at least one take.')

export const tooManyOnSheet = (count: number) =>
  fail('usage', `${String(count)} takes are too many for a contact sheet.`, {
    advice: `Choose up to ${String(mostOnSheet)}.`,
  })

// Changing a take

export const notNow = (take: Take, what: string) =>
  fail('usage', `The take of ${take.clipName} can’t be ${what} now. Its state: ${labelOf(take)}.`, {
    advice: 'It may have changed. Check it again.',
  })

/** Names the task of a change that couldn’t be saved, because nothing else knows it then. */
export function unwritten({ order, attempt }: TakeRecord, event: TakeEvent, why: Problem): Problem {
  const taskId = 'taskId' in event ? event.taskId : attempt.taskId
  if (taskId === null) return why
  const detail = `Task ${taskId}${why.detail === undefined ? '' : `\n${why.detail}`}`
  if (event.type !== 'accepted') return { ...why, detail }
  const advice = `Copy the task id. ${why.advice ?? ''}`.trimEnd()
  return { ...why, message: `The take of ${order.clipName} has started. ${why.message}`, advice, detail }
}

export const cannotCancel = fail('usage', 'This provider can’t cancel a task.', {
  advice: 'Give the take up to stop following it. The provider still finishes it and charges for it.',
})

export const interruptedSubmit: Problem = {
  code: 'outcome-unknown',
  message:
    'Understudy was stopped while this take was being submitted, so it doesn’t know whether the take started.',
  advice: 'Nothing is sent again automatically. Understudy asks the provider first.',
}

/** `takeId`: the take that follows the task now. */
export const startedAfterAll = (clipName: string, takeId: string): Problem =>
  fail('outcome-unknown', `This attempt of ${clipName} had started after all.`, {
    advice: 'Its result appears as a separate take.',
    detail: takeId,
  }).problem

// Tasks of the provider

export const notATaskId = fail('usage', 'This can’t be a task id.', { advice: 'Copy it from the provider.' })

export const taskHasTake = (taskId: string) =>
  fail('usage', `Task ${taskId} already belongs to another take in this library.`, {
    advice: 'Check the other takes, then copy the id of a task that none of them shows.',
  })

export const noSuchTask = (taskId: string) =>
  fail('usage', `The provider knows no task ${taskId}.`, {
    advice: 'Copy its id again from the provider’s website, and check that the account is the same.',
  })

export const cannotListTasks = (provider: string) =>
  fail('usage', `${nameOfProvider(provider)} doesn’t list its tasks.`, {
    advice: 'Copy the task id from its website and use “takes adopt”, or download the video there.',
  })

// Files of a take

export const noResultYet = (clipName: string) =>
  fail('not-found', `The take of ${clipName} has no result yet.`, {
    advice: 'Follow the take until it’s done.',
  })

export const resultNotInLibrary = (name: string) =>
  fail('file-missing', `The result for ${name} is no longer in the library folder.`, {
    advice: 'Restore it from a copy, or use the task id to check whether the provider still keeps it.',
  })

export const resultMissing = (clipName: string, folder: string) =>
  fail('file-missing', `The result of ${clipName} is no longer in ${folder}.`, {
    advice: 'Connect its disk, or put the file back. Or download it again while the provider keeps it.',
  })

export const resultChanged = (clipName: string, path: string) =>
  fail('file-damaged', `The result of ${clipName} was changed after it was downloaded.`, {
    advice:
      'Download it again while the provider keeps it. Understudy first moves the changed file aside and keeps it.',
    detail: path,
  })

export const changedResultNotMoved = (path: string, detail: string) =>
  fail('folder-unwritable', `The changed result at ${path} couldn’t be moved aside.`, {
    advice: 'Close the program that has it open, or move the file elsewhere. Then download the result again.',
    detail,
  })

export const resultIsThere = (clipName: string) =>
  fail('usage', `The result of ${clipName} is already in the library.`, {
    advice: 'Save a copy where you want it.',
  })

/** `problem`: why the file is missing. */
/** To the minute and in UTC: programs read it too. */
const momentText = (at: Milliseconds) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

export const resultNoLongerKept = (problem: Problem, until: Milliseconds, taskId: string | null) =>
  fail('result-expired', `${problem.message} The provider kept it until ${momentText(until)}.`, {
    advice: 'Put the file back where it was.',
    detail: `Task ${taskId ?? 'unknown'}.`,
  })

export const markStillDownloading = (clipName: string) =>
  fail('not-found', `The watermarked version of ${clipName} is still being downloaded.`, {
    advice: 'Wait until it’s complete.',
  })

export const noMark = (clipName: string, wasWanted: boolean) =>
  fail('not-found', `The take of ${clipName} has no watermarked version.`, {
    advice: wasWanted
      ? 'The provider gave no second file. Save the result.'
      : 'Turn on the watermark before you submit a take.',
  })

export const markMissing = (clipName: string, folder: string) =>
  fail('file-missing', `The watermarked version of ${clipName} is missing or changed in ${folder}.`, {
    advice: 'Press Download watermarked version while the provider keeps it.',
  })

export const markMissed = (clipName: string, why: string): Problem =>
  fail('result-unusable', `The watermarked version of ${clipName} couldn’t be downloaded.`, {
    advice: 'The result is complete. Press Download watermarked version to try again for free.',
    detail: why,
  }).problem
export const noLinkToMark = 'The provider gives no link to it now.'

/** What a sentence about cancelled work begins with. */
export const measuringMotion = 'Measuring the motion of this take'

export const otherReference = ({ id, characterName, clipName }: Take) =>
  fail(
    'usage',
    `The take “${characterName} performs ${clipName}” has another reference: another clip, or another part of it.`,
    { advice: 'Compare only takes that were made from the same prepared clip.', detail: `Take ${id}` },
  )

export const stillInBucket = (places: readonly string[]): Problem => {
  const files = places.length === 1 ? 'One file is' : `${String(places.length)} files are`
  return {
    code: 'clip-unreachable',
    message: `${files} still in your bucket and can’t be deleted: ${places.join(', ')}.`,
    advice:
      'Understudy keeps trying with its current keys. Enter keys with permission to delete, or delete the named files yourself.',
  }
}

// Stills

export const stillMissing = fail('file-missing', 'The still is no longer there to be saved.', {
  advice: 'Make it again.',
})

export const stillTooLarge = (limit: Bytes) =>
  fail('file-too-large', `The still is larger than ${formatBytes(limit)}.`, {
    advice: 'Show fewer takes and make it again.',
  })

export const notAWholePng = fail('not-an-image', 'The still isn’t a complete PNG image.', {
  advice: 'Make it again.',
})

// Folders for results

export const downloadResumes =
  'Free some space, and the download resumes automatically. Or choose another folder for it.'

export const resultFolderGone = (folder: string, detail?: string): Failure =>
  fail('folder-unwritable', `Understudy can’t write to the result folder “${basename(folder)}”.`, {
    advice:
      'Reconnect its disk or put the folder back, and the download resumes automatically. Or choose another folder.',
    ...(detail !== undefined && { detail }),
  })

export const tooLittleRoom = (free: Bytes, needed: Bytes) =>
  fail(
    'disk-full',
    `The result’s disk has only ${formatBytes(free)} free, and ${formatBytes(needed)} are needed.`,
    { advice: downloadResumes },
  )

export const notAFolder = (folder: string) =>
  fail('folder-unwritable', `“${basename(folder)}” isn’t a folder.`, { advice: 'Choose another folder.' })

export const folderNotWritable = (folder: string, detail: string) =>
  fail('folder-unwritable', `Understudy can’t write to the folder “${basename(folder)}”.`, {
    advice: 'Connect its disk and try again, or choose another folder.',
    detail,
  })

// The library as a whole

type Troubles = {
  /** Nothing can be saved any more, or takes can’t be read. */
  readonly broken: Problem | null
  /** What happened when the library was opened. */
  readonly opened: Problem | null
  /** Unsent takes of a library that was copied or restored. */
  readonly displaced?: Problem | null
  /** Files that stay in a bucket. */
  readonly left: Problem | null
  /** The clock of this computer is wrong. */
  readonly clock: Problem | null
  /** Settings that could not be read. */
  readonly settings: Problem | null
  /** The queue of preparations could not be read. */
  readonly queue?: Problem | null
  /** The queue of takes could not be read. */
  readonly takeQueue?: Problem | null
  /** Why search is slow. */
  readonly search?: Problem | null
}

/** A problem that names a take or a task stays on screen: it may have been paid for. */
const namesTakeOrTask = ({ detail }: Problem) => /\b[0-9A-HJKMNP-TV-Z]{26}\b|\btask /.test(detail ?? '')

/** What is wrong with a library as a whole, the most serious first. */
export function libraryNotices({
  broken,
  opened,
  displaced,
  left,
  clock,
  settings,
  queue,
  takeQueue,
  search,
}: Troubles): readonly LibraryNotice[] {
  return [
    ...(broken ? [{ problem: broken, stays: true }] : []),
    ...(opened ? [{ problem: opened, stays: namesTakeOrTask(opened) }] : []),
    ...(displaced ? [{ problem: displaced, stays: false }] : []),
    ...(settings ? [{ problem: settings, stays: false }] : []),
    ...(takeQueue ? [{ problem: takeQueue, stays: false }] : []),
    ...(queue ? [{ problem: queue, stays: false }] : []),
    ...(left ? [{ problem: left, stays: false }] : []),
    ...(clock ? [{ problem: clock, stays: false }] : []),
    ...(search ? [{ problem: search, stays: false }] : []),
  ]
}
