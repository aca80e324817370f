import { Argument, type Command } from 'commander'
import { remoteProviders } from '../../../shared/domain/account.ts'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { example } from './media-flags.ts'
import { baseAddress, option } from '../options.ts'
import type { Request } from '../requests.ts'

export function addAccounts(program: Command, hear: (request: Outcome<Request>) => void): void {
  const accounts = program.command('accounts').description('the accounts there are, and whether they work')
  accounts
    .command('list')
    .description('every account; a key is never shown, only its last four characters')
    .addHelpText('after', example('accounts list'))
    .action(() => {
      hear(ok({ command: 'accounts list' }))
    })
  accounts
    .command('test')
    .description('ask the provider a question that costs nothing')
    .addArgument(new Argument('<provider>', remoteProviders.join(', ')))
    .addOption(option('base-url', 'url', "the provider's address, where it differs", baseAddress))
    .addHelpText('after', example('accounts test kling'))
    .action((name: string, flags: { readonly baseUrl?: string }) => {
      const provider = remoteProviders.find((one) => one === name)
      if (provider) hear(ok({ command: 'accounts test', provider, baseUrl: flags.baseUrl ?? null }))
      else
        hear(
          fail('usage', `There is no provider “${name}” with accounts.`, {
            advice: `Known: ${remoteProviders.join(', ')}.`,
          }),
        )
    })
}
