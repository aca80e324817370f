import { z } from 'zod'
import type { Obstacle } from './network.ts'
import type { Timestamp } from '../units.ts'

/** The services that need an account; practice needs none. */
/** Renders on this machine: it needs no account and takes no money. */
export const practiceProvider = 'practice'
export const isPractice = (provider: string): boolean => provider === practiceProvider

export const remoteProviders = ['kling', 'kling-gateway', 'oxen', 'modelslab', 'highway'] as const
export type RemoteProvider = (typeof remoteProviders)[number]

/** A stored account has a random id; one whose key comes from the environment is called `env-` and its provider. */
export const accountId = z.string().regex(/^[a-z0-9-]{3,60}$/)

/** Scheme, host and port; what a URL of an account may be beyond its shape is judged where it is used. */
const origin = z.url().max(300).nullable()

const choices = {
  name: z.string().trim().min(1).max(60),
  /** Null for the documented address of the provider. */
  baseUrl: origin,
  /** How many tasks of this account may run at the same time; the rest wait here. */
  parallel: z.number().int().min(1).max(100),
  /** Kling only: which generation of the official API is spoken. */
  generation: z.enum(['1', '2']),
  /** Gateways only: the path a task is asked for at, with `{id}` in it; null for the path it was submitted to. */
  pollPath: z
    .string()
    .max(200)
    .regex(/^\/[A-Za-z0-9/_.{}-]*\{id\}[A-Za-z0-9/_.-]*$/)
    .nullable(),
  /** Oxen only: `namespace/repository` that clips are uploaded to. */
  repository: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/)
    .nullable(),
}

export const account = z.strictObject({ id: accountId, provider: z.enum(remoteProviders), ...choices })
/** What the user decided about one account; its keys are never part of it. */
export type Account = Readonly<z.infer<typeof account>>

/** An account as the user fills it in; without an id it is a new one. */
export const accountDraft = z.strictObject({
  id: accountId.nullable(),
  provider: z.enum(remoteProviders),
  ...choices,
})
export type AccountDraft = Readonly<z.infer<typeof accountDraft>>

/** What a header can carry and no key has: anything else was copied wrongly. */
export const keyCharacters = /^[\x21-\x7e]+$/

const key = z.string().trim().min(1).max(4000).regex(keyCharacters, 'a key has no spaces and no line breaks')

/** New keys for an account; an absent one stays as it is. Write-only: no call answers with a key. */
export const accountKeys = z.strictObject({
  key: key.exactOptional(),
  accessKey: key.exactOptional(),
  secretKey: key.exactOptional(),
})
export type AccountKeys = Readonly<z.infer<typeof accountKeys>>

/**
 * Where a key is: encrypted on disk, in memory until the app ends, unreadable with today's keychain, in an
 * environment variable, or nowhere.
 */
export type KeyState = 'kept' | 'this-session' | 'needed-again' | 'environment' | 'none'

export type AccountView = {
  readonly account: Account
  /** `pair` is Kling's access key and secret key; the last four are those of the access key then. */
  readonly key: { readonly kind: 'key' | 'pair'; readonly state: KeyState; readonly lastFour: string | null }
  /** An account of the environment can be adjusted but neither removed nor given a key. */
  readonly fromEnvironment: boolean
  /** The environment variables that hold keys of this provider where there is no window. */
  readonly variables: readonly string[]
  /** Takes of this account that are still open. */
  readonly openTakes: number
}

/** A prepaid pack of units, in the provider's own words. */
export type Pack = {
  readonly name: string
  readonly total: number | null
  readonly remaining: number | null
  readonly expires: Timestamp | null
  readonly status: string
}

/** What a free question told about an account. */
export type AccountReport = {
  /** `undecided`: the provider offers no free question, or gave no clear answer. */
  readonly verdict: 'works' | 'refused' | 'undecided'
  /** A whole sentence for the user. */
  readonly message: string
  readonly packs: readonly Pack[]
  /** What kept the question from being asked; absent where it was. */
  readonly obstacle?: Obstacle
}

export const defaultParallel = 5

/** A fresh account of a provider, as the form starts with. */
export const newAccount = (provider: RemoteProvider, name: string): AccountDraft => ({
  id: null,
  provider,
  name,
  baseUrl: null,
  parallel: defaultParallel,
  generation: '1',
  pollPath: null,
  repository: null,
})

/** A character of the provider's element library. Its id is 64 bits wide and therefore text. */
export type Element = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly own: boolean
  /** Still being made by the provider; it cannot be chosen yet. */
  readonly pending: boolean
  /** The provider's picture of it, as an address in the core and as a media URL in the interface. */
  readonly picture: string | null
}

export type ElementPage = { readonly elements: readonly Element[]; readonly more: boolean }
