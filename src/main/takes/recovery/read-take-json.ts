import { isPractice } from '../../../shared/domain/account.ts'
import { statSync } from 'node:fs'
import { dirname, basename, join } from 'node:path'
import { z } from 'zod'
import { readS3Note, whereNoted } from '../../hosting/s3/session.ts'
import {
  terminalStates,
  takeId,
  takeSettings,
  takeStates,
  type TakeState,
} from '../../../shared/domain/take.ts'
import {
  type Attempt,
  isTaskId,
  withPathsIn,
  attemptSchema,
  newAttempt,
  stateBehindHold,
  estimate,
  orderSchema,
  type Order,
} from '../attempt.ts'
import { readKeptMarks } from '../marks/kept-marks.ts'
import type { KeptTake } from '../record.ts'
import type { Upload } from '../journal/tables.ts'
import { resultPlace } from '../take-folder.ts'
import { addressOnlyInFolder, notDownloadedYet } from './problems.ts'
import { rebuiltTake } from './rebuild.ts'
import { hostIds } from '../../../shared/domain/delivery.ts'
import { markMissed } from '../problems.ts'

/** The length of the random names that Understudy gives. A shorter one could match the end of any file’s name. */
const uploadName = /^[\w-]{16,}(\.\w+)?$/

const isTime = (text: string | null) => text === null || Number.isFinite(Date.parse(text))
/** A time that Date can’t represent would keep the whole list from being shown. */
const isMoment = (at: number | null) => at === null || Number.isFinite(new Date(at).getTime())

const isSound = (attempt: Attempt) =>
  [attempt.since, attempt.wiredAt, attempt.ackedAt, attempt.agreedAt].every(isTime) &&
  [attempt.heldUntil, attempt.urlsUntil, attempt.resultUntil].every(isMoment) &&
  (attempt.taskId === null || isTaskId(attempt.taskId))

/** Only files uploaded for this take: a row names a file that is deleted with the user’s keys. */
function isOwnUpload(take: string, { take: of, name, until, note }: Upload): boolean {
  const noted = readS3Note(note)
  const places = noted === null ? [] : [...noted.before, noted]
  const isNamed = places.every(({ key }) => uploadName.test(name) && key.endsWith(name))
  return of === take && isMoment(until) && isNamed
}

/** A result folder counts only while the result is in it. */
function resultFolderOf(library: string, attempt: Attempt): string | null {
  if (attempt.resultFolder === null || attempt.result === null) return null
  const { result } = resultPlace(library, attempt)
  return statSync(result, { throwIfNoEntry: false })?.size === attempt.result.bytes
    ? attempt.resultFolder
    : null
}

