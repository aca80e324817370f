import { z } from 'zod'
import { defaultFit, defaultTakeSettings, takeSettings, type TakeSettings } from './take.ts'
import { fail, ok, type Outcome } from '../outcome.ts'
import type { ModelRules } from '../rules/rules.ts'

/** The part of a take's settings that serves more than one take. */
const presetChoices = takeSettings.pick({
  provider: true,
  model: true,
  orientation: true,
  mode: true,
  keepSound: true,
  fit: true,
})

// eslint-disable-next-line no-control-regex -- control characters are what is refused
const presetName = z.string().regex(/^[^\s/\u0000-\u001f\u007f][^/\u0000-\u001f\u007f]{0,59}$/)

export const preset = z.strictObject({ name: presetName, choices: presetChoices })
export type Preset = Readonly<z.infer<typeof preset>>

export const mostPresets = 100

/** One for each model; their names hold a slash, which the names of own ones cannot. */
export const builtInPresets = (models: readonly ModelRules[]): readonly Preset[] =>
  models.map(({ provider, model, orientations, modes }) => ({
    name: `${provider}/${model}`,
    choices: {
      provider,
      model,
      orientation: orientations[0] ?? defaultTakeSettings.orientation,
      mode: modes[0] ?? defaultTakeSettings.mode,
      keepSound: true,
      fit: defaultFit,
    },
  }))

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

export const findPreset = (presets: readonly Preset[], name: string): Preset | undefined =>
  presets.find((entry) => same(entry.name, name.trim()))

/** A frame over one picture says nothing about another, so it is left out. */
export function presetOf(name: string, settings: TakeSettings): Outcome<Preset> {
  const { provider, model, orientation, mode, keepSound, fit } = settings
  const made = preset.safeParse({
    name: name.trim(),
    choices: { provider, model, orientation, mode, keepSound, fit: { ...fit, crop: null } },
  })
  return made.success ? ok(made.data) : fail('usage', 'A preset name has 1 to 60 characters and no slash.')
}

/** The list with this one in it; one of the same name gives way. */
export function withPreset(presets: readonly Preset[], added: Preset): Outcome<readonly Preset[]> {
  const others = presets.filter(({ name }) => !same(name, added.name))
  if (others.length >= mostPresets)
    return fail('usage', `You already have ${String(mostPresets)} presets.`, {
      advice: 'Remove one you no longer need.',
    })
  return ok([...others, added])
}

/** The list without the one of this name; null where there is none. */
export function withoutPreset(presets: readonly Preset[], name: string): readonly Preset[] | null {
  const rest = presets.filter((entry) => !same(entry.name, name.trim()))
  return rest.length === presets.length ? null : rest
}
