import { z } from 'zod'

const chord = z.strictObject({
  /** As `KeyboardEvent.key` names it; a letter is lower case. */
  key: z.string().min(1).max(20),
  /** With Ctrl, or Command on a Mac. */
  primary: z.literal(true).exactOptional(),
  /** With Alt; a digit or letter then counts by its key, because on a Mac it types something else. */
  alt: z.literal(true).exactOptional(),
  /** Whether Shift is held; 'either' where it depends on the keyboard, or makes no difference. */
  shift: z.union([z.literal(true), z.literal('either')]).exactOptional(),
})

/** Keys that are pressed together. */
export type Chord = Readonly<z.infer<typeof chord>>

/** By scope and command, such as `window.settings`; null for a command without keys. */
export const shortcutChoices = z.record(z.string().max(80), chord.nullable())
export type ShortcutChoices = Readonly<z.infer<typeof shortcutChoices>>

/** Without the entries that are not understood. */
export const understoodChoices = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).filter(([, keys]) => chord.nullable().safeParse(keys).success))
    : value