/** The parts of a take from `folder` that can be trusted; null if the file can’t be right. */
function trustedParts(kept: KeptTake, folder: string): KeptTake | null {
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

/**
 * A take restored from its folder alone. It keeps no address of its own: keys go only to addresses that the user
 * agreed to, and anyone could have written the file.
 */
export function fromFolder(kept: KeptTake): KeptTake {
  const rebuilt = rebuiltTake(kept)
  const { baseUrl, settings } = rebuilt.order
  const newest = rebuilt.attempts.at(-1)
  if (baseUrl === null || !newest) return rebuilt
  const order = { ...rebuilt.order, baseUrl: null }
  const isOver = terminalStates.has(newest.state) || newest.state === 'VERIFIED'
  if (isOver || isPractice(settings.provider)) return { ...rebuilt, order }
  const state = newest.state === 'DRAFT' ? 'DRAFT' : 'ABANDONED'
  const places = rebuilt.uploads.flatMap(({ note }) => whereNoted(note) ?? [])
  return {
    ...rebuilt,
    order,
    attempts: [
      ...rebuilt.attempts.slice(0, -1),
      { ...newest, state, problem: addressOnlyInFolder(baseUrl, places) },
    ],
    // A task may be running there that still has to download them.
    uploads: [],
  }
}

/** States in which the provider may have to be asked for a task whose id is unknown. */
const lookedFor: ReadonlySet<TakeState> = new Set<TakeState>([
  'READY',
  'INTENT',
  'WIRE',
  'UNKNOWN',
  'NEEDS_USER',
  'ABANDONED',
])

const nameOf = <T extends { readonly path: string }>(file: T | null) =>
  file === null ? null : { ...file, path: basename(file.path) }

/** Leaves out links that the provider can give again. One provider finds a lost task only by the link of its clip. */
function attemptJson(attempt: Attempt, clipName: string): Attempt {
  const isLookedFor = attempt.taskId === null && lookedFor.has(stateBehindHold(attempt))
  return {
    ...attempt,
    preparedClip: nameOf(attempt.preparedClip),
    preparedCharacter: nameOf(attempt.preparedCharacter),
    commands: [],
    resultUrl: null,
    watermarkUrl: null,
    // A complete file has one of its two names, and is found when the take is checked again.
    ...(attempt.watermarkUrl !== null &&
      attempt.watermarked === null && { markProblem: markMissed(clipName, notDownloadedYet) }),
    ...(!isLookedFor && { clipUrl: null, characterUrl: null, urlsUntil: null }),
  }
}

/** The user’s own link without a signature or other secrets. */
function withoutSecrets(address: string | null): string | null {
  const url = address === null ? null : URL.parse(address)
  return url && `${url.origin}${url.pathname}`
}

/** A take that is over downloads nothing from there. Submitting it again needs a new signature anyway. */
function orderJson(order: Order, attempts: readonly Attempt[]): Order {
  const newest = attempts.at(-1)
  if (!newest || !terminalStates.has(newest.state)) return order
  const { clipUrl, characterUrl } = order
  return { ...order, clipUrl: withoutSecrets(clipUrl), characterUrl: withoutSecrets(characterUrl) }
}

/** The part of `take.json` from which a take is restored. Prepared files are named relative to it. */
export const toTakeJson = ({ order, attempts, uploads }: KeptTake) => ({
  order: orderJson(order, attempts),
  attempts: attempts.map((attempt) => attemptJson(attempt, order.clipName)),
  uploads: uploads.map((upload) => ({ ...upload, url: null })),
})

const historyEntry = z.object({
  attempt: z.number().int(),
  at: z.string(),
  type: z.string(),
  state: z.string(),
  taskId: z.string().optional(),
})

const upload = z.object({
  name: z.string(),
  take: takeId,
  attempt: z.number().int(),
  host: z.enum(hostIds),
  role: z.enum(['clip', 'character']),
  state: z.enum(['open', 'up', 'leaving', 'stuck', 'gone']),
  url: z.null(),
  until: z.number().nullable(),
  note: z.unknown(),
})

const keptMarks = z.unknown().optional().transform(readKeptMarks)

/** Older files don’t say it: nothing was in the trash then. */
const trashedAt = z.iso.datetime().nullable().catch(null)

const takeJson = z.object({
  id: takeId,
  history: z.array(historyEntry),
  commands: z.array(z.string()),
  marks: keptMarks,
  trashedAt,
  record: z.object({
    order: orderSchema,
    attempts: z.array(attemptSchema).min(1),
    uploads: z.array(upload),
  }),
})

/** `take.json` as older versions wrote it, without `record`. */
const olderTakeJson = z.object({
  id: takeId,
  state: z.enum(takeStates),
  attempt: z.number().int().min(1),
  createdAt: z.string(),
  since: z.string(),
  settings: takeSettings,
  characterName: z.string(),
  clipName: z.string(),
  estimate,
  host: z.enum(hostIds).nullable().default(null),
  history: z.array(historyEntry).default([]),
  commands: z.array(z.string()).default([]),
  marks: keptMarks,
  taskId: z.string().nullable(),
  result: attemptSchema.shape.result,
  cost: attemptSchema.shape.cost,
  problem: attemptSchema.shape.problem,
})

const followedById: ReadonlySet<TakeState> = new Set<TakeState>([
  'ACKED',
  'REMOTE_DONE',
  'DOWNLOADING',
  'VERIFIED',
  'DONE',
  'REMOTE_FAILED',
  'EXPIRED',
])

/** Older files don’t have the order. A task with an id can be followed without it. */
function parseOlder(value: unknown, folder: string): KeptTake | null {
  const read = olderTakeJson.safeParse(value)
  if (!read.success) return null
  const { id, state, attempt, since, taskId, settings, result, cost, problem, commands, ...rest } = read.data
  const { createdAt, characterName, clipName, host, history, marks } = rest
  if (taskId === null || !followedById.has(state)) return null
  const order = orderSchema.parse({
    id,
    createdAt,
    settings,
    window: { start: 0, length: null },
    characterPath: join(folder, 'character.png'),
    clipPath: join(folder, 'clip.mp4'),
    characterName,
    clipName,
    baseUrl: null,
    host,
    clipUrl: null,
    consent: { amount: rest.estimate.amount, at: createdAt },
    estimate: rest.estimate,
  })
  const sent = history.findLast((entry) => entry.attempt === attempt && entry.state === 'WIRE')?.at
  const newest = {
    ...newAttempt(id, attempt, '', since),
    ...{ state, taskId, result, cost, problem, commands },
    wiredAt: sent ?? since,
    ackedAt: sent ?? since,
  }
  return trustedParts({ order, attempts: [newest], history, uploads: [], marks }, folder)
}

/** Reads a parsed `take.json` in `folder`; null if it doesn’t contain enough to continue the take. */
export function parseTakeJson(value: unknown, folder: string): KeptTake | null {
  const read = takeJson.safeParse(value)
  if (!read.success) return parseOlder(value, folder)
  const { history, commands, marks, trashedAt: since, record } = read.data
  const { order, uploads } = record
  const attempts = record.attempts
    .toSorted((one, other) => one.number - other.number)
    .map((attempt) => withPathsIn({ ...attempt, commands: [...commands] }, folder))
  const isOwn = order.id === read.data.id && attempts.every(({ take }) => take === order.id)
  const kept = { order, attempts, history, uploads, marks, trashedAt: since }
  return isOwn ? trustedParts(kept, folder) : null
}
