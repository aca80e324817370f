import { z } from 'zod'
import type { Bytes } from '../units.ts'

/** The places a prepared file can be put so that a provider can fetch it. */
export const hostIds = ['given', 'provider', 's3', 'tunnel', 'loopback'] as const
export type HostId = (typeof hostIds)[number]

const address = z.url().max(8000).nullable()

/** How the provider gets the files. `clipUrl` belongs to `given`, and so does `characterUrl` where one is needed. */
export const delivery = z.strictObject({
  host: z.enum(hostIds).nullable(),
  clipUrl: address,
  characterUrl: address,
})
export type Delivery = Readonly<z.infer<typeof delivery>>

export const defaultDelivery: Delivery = { host: null, clipUrl: null, characterUrl: null }

/** One clip host for one account. */
export type HostView = {
  readonly id: HostId
  readonly name: string
  /** One sentence: who will see the file, and for how long. */
  readonly privacy: string
  /** Why it cannot be used now, and what to do; null when it can. */
  readonly missing: string | null
  /** The largest file it takes; null where no limit is known. */
  readonly maxBytes: Bytes | null
}

/** A bucket of any S3-compatible service; its keys are kept with those of the accounts. */
export const bucket = z.strictObject({
  endpoint: z.url().max(300),
  region: z.string().trim().min(1).max(60),
  bucket: z.string().trim().min(1).max(100),
  /** Put before each object name. */
  prefix: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9/_.-]*$/),
})
export type Bucket = Readonly<z.infer<typeof bucket>>
