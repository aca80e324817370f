import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
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
import { table } from '../table.ts'

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
    return before === undefined
      ? withPreset(own, made.value)
      : fail('usage', `There is a preset “${before.name}” of yours already.`, {
          advice: 'Choose another name, or put this one in its place with --replace.',
        })
  }
  const rest = withoutPreset(own, request.name)
  return rest
    ? ok(rest)
    : fail('not-found', `There is no preset of yours called “${request.name}”.`, {
        advice: 'understudy presets list names them.',
      })
}

function save(settings: SettingsStore, presets: readonly Preset[]): Outcome<Settings> {
  try {
    return ok(settings.change({ presets: [...presets] }))
  } catch (error) {
    return fail('folder-unwritable', 'The settings cannot be written.', {
      detail: error instanceof Error ? error.message : String(error),
    })
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
