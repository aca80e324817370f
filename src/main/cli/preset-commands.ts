import { Argument, type Command } from 'commander'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { example } from './media-commands.ts'
import type { WithPreset } from './queue-commands.ts'
import type { PresetsRequest } from './requests.ts'
import { addSelectors, readSelection, selectorFlags } from './selectors.ts'

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
  addSelectors(presets.command('save').description('keep settings under a name').addArgument(nameArgument()))
    .addHelpText('after', example('presets save phone --provider kling --orientation video --sound no'))
    .action((name: string, flags: unknown) => {
      const selection = withPreset(flags, (all) => readSelection(selectorFlags.parse(all)))
      if (!selection.ok) hear(selection)
      else if (name.trim() === '') hear(fail('usage', 'A preset needs a name.'))
      else hear(ok({ command: 'presets save', name, settings: selection.value.settings }))
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
