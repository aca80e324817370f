import { basename, join } from 'node:path'
import { z } from 'zod'
import { hostIds } from '../../shared/domain/delivery.ts'
import { clipWindow, takeId, takeSettings, takeStates, type TakeState } from '../../shared/domain/take.ts'
import type { Cost } from '../../shared/domain/money.ts'
import { problemCodes, type Problem } from '../../shared/outcome.ts'

export const estimate = z.object({
  currency: z.literal('USD'),
  amount: z.number().nullable(),
  perSecond: z.number().nullable(),
  seconds: z.number(),
  asOf: z.string(),
  source: z.string(),
})

/** What the user asked for when the take was made; it never changes afterwards. */
export const orderSchema = z.object({
  id: takeId,
  createdAt: z.string(),
  settings: takeSettings,
  window: clipWindow,
  characterPath: z.string(),
  clipPath: z.string(),
  characterName: z.string(),
  clipName: z.string(),
  baseUrl: z.string().nullable(),
  /** Null for the usual host of the provider. */
  host: z.enum(hostIds).nullable().default(null),
  /** Addresses of the user's own, for the host `given`. */
  clipUrl: z.string().nullable(),
  characterUrl: z.string().nullable().default(null),
  /** The take whose task this is: found after another attempt of it had been paid for. */
  partOf: takeId.nullable().default(null),
  /** What was in both files when the cost was agreed to; older versions did not note it. */
  sources: z.object({ character: z.string().nullable(), clip: z.string().nullable() }).exactOptional(),
  consent: z.object({ amount: z.number().nullable(), at: z.string() }),
  estimate,
})
export type Order = Readonly<z.infer<typeof orderSchema>>

const audio = z.object({ codec: z.string(), channels: z.number(), sampleRate: z.number() }).nullable()

const preparedClip = z.object({
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  width: z.number(),
  height: z.number(),
  frames: z.number(),
  frameRate: z.number(),
  duration: z.number(),
  videoCodec: z.string(),
  pixelFormat: z.string(),
  audio,
})

const preparedCharacter = z.object({
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  width: z.number(),
  height: z.number(),
  format: z.enum(['jpeg', 'png']),
})

const resultFacts = z.object({
  bytes: z.number(),
  sha256: z.string(),
  duration: z.number(),
  width: z.number(),
  height: z.number(),
  frameRate: z.number(),
})

const problem: z.ZodType<Problem> = z.object({
  code: z.enum(problemCodes),
  message: z.string(),
  advice: z.string().exactOptional(),
  detail: z.string().exactOptional(),
})

const cost: z.ZodType<Cost> = z.object({ units: z.string(), unitName: z.string() })

/** All that is known about one attempt besides what the user asked for. Stored whole with every change. */
export const attemptSchema = z.object({
  take: z.string(),
  number: z.number().int().min(1),
  state: z.enum(takeStates),
  /** ISO time at which the state was entered. */
  since: z.string(),
  /** Where HELD goes back to; null in every other state. */
  resume: z.enum(takeStates).nullable(),
  /** Wall-clock milliseconds after which HELD tries again by itself. */
  heldUntil: z.number().nullable(),
  /** Our own id for this attempt, sent to the provider and never used for another. */
  ownId: z.string(),
  preparedClip: preparedClip.nullable(),
  preparedCharacter: preparedCharacter.nullable(),
  /** The exact command lines that made the prepared files. */
  commands: z.array(z.string()),
  clipUrl: z.string().nullable(),
  /** Null where the character travels inside the request. */
  characterUrl: z.string().nullable().default(null),
  /** Wall-clock milliseconds after which the addresses above are dead. */
  urlsUntil: z.number().nullable().default(null),
  /** A fingerprint of the key that pays; null for practice and for takes of older versions. */
  paidWith: z.string().nullable().default(null),
  /** The cost that was agreed to for this attempt, where it is not that of the take. */
  estimate: estimate.nullable().default(null),
  /** When the user last agreed to pay for it; null for attempts of older versions. */
  agreedAt: z.string().nullable().default(null),
  /** When it was first on the wire, for an attempt that was put off since: it is looked for before it is sent again. */
  triedAt: z.string().nullable().default(null),
  /** When the library was found in another place with this attempt unsent: another copy may have sent it. */
  displacedAt: z.string().nullable().default(null),
  /** When WIRE was committed: the start of the time in which an unknown outcome may still appear. */
  wiredAt: z.string().nullable(),
  ackedAt: z.string().nullable(),
  taskId: z.string().nullable(),
  /** The id by which the provider finds the submit, for its support; null where it named none. */
  requestId: z.string().nullable().default(null),
  /** What came back from a submit in the place of an answer; null where one came, or nothing was sent. */
  answered: z.string().nullable().default(null),
  /** What the user can do about what came back. */
  answerAdvice: z.string().nullable().default(null),
  resultUrl: z.string().nullable(),
  /** Wall-clock milliseconds until which the provider keeps the result; null where it does not say. */
  resultUntil: z.number().nullable().default(null),
  /** How often a link to the result failed or led to a damaged file. */
  failedFetches: z.number().int(),
  result: resultFacts.nullable(),
  /** The folder the user chose for the result; null for that of the take in the library. */
  resultFolder: z.string().nullable().default(null),
  /** When the result file was last changed as it was finished, in milliseconds; null in older versions. */
  resultTime: z.number().nullable().default(null),
  /** Where the provider has the result with its mark on it, until that lies beside the result. */
  watermarkUrl: z.string().nullable().default(null),
  /** The watermarked version once it is whole; it has its final name where `watermarkUrl` is null. */
  watermarked: resultFacts.nullable().default(null),
  /** Why the marked version could not be fetched. */
  markProblem: problem.nullable().default(null),
  cost: cost.nullable(),
  problem: problem.nullable(),
})
export type Attempt = Readonly<z.infer<typeof attemptSchema>>

