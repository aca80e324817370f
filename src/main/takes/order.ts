import { z } from 'zod'
import { hostIds } from '../../shared/domain/delivery.ts'
import { clipWindow, takeId, takeSettings } from '../../shared/domain/take.ts'

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
