import { z } from 'zod'
import { clipWindow, takeId, takeSettings } from './take.ts'

/** The three places of the window. */
export const rooms = ['make', 'compare', 'library'] as const
export type Room = (typeof rooms)[number]

/** As many results as a comparison shows beside their reference. */
export const mostCompared = 4

/** How a comparison can be looked at. */
export const compareModes = ['side-by-side', 'stacked', 'wipe', 'overlay', 'blink', 'difference'] as const

const seconds = z.number().min(-86_400).max(86_400)
const share = z.number().min(0).max(1)

/** A comparison as it was left. */
export const keptComparison = z.strictObject({
  takes: z.array(takeId).min(1).max(mostCompared),
  /** By take: how much later its result is shown. */
  offsets: z.record(takeId, seconds),
  view: z.strictObject({
    mode: z.enum(compareModes),
    fit: z.enum(['fit', 'fill', 'actual']),
    zoom: z.number().min(0.01).max(100).nullable(),
    pan: z.strictObject({ x: z.number().min(-10).max(10), y: z.number().min(-10).max(10) }),
    line: share,
    mix: share,
    gain: z.number().min(1).max(8),
    blinkRate: z.literal([0, 1, 2, 3, 4]),
    chosen: z
      .number()
      .int()
      .min(0)
      .max(mostCompared - 1),
    several: z.enum(['grid', 'strip']),
  }),
  speed: z.number().min(0.1).max(2),
  loop: z.strictObject({ on: z.boolean(), from: seconds.nullable(), to: seconds.nullable() }),
  sound: z.enum(['reference', 'result', 'none']),
  /** Where it was. */
  time: seconds,
})
export type KeptComparison = Readonly<z.infer<typeof keptComparison>>

/** What is open in the window besides its files. Another version may have kept what this one does not understand. */
export const keptWindow = z.strictObject({
  window: clipWindow,
  /** null where another version wrote settings that this one does not understand. */
  settings: takeSettings.nullable().catch(null),
  room: z.enum(rooms).default('make').catch('make'),
  /** The take whose comparison is open. */
  openTake: takeId.nullable().catch(null),
  /** The take that is on the stage instead of the files. */
  stageTake: takeId.nullable().default(null).catch(null),
  comparison: keptComparison.nullable().default(null).catch(null),
})
export type KeptWindow = Readonly<z.infer<typeof keptWindow>>
