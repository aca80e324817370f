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

/** What the user asked for. It never changes. */
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
  /** The user’s own links, for the host `given`. */
  clipUrl: z.string().nullable(),
  characterUrl: z.string().nullable().default(null),
  /** The take whose task this one follows; it had been paid for besides another attempt. */
  partOf: takeId.nullable().default(null),
  /** Fingerprints of both files when the cost was agreed to. Missing in older versions. */
  sources: z.object({ character: z.string().nullable(), clip: z.string().nullable() }).exactOptional(),
  consent: z.object({ amount: z.number().nullable(), at: z.string() }),
  estimate,
})
export type Order = Readonly<z.infer<typeof orderSchema>>

/** Takes of one account take turns. */
export const accountOf = ({ settings }: Pick<Order, 'settings'>): string =>
  `${settings.provider} ${settings.account ?? ''}`

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

/** Everything known about one attempt besides the order. Saved whole with every change. */
export const attemptSchema = z.object({
  take: z.string(),
  number: z.number().int().min(1),
  state: z.enum(takeStates),
  /** ISO time at which the state was entered. */
  since: z.string(),
  /** The state that HELD returns to; null in every other state. */
  resume: z.enum(takeStates).nullable(),
  /** When HELD retries automatically, in wall-clock milliseconds. */
  heldUntil: z.number().nullable(),
  /** Our own id for this attempt. It is sent to the provider and never used again. */
  ownId: z.string(),
  preparedClip: preparedClip.nullable(),
  preparedCharacter: preparedCharacter.nullable(),
  /** The exact command lines that made the prepared files. */
  commands: z.array(z.string()),
  clipUrl: z.string().nullable(),
  /** Null if the request contains the character itself. */
  characterUrl: z.string().nullable().default(null),
  /** When the links above expire, in wall-clock milliseconds. */
  urlsUntil: z.number().nullable().default(null),
  /** A fingerprint of the key that pays; null for practice and for takes of older versions. */
  paidWith: z.string().nullable().default(null),
  /** The cost agreed to for this attempt, if it differs from the order’s. */
  estimate: estimate.nullable().default(null),
  /** When the user last agreed to pay; null for attempts of older versions. */
  agreedAt: z.string().nullable().default(null),
  /** When it was first sent, if it was put off since. It is looked up before it is sent again. */
  triedAt: z.string().nullable().default(null),
  /** When the library was found in another place with this attempt unsent. Another copy may have sent it. */
  displacedAt: z.string().nullable().default(null),
  /** When WIRE was saved. From then on, an unknown task may appear for a while. */
  wiredAt: z.string().nullable(),
  ackedAt: z.string().nullable(),
  taskId: z.string().nullable(),
  /** The provider’s id of the submit, for its support; null if it gave none. */
  requestId: z.string().nullable().default(null),
  /** What came back instead of an answer to the submit; null if an answer came, or nothing was sent. */
  answered: z.string().nullable().default(null),
  /** What the user can do about it. */
  answerAdvice: z.string().nullable().default(null),
  resultUrl: z.string().nullable(),
  /** When the provider deletes the result, in wall-clock milliseconds; null if it doesn’t say. */
  resultUntil: z.number().nullable().default(null),
  /** How many links to the result failed or led to a damaged file. */
  failedFetches: z.number().int(),
  result: resultFacts.nullable(),
  /** The folder that the user chose for the result; null for the take’s own. */
  resultFolder: z.string().nullable().default(null),
  /** The modification time of the finished result, in milliseconds; null in older versions. */
  resultTime: z.number().nullable().default(null),
  /** The provider’s link to the watermarked version, until the file is downloaded. */
  watermarkUrl: z.string().nullable().default(null),
  /** The verified watermarked version. It has its final name once `watermarkUrl` is null. */
  watermarked: resultFacts.nullable().default(null),
  /** Why the watermarked version couldn’t be downloaded. */
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

/** The attempt with its prepared files in this folder, because the library may have been moved. */
export function withPathsIn(attempt: Attempt, folder: string): Attempt {
  const there = <T extends { readonly path: string }>(file: T | null) =>
    file === null ? null : { ...file, path: join(folder, basename(file.path)) }
  return {
    ...attempt,
    preparedClip: there(attempt.preparedClip),
    preparedCharacter: there(attempt.preparedCharacter),
  }
}

/** States in which nothing was sent yet, so that the take can be cancelled. */
export const unsentStates: ReadonlySet<TakeState> = new Set<TakeState>([
  'DRAFT',
  'PREPARING',
  'PREPARED',
  'UPLOADING',
  'UPLOADED',
  'READY',
])

/** The state behind a hold: the one it returns to. */
export const stateBehindHold = ({ state, resume }: Pick<Attempt, 'state' | 'resume'>): TakeState =>
  state === 'HELD' ? (resume ?? 'DRAFT') : state

/** A hold before the download has no result yet that could go elsewhere. */
export const mayMoveResult = ({ state, resume }: Attempt) => state !== 'HELD' || resume === 'REMOTE_DONE'

/** The task is followed from here on. If nothing was sent from here, another copy of the library sent it. */
export const acceptedAs = (taskId: string, { wiredAt }: Attempt, now: string) => ({
  state: 'ACKED' as const,
  taskId,
  wiredAt: wiredAt ?? now,
  ackedAt: now,
  problem: null,
})

/** Downloads the result from the start. A take that was done gets a new link first. */
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

/** Not sent yet, but on its way: resuming it may charge the user. */
export function isToBeSent(attempt: Pick<Attempt, 'state' | 'resume'>): boolean {
  const state = stateBehindHold(attempt)
  return state === 'INTENT' || (unsentStates.has(state) && state !== 'DRAFT')
}

const maxTaskIdLength = 500

/**
 * Whether a text can be a task id: one line of any characters. Adapters encode it, except that `.` and `..` would
 * still change the path of a request.
 */
export const isTaskId = (text: string): boolean =>
  text !== '' &&
  text.length <= maxTaskIdLength &&
  text.isWellFormed() &&
  !/\p{Cc}/u.test(text) &&
  text !== '.' &&
  text !== '..'
