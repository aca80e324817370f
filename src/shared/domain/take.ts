import { z } from 'zod'
import { accountId } from './account.ts'
import type { HostId } from './delivery.ts'
import type { PreparedCharacter, PreparedClip, ResultFacts } from './media.ts'
import type { Cost, Estimate } from './money.ts'
import type { Problem } from '../outcome.ts'
import type { Fraction, Seconds, Timestamp } from '../units.ts'

/** Ways to lengthen a clip that is shorter than the provider takes; each is chosen, never assumed. */
export const shortFixes = ['slow-down', 'boomerang', 'loop'] as const
export type ShortFix = (typeof shortFixes)[number]

const fraction = z.number().min(0).max(1)

/** A part of a picture, as fractions of its upright width and height. */
export const pictureFrame = z
  .strictObject({ x: fraction, y: fraction, width: fraction.positive(), height: fraction.positive() })
  .refine(({ x, y, width, height }) => x + width <= 1.000001 && y + height <= 1.000001, {
    message: 'the crop is inside the image',
  })
export type PictureFrame = Readonly<z.infer<typeof pictureFrame>>

/** What the user chose where there is more than one way to make a file fit. */
export const fitChoices = z.strictObject({
  /** null: a clip that is too short is refused. */
  short: z.enum(shortFixes).nullable(),
  /** What is done with a picture whose aspect the provider does not take. */
  aspect: z.enum(['pad', 'crop']),
  /** The part of the picture that is kept; null keeps all of it. */
  crop: pictureFrame.nullable(),
  /** Seen behind a see-through picture and beside a padded one: `#rrggbb`. */
  background: z.string().regex(/^#[0-9a-f]{6}$/),
})
export type FitChoices = Readonly<z.infer<typeof fitChoices>>

export const defaultFit: FitChoices = { short: null, aspect: 'pad', crop: null, background: '#ffffff' }

export const orientations = ['image', 'video'] as const
export type Orientation = (typeof orientations)[number]

export const modes = ['std', 'pro'] as const
export type Mode = (typeof modes)[number]

/** The largest 64-bit number that a provider's own language can hold as an id. */
const largestId = 2n ** 63n - 1n

export const elementId = z
  .string()
  .refine((id) => /^\d{1,19}$/.test(id) && BigInt(id) <= largestId, 'an element id is a 64-bit number')

/** Everything the user decides about a take besides the two files. The provider's own words. */
export const takeSettings = z.strictObject({
  provider: z.string().min(1).max(40),
  /** The account that pays, of this provider; null for the only one. */
  account: accountId.nullable().default(null),
  model: z.string().min(1).max(80),
  orientation: z.enum(orientations),
  mode: z.enum(modes),
  prompt: z.string().max(20_000),
  negativePrompt: z.string().max(20_000),
  /** 64-bit library element ids, kept as decimal text so that no digit is lost. */
  elements: z.array(elementId).max(8),
  keepSound: z.boolean(),
  watermark: z.boolean(),
  callbackUrl: z.url().max(2000).nullable(),
  /** How files that do not fit are made to fit. */
  fit: fitChoices.default(defaultFit),
})
export type TakeSettings = Readonly<z.infer<typeof takeSettings>>

export const defaultTakeSettings: TakeSettings = {
  provider: 'practice',
  account: null,
  model: 'practice',
  orientation: 'image',
  mode: 'std',
  prompt: '',
  negativePrompt: '',
  elements: [],
  keepSound: true,
  watermark: false,
  callbackUrl: null,
  fit: defaultFit,
}

export const clipWindow = z.strictObject({
  start: z.number().min(0).max(86_400),
  length: z.number().positive().max(86_400).nullable(),
})

/** The life of a take. Names are shared by the journal, the command line, the interface and the guide. */
export const takeStates = [
  'DRAFT',
  'PREPARING',
  'PREPARED',
  'UPLOADING',
  'UPLOADED',
  'READY',
  'INTENT',
  'WIRE',
  'ACKED',
  'REMOTE_DONE',
  'DOWNLOADING',
  'VERIFIED',
  'DONE',
  'HELD',
  'UNKNOWN',
  'NEEDS_USER',
  'REJECTED',
  'REMOTE_FAILED',
  'EXPIRED',
  'ABANDONED',
] as const
export type TakeState = (typeof takeStates)[number]

/** States that no take leaves automatically and that ask nothing of the user. */
export const terminalStates: ReadonlySet<TakeState> = new Set<TakeState>([
  'DONE',
  'REJECTED',
  'REMOTE_FAILED',
  'EXPIRED',
  'ABANDONED',
])

/** Nothing of this take moves any more unless the user wants something of it. */
export const isAtRest = ({ state, markComing }: Pick<Take, 'state' | 'markComing'>): boolean =>
  terminalStates.has(state) && !markComing

/** States that only the user can end. */
export const waitingForUser: ReadonlySet<TakeState> = new Set<TakeState>(['DRAFT', 'NEEDS_USER'])

export const takeId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'a take id has 26 characters')

/** Where a take is in the queue: its place among the waiting takes of its account, from 1. */
export type Queued = { readonly place: number; readonly paused: boolean }

/** A take as it is kept in `take.json` and shown by every face; paths and keys are never part of it. */
export type Take = {
  readonly id: string
  readonly state: TakeState
  /** The number of the newest attempt, from 1; 0 while nothing was submitted. */
  readonly attempt: number
  readonly createdAt: Timestamp
  /** The take that paid for this one besides: an attempt of it that had started although no answer came. */
  readonly partOf: string | null
  /** When the present state was entered. */
  readonly since: Timestamp
  /** When this attempt may first have reached the provider; null while it certainly has not. */
  readonly sentAt: Timestamp | null
  /** The state HELD resumes; null in every other state. */
  readonly resume: TakeState | null
  /** When HELD retries automatically. */
  readonly heldUntil: Timestamp | null
  readonly settings: TakeSettings
  readonly characterName: string
  readonly clipName: string
  readonly estimate: Estimate
  readonly taskId: string | null
  /** The id by which the provider finds the submit: what its support asks for. */
  readonly requestId: string | null
  /** What came back from the submit in the place of an answer that says whether it started. */
  readonly answered: string | null
  /** What the user can do about what came back. */
  readonly answerAdvice: string | null
  /** Where the provider fetches the files; null for the usual place of this provider. */
  readonly host: HostId | null
  /** The provider's own progress where it gives one, or that of a running local step. */
  readonly progress: Fraction | null
  /** Seconds until the provider is done, as it says itself; null where it says nothing. */
  readonly eta: Seconds | null
  /** Its place among those that wait to be sent; null if it doesn’t. Not in `take.json`. */
  readonly queued: Queued | null
  readonly preparedClip: Omit<PreparedClip, 'path'> | null
  readonly preparedCharacter: Omit<PreparedCharacter, 'path'> | null
  readonly result: ResultFacts | null
  /** The version with the mark of the provider, once it is beside the result. */
  readonly watermarked: ResultFacts | null
  /** The take is done, and its marked version is being fetched. */
  readonly markComing: boolean
  /** Why the marked version is not there; the take can be checked again. */
  readonly markProblem: Problem | null
  /** Until when the provider keeps the result, where it says so. */
  readonly resultUntil: Timestamp | null
  /** The name of the folder the user chose for the result; null for that of the library. */
  readonly resultFolder: string | null
  readonly cost: Cost | null
  readonly problem: Problem | null
}
