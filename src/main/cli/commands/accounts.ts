import { Argument, type Command } from 'commander'
import {
  type AccountReport,
  type AccountView,
  type RemoteProvider,
  remoteProviders,
} from '../../../shared/domain/account.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { using, type Session } from '../session.ts'
import { table } from '../output.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { example } from './media-flags.ts'
import { baseAddress, option } from '../options.ts'
import type { Request } from '../requests.ts'
import { noAccountsAt } from '../problems.ts'

const keyWords: Readonly<Record<AccountView['key']['state'], string>> = {
  kept: 'kept',
  'this-session': 'this session',
  'needed-again': 'needed again',
  environment: 'environment',
  none: 'only in the window',
}

function formatAccounts(accounts: readonly AccountView[]): string {
  if (accounts.length === 0)
    return 'There are no accounts. Set a key in the environment (see the README), or add an account in the window.'
  const rows = accounts.map(({ account, key }) => [
    account.id,
    account.provider,
    account.name,
    account.baseUrl ?? 'documented address',
    key.lastFour === null ? keyWords[key.state] : `${keyWords[key.state]}, ends in ${key.lastFour}`,
    String(account.parallel),
  ])
  return table([['ACCOUNT', 'PROVIDER', 'NAME', 'ADDRESS', 'KEY', 'TAKES AT ONCE'], ...rows])
}

function formatReport({ verdict, message, packs }: AccountReport): string {
  const rows = packs.map(({ name, remaining, total, expires, status }) => [
    name,
    remaining === null ? '-' : String(remaining),
    total === null ? '-' : String(total),
    expires === null ? '-' : expires.slice(0, 10),
    status,
  ])
  const heads = ['PACK', 'LEFT', 'OF', 'EXPIRES', 'STATUS']
  const words = `${verdict[0]?.toUpperCase() ?? ''}${verdict.slice(1)}: ${message}`
  return packs.length === 0 ? words : `${words}\n${table([heads, ...rows])}`
}

export const runAccountsList = (session: Session): Promise<ExitCode> =>
  using(session, session.openWorkshop(), async ({ accounts }) => {
    const all = await accounts.list()
    session.printer.value(all)
    session.printer.line(formatAccounts(all))
    return exitCodes.done
  })

/** Asks the provider a question that costs nothing; a key that is refused is a failure, an undecided one is not. */
export const runAccountsTest = (
  { provider, baseUrl }: { readonly provider: RemoteProvider; readonly baseUrl: string | null },
  session: Session,
): Promise<ExitCode> =>
  using(session, session.openWorkshop(), async ({ accounts }) => {
    const report = await accounts.test({ provider, baseUrl }, session.signal)
    if (!report.ok) {
      session.printer.problem(report.problem)
      return exitCodeOf(report.problem)
    }
    session.printer.value({ provider, ...report.value })
    session.printer.line(formatReport(report.value))
    return report.value.verdict === 'refused' ? exitCodes.providerFailed : exitCodes.done
  })

export function addAccounts(program: Command, onRequest: (request: Outcome<Request>) => void): void {
  const accounts = program.command('accounts').description('list accounts and test them')
  accounts
    .command('list')
    .description('list every account; only the last four characters of a key are shown')
    .addHelpText('after', example('accounts list'))
    .action(() => {
      onRequest(ok({ command: 'accounts list' }))
    })
  accounts
    .command('test')
    .description('test the key with a free request to the provider')
    .addArgument(new Argument('<provider>', remoteProviders.join(', ')))
    .addOption(option('base-url', 'url', 'the provider’s address, if it differs', baseAddress))
    .addHelpText('after', example('accounts test kling'))
    .action((name: string, flags: { readonly baseUrl?: string }) => {
      const provider = remoteProviders.find((one) => one === name)
      if (provider) onRequest(ok({ command: 'accounts test', provider, baseUrl: flags.baseUrl ?? null }))
      else onRequest(noAccountsAt(name))
    })
}