export function newAttempt(take: string, number: number, ownId: string, since: string): Attempt {
  return {
    take,
    number,
    state: 'PREPARING',
    since,
    resume: null,
    heldUntil: null,
    ownId,
    preparedClip: null,
    preparedCharacter: null,
    commands: [],
    clipUrl: null,
    characterUrl: null,
    urlsUntil: null,
    paidWith: null,
    estimate: null,
    agreedAt: since,
    triedAt: null,
    displacedAt: null,
    wiredAt: null,
    ackedAt: null,
    taskId: null,
    requestId: null,
    answered: null,
    answerAdvice: null,
    resultUrl: null,
    resultUntil: null,
    failedFetches: 0,
    result: null,
    resultFolder: null,
    resultTime: null,
    watermarkUrl: null,
    watermarked: null,
    markProblem: null,
    cost: null,
    problem: null,
  }
}

/** Prepared files are in the folder of their take, wherever the library has been moved to. */
export function withPathsIn(attempt: Attempt, folder: string): Attempt {
  const there = <T extends { readonly path: string }>(file: T | null) =>
    file === null ? null : { ...file, path: join(folder, basename(file.path)) }
  return {
    ...attempt,
    preparedClip: there(attempt.preparedClip),
    preparedCharacter: there(attempt.preparedCharacter),
  }
}

/** States in which nothing was sent yet, so that everything can still be taken back. */
export const unsentStates: ReadonlySet<TakeState> = new Set<TakeState>([
  'DRAFT',
  'PREPARING',
  'PREPARED',
  'UPLOADING',
  'UPLOADED',
  'READY',
])

/** Where an attempt stands when one looks through a hold: the state it goes back to. */
export const stateBehindHold = ({ state, resume }: Pick<Attempt, 'state' | 'resume'>): TakeState =>
  state === 'HELD' ? (resume ?? 'DRAFT') : state

/** What waits for anything else than its download has no result yet that could go elsewhere. */
export const mayMoveResult = ({ state, resume }: Attempt) => state !== 'HELD' || resume === 'REMOTE_DONE'

/** A task is followed from here on; where nothing was sent from here, another copy of the library has sent it. */
export const acceptedAs = (taskId: string, { wiredAt }: Attempt, now: string) => ({
  state: 'ACKED' as const,
  taskId,
  wiredAt: wiredAt ?? now,
  ackedAt: now,
  problem: null,
})

/** The result is fetched from its beginning; for a take that was done, by a fresh link. */
export function fetchedTo({ state, failedFetches, watermarkUrl }: Attempt, resultFolder: string | null) {
  const asks = state === 'DONE' || state === 'ACKED'
  return {
    state: asks ? ('ACKED' as const) : ('REMOTE_DONE' as const),
    failedFetches: state === 'DONE' ? 0 : failedFetches,
    result: null,
    resultFolder,
    watermarkUrl: state === 'DONE' ? null : watermarkUrl,
    watermarked: null,
    markProblem: null,
  }
}

/** On its way to be sent, and certainly not sent yet: whoever lets it go on may be charged for it. */
export function isToBeSent(attempt: Pick<Attempt, 'state' | 'resume'>): boolean {
  const state = stateBehindHold(attempt)
  return state === 'INTENT' || (unsentStates.has(state) && state !== 'DRAFT')
}

const maxTaskIdLength = 500

/**
 * Whether a text can be the id of a task: one line of any characters. Adapters encode it, and these two would still be
 * steps in a path that lead the question somewhere else.
 */
export const isTaskId = (text: string): boolean =>
  text !== '' &&
  text.length <= maxTaskIdLength &&
  text.isWellFormed() &&
  !/\p{Cc}/u.test(text) &&
  text !== '.' &&
  text !== '..'
