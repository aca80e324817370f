import { noSuchMode, noSuchModel, noSuchProvider, unsupported, settingInvalid } from './problems.ts'
import { Option, type Command } from 'commander'
import { z } from 'zod'
import {
  fitChoices,
  defaultTakeSettings,
  modes,
  orientations,
  takeSettings,
  type Mode,
} from '../../shared/domain/take.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { modelRules } from '../../shared/rules/models.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import {
  cropOption,
  fitFlags,
  fitOptions,
  readFit,
  baseAddress,
  freeText,
  listOption,
  option,
  webAddress,
  wordOption,
} from './options.ts'
import type { Selection } from './requests.ts'

/** What a preset keeps. */
const lastingOptions = (): readonly Option[] => [
  ...fitOptions(),
  option('preset', 'name', 'start from a preset; other options override it'),
  option('provider', 'id', 'the provider (default: practice)'),
  option('model', 'id', 'the provider’s model (default: its first)'),
  wordOption(
    'orientation',
    orientations,
    'follow the orientation of the image or of the video (default: image)',
  ),
  wordOption('mode', modes, 'quality and price (default: the model’s first)'),
  wordOption('sound', ['yes', 'no'], 'keep the clip’s sound (default: yes)'),
]

/** What belongs to one take and its files. */
const ownOptions = (): readonly Option[] => [
  cropOption(),
  option('prompt', 'text', 'describe what to show', freeText),
  option('negative-prompt', 'text', 'describe what to avoid', freeText),
  listOption('element', 'id', 'a library element for the face; can be repeated'),
  new Option('--watermark', 'ask for a watermarked version too'),
  option('callback-url', 'url', 'an address the provider calls when it’s done', webAddress),
  option('base-url', 'url', 'the provider’s address, if it differs', baseAddress),
]

const addAll = (command: Command, options: readonly Option[]): Command =>
  options.reduce((to, one) => to.addOption(one), command)

/** Adds the options by which check, prepare and generate choose a provider and its settings. */
export const addSelectors = (command: Command): Command =>
  addAll(command, [...lastingOptions(), ...ownOptions()])

/** Adds those of them that a preset keeps; the others are known only so that they can be refused in a sentence. */
export const addLastingSelectors = (command: Command): Command =>
  addAll(command, [...lastingOptions(), ...ownOptions().map((one) => one.hideHelp())])

/** The options among these flags that a preset would lose, as they are written. */
export const lostInPreset = (flags: Readonly<Record<string, unknown>>): readonly string[] =>
  ownOptions().flatMap((one) => (flags[one.attributeName()] === undefined ? [] : [one.long ?? one.flags]))

export const selectorFlags = fitFlags.extend({
  provider: z.string().optional(),
  model: z.string().optional(),
  orientation: z.enum(orientations).optional(),
  mode: z.enum(modes).optional(),
  prompt: z.string().optional(),
  negativePrompt: z.string().optional(),
  element: z.array(z.string()).optional(),
  sound: z.enum(['yes', 'no']).optional(),
  watermark: z.boolean().optional(),
  callbackUrl: z.string().optional(),
  baseUrl: z.string().optional(),
  /** Of a preset; no option of its own. */
  fit: fitChoices.optional(),
})
export type SelectorFlags = z.infer<typeof selectorFlags>

/** The model by name, or the first one that has the mode that was asked for. */
function chooseModel(
  provider: string,
  { model, mode }: Pick<SelectorFlags, 'model' | 'mode'>,
): Outcome<{ readonly rules: ModelRules; readonly mode: Mode }> {
  const offered = modelRules.filter((entry) => entry.provider === provider)
  if (offered.length === 0)
    return noSuchProvider(
      provider,
      modelRules.map((entry) => entry.provider),
    )
  const named = model === undefined ? offered : offered.filter((entry) => entry.model === model)
  const [first] = named
  if (!first)
    return noSuchModel(
      provider,
      String(model),
      offered.map((entry) => entry.model),
    )
  if (mode === undefined) return ok({ rules: first, mode: first.modes[0] ?? defaultTakeSettings.mode })
  const fitting = named.find((entry) => entry.modes.includes(mode))
  if (fitting) return ok({ rules: fitting, mode })
  // Another mode is another price: it is never changed silently.
  return noSuchMode(
    { provider, model: first.model, mode },
    named.flatMap((entry) => entry.modes),
  )
}

/** A wish that the model has no field for would be dropped without a word. */
function unknownWish(rules: ModelRules, flags: SelectorFlags): string | null {
  if (flags.watermark === true && !rules.watermark) return '--watermark'
  if (flags.callbackUrl !== undefined && !rules.callback) return '--callback-url'
  return null
}

/** The settings of a take from the flags; what the provider thinks of them is for the check to say. */
export function readSelection(flags: SelectorFlags): Outcome<Selection> {
  const provider = flags.provider ?? defaultTakeSettings.provider
  const chosen = chooseModel(provider, flags)
  if (!chosen.ok) return chosen
  const { rules, mode } = chosen.value
  const wish = unknownWish(rules, flags)
  if (wish !== null) return unsupported(provider, wish)
  const settings = takeSettings.safeParse({
    ...defaultTakeSettings,
    provider,
    model: rules.model,
    orientation: flags.orientation ?? defaultTakeSettings.orientation,
    mode,
    prompt: flags.prompt ?? '',
    negativePrompt: flags.negativePrompt ?? '',
    elements: flags.element ?? [],
    keepSound: flags.sound !== 'no',
    watermark: flags.watermark ?? false,
    callbackUrl: flags.callbackUrl ?? null,
    fit: readFit(flags, flags.fit),
  })
  if (settings.success) return ok({ settings: settings.data, baseUrl: flags.baseUrl ?? null })
  const field = String(settings.error.issues[0]?.path[0])
  return settingInvalid(field)
}
