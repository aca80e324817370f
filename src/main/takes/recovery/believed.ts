import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { readS3Note, whereNoted } from '../../hosting/s3/s3-note.ts'
import { fail, type Problem } from '../../../shared/outcome.ts'
import { terminalStates } from '../../../shared/domain/take.ts'
import type { Attempt } from '../attempt.ts'
import type { KeptTake } from '../record.ts'
import type { Upload } from '../journal/upload-rows.ts'
import { resultPlace } from '../result-place.ts'
import { isTaskId } from '../task-id.ts'
import { rebuiltTake } from './rebuild.ts'

/** As long as the random names are that Understudy gives; a shorter one could be the end of anything. */
const uploadName = /^[\w-]{16,}(\.\w+)?$/

const isTime = (text: string | null) => text === null || Number.isFinite(Date.parse(text))
/** What no date can hold would keep the whole list from being shown. */
const isMoment = (at: number | null) => at === null || Number.isFinite(new Date(at).getTime())

const isSound = (attempt: Attempt) =>
  [attempt.since, attempt.wiredAt, attempt.ackedAt, attempt.agreedAt].every(isTime) &&
  [attempt.heldUntil, attempt.urlsUntil, attempt.resultUntil].every(isMoment) &&
  (attempt.taskId === null || isTaskId(attempt.taskId))

/** Only the file that was put up for this take: what a row names is deleted with the keys of the user. */
function isOwnUpload(take: string, { take: of, name, until, note }: Upload): boolean {
  const noted = readS3Note(note)
  const places = noted === null ? [] : [...noted.before, noted]
  const isNamed = places.every(({ key }) => uploadName.test(name) && key.endsWith(name))
  return of === take && isMoment(until) && isNamed
}

/** A folder of the user's choice is only believed while the result lies in it. */
function resultFolderOf(library: string, attempt: Attempt): string | null {
  if (attempt.resultFolder === null || attempt.result === null) return null
  const { result } = resultPlace(library, attempt)
  return statSync(result, { throwIfNoEntry: false })?.size === attempt.result.bytes
    ? attempt.resultFolder
    : null
}

/** What may be believed of a take that a file in `folder` tells of; null where the file cannot be right. */
export function believed(kept: KeptTake, folder: string): KeptTake | null {
  const { order, attempts, history, uploads } = kept
  const numbers = new Set(attempts.map(({ number }) => number))
  const times = [order.createdAt, order.consent.at, ...history.map(({ at }) => at)]
  if (numbers.size !== attempts.length || !times.every(isTime) || !attempts.every(isSound)) return null
  const library = dirname(folder)
  return {
    ...kept,
    attempts: attempts.map((attempt) => ({ ...attempt, resultFolder: resultFolderOf(library, attempt) })),
    uploads: uploads.filter((upload) => isOwnUpload(order.id, upload)),
  }
}

function sentElsewhere(address: string, uploads: readonly Upload[]): Problem {
  const left = uploads.flatMap(({ note }) => whereNoted(note) ?? [])
  return fail(
    'consent-needed',
    `Its folder says that this take was sent to ${address}. Nothing else does, so no key is sent there and the take is not followed.`,
    {
      advice:
        'Look for its task in the console of that provider. If you know the address, make it that of the account of this take and enter the task id again.',
      ...(left.length > 0 && { detail: `Still in your bucket: ${left.join(', ')}` }),
    },
  ).problem
}

/**
 * A take of which only its folder tells, as it may go on. Keys go to addresses that the user has agreed to, and a file is
 * no user: whoever wrote it would get them.
 */
export function fromFolder(kept: KeptTake): KeptTake {
  const rebuilt = rebuiltTake(kept)
  const { baseUrl, settings } = rebuilt.order
  const newest = rebuilt.attempts.at(-1)
  if (baseUrl === null || !newest) return rebuilt
  const order = { ...rebuilt.order, baseUrl: null }
  const isOver = terminalStates.has(newest.state) || newest.state === 'VERIFIED'
  if (isOver || settings.provider === 'practice') return { ...rebuilt, order }
  const state = newest.state === 'DRAFT' ? 'DRAFT' : 'ABANDONED'
  const problem = sentElsewhere(baseUrl, rebuilt.uploads)
  return {
    ...rebuilt,
    order,
    attempts: [...rebuilt.attempts.slice(0, -1), { ...newest, state, problem }],
    // A task may be running there that has yet to fetch them.
    uploads: [],
  }
}
