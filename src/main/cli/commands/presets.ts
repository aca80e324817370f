import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import {
  builtInPresets,
  findPreset,
  presetOf,
  withoutPreset,
  withPreset,
  type Preset,
} from '../../../shared/domain/preset.ts'
import { modelRules } from '../../../shared/rules/models.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { SettingsStore } from '../../system/ports.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import type { PresetsRequest } from '../requests.ts'
import { table } from '../output.ts'
import { example } from './media-flags.ts'
import type { WithPreset } from './queue.ts'
import { addLastingSelectors, lostInPreset, readSelection, selectorFlags } from '../selectors.ts'
import {
  presetExists,
  noOwnPreset,
  settingsNotSaved,
  notForPresets,
  presetNeedsName,
  noSuchPreset,
} from '../problems.ts'

function formatPresets(presets: readonly Preset[]): string {
  const rows = presets.map(({ name, choices }) => [
    name,
    choices.provider,
    choices.model,
    choices.orientation,
    choices.mode,
    choices.keepSound ? 'yes' : 'no',
    choices.fit.short ?? '-',
    choices.fit.aspect,
    choices.fit.background,
  ])
  const head = ['NAME', 'PROVIDER', 'MODEL', 'ORIENTATION', 'MODE', 'SOUND', 'SHORT', 'ASPECT', 'BACKGROUND']
  return table([head, ...rows])
}

/** The user's own presets after what was asked for. */
function change(own: readonly Preset[], request: PresetsRequest): Outcome<readonly Preset[]> {
  if (request.command === 'presets list') return ok(own)
  if (request.command === 'presets save') {
    const made = presetOf(request.name, request.settings)
    if (!made.ok) return made
    const before = request.replace ? undefined : findPreset(own, request.name)
    return before === undefined ? withPreset(own, made.value) : presetExists(before.name)
  }
  const rest = withoutPreset(own, request.name)
  return rest ? ok(rest) : noOwnPreset(request.name)
}

function save(settings: SettingsStore, presets: readonly Preset[]): Outcome<Settings> {
  try {
    return ok(settings.change({ presets: [...presets] }))
  } catch (error) {
    return settingsNotSaved(error)
  }
}

export function runPresets(request: PresetsRequest, { printer, openSettings }: Session): Promise<ExitCode> {
  const settings = openSettings()
  const own = change(settings.read().presets, request)
  const kept = own.ok && request.command !== 'presets list' ? save(settings, own.value) : own
  if (!own.ok || !kept.ok) {
    const { problem } = own.ok ? (kept as Extract<typeof kept, { readonly ok: false }>) : own
    printer.problem(problem)
    return Promise.resolve(exitCodeOf(problem))
  }
  const all = [...builtInPresets(modelRules), ...own.value]
  printer.value(all)
  printer.line(formatPresets(all))
  return Promise.resolve(exitCodes.done)
}

const given = z.looseObject({ replace: z.boolean().optional() })

/** What is kept under the name, or why nothing is. */
function readSave(name: string, raw: unknown, withPreset: WithPreset): Outcome<PresetsRequest> {
  const { replace = false, ...flags } = given.parse(raw)
  const lost = lostInPreset(flags)
  if (lost.length > 0) return notForPresets(lost)
  if (name.trim() === '') return presetNeedsName
  const selection = withPreset(flags, (all) => readSelection(selectorFlags.parse(all)))
  return selection.ok
    ? ok({ command: 'presets save', name, settings: selection.value.settings, replace })
    : selection
}

const nameArgument = () => new Argument('<name>', 'the name of a preset')

export function addPresets(
  program: Command,
  onRequest: (request: Outcome<PresetsRequest>) => void,
  withPreset: WithPreset,
): void {
  const presets = program
    .command('presets')
    .description('named settings for check, prepare, generate and queue add')
  presets
    .command('list')
    .description('list the built-in presets, one per model, and your own')
    .addHelpText('after', example('presets list'))
    .action(() => {
      onRequest(ok({ command: 'presets list' }))
    })
  addLastingSelectors(
    presets
      .command('save')
      .description('save settings under a name')
      .addArgument(nameArgument())
      .option('--replace', 'replace your preset with this name'),
  )
    .addHelpText('after', example('presets save phone --provider kling --orientation video --sound no'))
    .action((name: string, flags: unknown) => {
      onRequest(readSave(name, flags, withPreset))
    })
  presets
    .command('remove')
    .description('remove one of your presets')
    .addArgument(nameArgument())
    .addHelpText('after', example('presets remove phone'))
    .action((name: string) => {
      onRequest(ok({ command: 'presets remove', name }))
    })
}

type Flags = Readonly<Record<string, unknown>>

/** The flags with those of the preset they name beneath them; what the command line says itself counts more. */
export function withPresetFlags(flags: Flags, own: () => readonly Preset[]): Outcome<Flags> {
  const { preset: name, ...given } = flags
  if (typeof name !== 'string') return ok(flags)
  const found = findPreset([...builtInPresets(modelRules), ...own()], name)
  if (!found) return noSuchPreset(name)
  const { provider, model, orientation, mode, keepSound, fit } = found.choices
  const asked = selectorFlags.parse(given)
  const isSameProvider = asked.provider === undefined || asked.provider === provider
  const isSameModel = isSameProvider && (asked.model === undefined || asked.model === model)
  // A mode goes with a model, and a model with its provider.
  return ok({
    orientation,
    sound: keepSound ? 'yes' : 'no',
    fit,
    ...(isSameProvider && { provider }),
    ...(isSameModel && asked.mode === undefined && { model, mode }),
    ...(isSameModel && asked.mode !== undefined && hasMode(found, asked.mode) && { model }),
    ...given,
  })
}

const hasMode = ({ choices }: Preset, mode: string) =>
  modelRules.some(
    ({ provider, model, modes }) =>
      provider === choices.provider && model === choices.model && modes.some((one) => one === mode),
  )
