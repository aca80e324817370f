import { z } from 'zod'
import { account } from './account.ts'
import { templateProblem } from './batch.ts'
import { shortcutChoices, understoodChoices } from './chord.ts'
import { bucket, defaultDelivery, delivery } from './delivery.ts'
import { mostPresets, preset } from './preset.ts'
import type { Guards } from './money.ts'
import { defaultTakeSettings, takeSettings } from './take.ts'

export const themes = ['system', 'dark', 'light'] as const
export type Theme = (typeof themes)[number]

/** The languages of the window; each has every text. */
export const languages = ['en'] as const
export type Language = (typeof languages)[number]

/** What is open after a start: what was open last, or nothing. */
export const startUps = ['last-desk', 'empty'] as const

/** A folder of the user, which only the core reads; a window learns its path as text. */
const folder = z.string().min(1).max(4096).nullable()

/** How saved results and stills are named; unusable ones are refused. */
const resultName = z.string().refine((template) => templateProblem(template) === null)

const amount = z.number().min(0).max(100_000)

const price = z.strictObject({
  /** Null where the provider says that it does not know. */
  perSecond: amount.nullable(),
  asOf: z.string().max(40),
  source: z.string().max(200),
})
/** The source of a price that the user typed. */
export const enteredByUser = 'entered by you'

/** One rate that replaces the one this build knows. */
export type Price = Readonly<z.infer<typeof price>>

const fields = z.strictObject({
  theme: z.enum(themes),
  /** Sound level of the comparison, from 0 to 1. */
  volume: z.number().min(0).max(1),
  notifications: z.boolean(),
  notificationSound: z.boolean(),
  language: z.enum(languages),
  startUp: z.enum(startUps),
  /** Where saving starts when nothing was saved yet; null for the system's downloads. */
  saveFolder: folder,
  lastSaveFolder: folder,
  resultName,
  /** The preset with which a new start begins; null for the settings of the last take. */
  startPreset: z.string().max(200).nullable(),
  /** Keys that the user chose, in place of those of this build. */
  shortcuts: shortcutChoices,
  /** The settings of the last take, so that the next one starts there. */
  lastTake: takeSettings,
  lastDelivery: delivery,
  accounts: z.array(account).max(100),
  /** The user's own; those of this build are no setting. */
  presets: z.array(preset).max(mostPresets),
  /** The bucket of the host `s3`; null until one was named. */
  bucket: bucket.nullable(),
  /** Prices the user or a provider corrected: US dollars a second by `provider/model/mode`. */
  prices: z.record(z.string(), price),
  /** Days after which a take in the trash is given to the system’s bin; null for never. */
  trashDays: z.number().int().min(1).max(3650).nullable(),
  /** US dollars that are not passed without a yes of their own; null for no limit. */
  guards: z.strictObject({
    perTake: amount.nullable(),
    perDay: amount.nullable(),
    lost: z.string().max(200).exactOptional(),
  }),
})

/** The settings of all three faces. */
export type Settings = Readonly<z.infer<typeof fields>>

export const settingsChange = z.strictObject({
  theme: fields.shape.theme.exactOptional(),
  volume: fields.shape.volume.exactOptional(),
  notifications: fields.shape.notifications.exactOptional(),
  notificationSound: fields.shape.notificationSound.exactOptional(),
  language: fields.shape.language.exactOptional(),
  startUp: fields.shape.startUp.exactOptional(),
  saveFolder: fields.shape.saveFolder.exactOptional(),
  lastSaveFolder: fields.shape.lastSaveFolder.exactOptional(),
  resultName: fields.shape.resultName.exactOptional(),
  startPreset: fields.shape.startPreset.exactOptional(),
  shortcuts: fields.shape.shortcuts.exactOptional(),
  lastTake: fields.shape.lastTake.exactOptional(),
  lastDelivery: fields.shape.lastDelivery.exactOptional(),
  accounts: fields.shape.accounts.exactOptional(),
  presets: fields.shape.presets.exactOptional(),
  bucket: fields.shape.bucket.exactOptional(),
  prices: fields.shape.prices.exactOptional(),
  trashDays: fields.shape.trashDays.exactOptional(),
  guards: fields.shape.guards.exactOptional(),
})
export type SettingsChange = Readonly<z.infer<typeof settingsChange>>

/** The only copy of the defaults. The volume starts low, so that it startles no one. */
export const defaultSettings: Settings = {
  theme: 'system',
  volume: 0.3,
  notifications: true,
  notificationSound: true,
  language: 'en',
  startUp: 'last-desk',
  saveFolder: null,
  lastSaveFolder: null,
  resultName: '{character}-{clip}-{n}',
  startPreset: null,
  shortcuts: {},
  lastTake: defaultTakeSettings,
  lastDelivery: defaultDelivery,
  accounts: [],
  presets: [],
  bucket: null,
  prices: {},
  trashDays: 30,
  guards: { perTake: null, perDay: null },
}

/** No limit is known, although there may have been some in this file. */
export const lostGuards = (file: string): Guards => ({ perTake: null, perDay: null, lost: file })

/** Drops the entries of a list or a table that are not understood, so that one of them does not cost the others. */
function withoutOdd(name: string, value: unknown): unknown {
  if (name === 'accounts' && Array.isArray(value))
    return value.filter((entry) => account.safeParse(entry).success)
  if (name === 'presets' && Array.isArray(value))
    return value.filter((entry) => preset.safeParse(entry).success).slice(0, mostPresets)
  if (name === 'shortcuts') return understoodChoices(value)
  if (name === 'prices' && value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).filter(([, entry]) => price.safeParse(entry).success))
  return value
}

/** Settings from what was on disk: a value that is not understood falls back to its default; limits are never lost silently. */
export function readSettings(raw: unknown): Settings {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(raw)
  const kept = Object.entries(stored)
    .map(([key, value]) => [key, withoutOdd(key, value)] as const)
    .filter(([key, value]) => settingsChange.safeParse({ [key]: value }).success)
  const understood = settingsChange.parse(Object.fromEntries(kept))
  const areLost = 'guards' in stored && understood.guards === undefined
  return {
    ...defaultSettings,
    ...understood,
    ...(areLost && { guards: lostGuards('settings.json') }),
  }
}
