import { z } from 'zod'
import { defaultTakeSettings, takeSettings } from './take.ts'

export const themes = ['system', 'dark', 'light'] as const
export type Theme = (typeof themes)[number]

const fields = z.strictObject({
  theme: z.enum(themes),
  /** Sound level of the comparison, from 0 to 1. */
  volume: z.number().min(0).max(1),
  notifications: z.boolean(),
  /** The settings of the last take, so that the next one starts there. */
  lastTake: takeSettings,
})

/** The settings of all three faces. */
export type Settings = Readonly<z.infer<typeof fields>>

export const settingsChange = z.strictObject({
  theme: fields.shape.theme.exactOptional(),
  volume: fields.shape.volume.exactOptional(),
  notifications: fields.shape.notifications.exactOptional(),
  lastTake: fields.shape.lastTake.exactOptional(),
})
export type SettingsChange = Readonly<z.infer<typeof settingsChange>>

/** The only copy of the defaults. The volume starts low so that nobody is startled. */
export const defaultSettings: Settings = {
  theme: 'system',
  volume: 0.3,
  notifications: true,
  lastTake: defaultTakeSettings,
}

/** Settings from whatever was on disk: a value that is not understood falls back to its default. */
export function readSettings(raw: unknown): Settings {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(raw)
  const kept = Object.entries(stored).filter(
    ([key, value]) => settingsChange.safeParse({ [key]: value }).success,
  )
  return { ...defaultSettings, ...settingsChange.parse(Object.fromEntries(kept)) }
}
