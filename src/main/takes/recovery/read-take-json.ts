import { basename, join } from 'node:path'
import { z } from 'zod'
import { hostIds } from '../../../shared/domain/delivery.ts'
import {
  takeId,
  takeSettings,
  takeStates,
  terminalStates,
  type TakeState,
} from '../../../shared/domain/take.ts'
import { atHome, attemptSchema, newAttempt, standingOf, type Attempt } from '../attempt.ts'
import type { KeptTake } from '../record.ts'
import { markMissed } from '../problems.ts'
import { estimate, orderSchema, type Order } from '../order.ts'
import { believed } from './believed.ts'

/** States in which a provider may still have to be asked for a task whose id is not known. */
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

/** What is said of the marked version where the list of takes is lost before it has come. */
const stillToCome = 'It was still to be fetched.'

/** Links are left out where they can be asked for again; one provider finds a lost task only by the link of its clip. */
function toldAttempt(attempt: Attempt, clipName: string): Attempt {
  const isLookedFor = attempt.taskId === null && lookedFor.has(standingOf(attempt))
  return {
    ...attempt,
    preparedClip: nameOf(attempt.preparedClip),
    preparedCharacter: nameOf(attempt.preparedCharacter),
    commands: [],
    resultUrl: null,
    watermarkUrl: null,
    // What is whole lies under one of its two names, and is looked for when the take is checked again.
    ...(attempt.watermarkUrl !== null &&
      attempt.watermarked === null && { markProblem: markMissed(clipName, stillToCome) }),
    ...(!isLookedFor && { clipUrl: null, characterUrl: null, urlsUntil: null }),
  }
}

/** What a user's own address says before its signature, or whatever else may open it. */
function withoutSecrets(address: string | null): string | null {
  const url = address === null ? null : URL.parse(address)
  return url && `${url.origin}${url.pathname}`
}

/** A take at rest fetches nothing from there any more; whoever sends it again needs a fresh signature. */
function toldOrder(order: Order, attempts: readonly Attempt[]): Order {
  const newest = attempts.at(-1)
  if (!newest || !terminalStates.has(newest.state)) return order
  const { clipUrl, characterUrl } = order
  return { ...order, clipUrl: withoutSecrets(clipUrl), characterUrl: withoutSecrets(characterUrl) }
}

/** The part of `take.json` from which a take is rebuilt. Prepared files are named as they lie beside it. */
export const toldRecord = ({ order, attempts, uploads }: KeptTake) => ({
  order: toldOrder(order, attempts),
  attempts: attempts.map((attempt) => toldAttempt(attempt, order.clipName)),
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

const told = z.object({
  id: takeId,
  history: z.array(historyEntry),
  commands: z.array(z.string()),
  record: z.object({
    order: orderSchema,
    attempts: z.array(attemptSchema).min(1),
    uploads: z.array(upload),
  }),
})

/** What `take.json` said before it had a record of its own. */
const toldBefore = z.object({
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
  taskId: z.string().nullable(),
  result: attemptSchema.shape.result,
  cost: attemptSchema.shape.cost,
  problem: attemptSchema.shape.problem,
})

const goesOnByTask: ReadonlySet<TakeState> = new Set<TakeState>([
  'ACKED',
  'REMOTE_DONE',
  'DOWNLOADING',
  'VERIFIED',
  'DONE',
  'REMOTE_FAILED',
  'EXPIRED',
])

/** Older files do not say with which words a task was sent; a task that has an id needs none of them. */
function readBefore(value: unknown, folder: string): KeptTake | null {
  const read = toldBefore.safeParse(value)
  if (!read.success) return null
  const { id, state, attempt, since, taskId, settings, result, cost, problem, commands, ...rest } = read.data
  const { createdAt, characterName, clipName, host, history } = rest
  if (taskId === null || !goesOnByTask.has(state)) return null
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
  return believed({ order, attempts: [newest], history, uploads: [] }, folder)
}

/** Reads a parsed `take.json` that lies in `folder`; null where it does not say enough to go on with the take. */
export function readTold(value: unknown, folder: string): KeptTake | null {
  const read = told.safeParse(value)
  if (!read.success) return readBefore(value, folder)
  const { history, commands, record } = read.data
  const { order, uploads } = record
  const attempts = record.attempts
    .toSorted((one, other) => one.number - other.number)
    .map((attempt) => atHome({ ...attempt, commands: [...commands] }, folder))
  const isOwn = order.id === read.data.id && attempts.every(({ take }) => take === order.id)
  return isOwn ? believed({ order, attempts, history, uploads }, folder) : null
}
