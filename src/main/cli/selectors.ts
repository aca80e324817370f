import type { Command } from 'commander'
import { z } from 'zod'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { findModel, modelRules } from '../../shared/rules/models.ts'
import { defaultTakeSettings, modes, orientations, takeSettings } from '../../shared/take.ts'
import { baseAddress, freeText, listOption, option, webAddress, wordOption } from './option-values.ts'
import type { Selection } from './requests.ts'

/** Adds the options by which check, prepare and generate choose a provider and its settings. */
export function addSelectors(command: Command): Command {
  return command
    .addOption(option('provider', 'id', 'who performs the take (default: practice)'))
    .addOption(option('model', 'id', "the provider's model (default: its first)"))
    .addOption(
      wordOption('orientation', orientations, 'whose orientation the result follows (default: image)'),
    )
    .addOption(wordOption('mode', modes, 'quality and price (default: std)'))
    .addOption(option('prompt', 'text', 'what else should happen', freeText))
    .addOption(option('negative-prompt', 'text', 'what should not happen', freeText))
    .addOption(listOption('element', 'id', 'a library element bound to the face; may be given again'))
    .addOption(wordOption('sound', ['yes', 'no'], "keep the clip's sound (default: yes)"))
    .option('--watermark', 'ask for a watermarked result')
    .addOption(option('callback-url', 'url', 'an address the provider calls when it is done', webAddress))
    .addOption(option('base-url', 'url', "the provider's address, where it differs", baseAddress))
}

export const selectorFlags = z.object({
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
})
export type SelectorFlags = z.infer<typeof selectorFlags>

const known = (names: readonly string[]) => [...new Set(names)].join(', ')

function findModelName(provider: string, model: string | undefined): Outcome<string> {
  const offered = modelRules.filter((entry) => entry.provider === provider)
  if (offered.length === 0)
    return fail('usage', `There is no provider “${provider}”.`, {
      advice: `Known providers: ${known(modelRules.map((entry) => entry.provider))}.`,
    })
  const found = findModel(provider, model)
  if (found) return ok(found.model)
  return fail('usage', `The provider ${provider} has no model “${String(model)}”.`, {
    advice: `Its models: ${known(offered.map((entry) => entry.model))}.`,
  })
}

const wordsFor: Readonly<Record<string, string>> = {
  prompt: '--prompt is at most 20000 characters.',
  negativePrompt: '--negative-prompt is at most 20000 characters.',
  elements: '--element takes the number of a library element, at most 8 of them.',
  callbackUrl: '--callback-url takes a web address of at most 2000 characters.',
}

/** The settings of a take from the flags; what the provider thinks of them is for the check to say. */
export function readSelection(flags: SelectorFlags): Outcome<Selection> {
  const provider = flags.provider ?? defaultTakeSettings.provider
  const model = findModelName(provider, flags.model)
  if (!model.ok) return model
  const settings = takeSettings.safeParse({
    ...defaultTakeSettings,
    provider,
    model: model.value,
    orientation: flags.orientation ?? defaultTakeSettings.orientation,
    mode: flags.mode ?? defaultTakeSettings.mode,
    prompt: flags.prompt ?? '',
    negativePrompt: flags.negativePrompt ?? '',
    elements: flags.element ?? [],
    keepSound: flags.sound !== 'no',
    watermark: flags.watermark ?? false,
    callbackUrl: flags.callbackUrl ?? null,
  })
  if (settings.success) return ok({ settings: settings.data, baseUrl: flags.baseUrl ?? null })
  const field = String(settings.error.issues[0]?.path[0])
  return fail('usage', wordsFor[field] ?? `The setting ${field} is not well formed.`)
}
