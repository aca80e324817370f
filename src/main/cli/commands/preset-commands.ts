import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { example } from './media-flags.ts'
import type { WithPreset } from './queue-commands.ts'
import type { PresetsRequest } from '../requests.ts'
import { addLastingSelectors, lostInPreset, readSelection, selectorFlags } from '../selectors.ts'

const given = z.looseObject({ replace: z.boolean().optional() })

/** What is kept under the name, or why nothing is. */
function readSave(name: string, raw: unknown, withPreset: WithPreset): Outcome<PresetsRequest> {
  const { replace = false, ...flags } = given.parse(raw)
  const lost = lostInPreset(flags)
  if (lost.length > 0)
    return fail('usage', `A preset does not keep ${lost.join(' or ')}: that is said with each take.`, {
      advice: `Leave ${lost.length === 1 ? 'it' : 'them'} out.`,
    })
  if (name.trim() === '') return fail('usage', 'A preset needs a name.')
  const selection = withPreset(flags, (all) => readSelection(selectorFlags.parse(all)))
  return selection.ok
    ? ok({ command: 'presets save', name, settings: selection.value.settings, replace })
    : selection
}

const nameArgument = () => new Argument('<name>', 'the name of a preset')

export function addPresets(
  program: Command,
  hear: (request: Outcome<PresetsRequest>) => void,
  withPreset: WithPreset,
): void {
  const presets = program
    .command('presets')
    .description('settings with a name, for check, prepare, generate and queue add')
  presets
    .command('list')
    .description('those of this build, one for each model, and your own')
    .addHelpText('after', example('presets list'))
    .action(() => {
      hear(ok({ command: 'presets list' }))
    })
  addLastingSelectors(
    presets
      .command('save')
      .description('keep settings under a name')
      .addArgument(nameArgument())
      .option('--replace', 'where one of your own has this name, put the new one in its place'),
  )
    .addHelpText('after', example('presets save phone --provider kling --orientation video --sound no'))
    .action((name: string, flags: unknown) => {
      hear(readSave(name, flags, withPreset))
    })
  presets
    .command('remove')
    .description('forget one of your own')
    .addArgument(nameArgument())
    .addHelpText('after', example('presets remove phone'))
    .action((name: string) => {
      hear(ok({ command: 'presets remove', name }))
    })
}
