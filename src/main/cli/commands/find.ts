import { nameOfProvider } from '../../../shared/rules/providers.ts'
import { formatCost } from '../../../shared/domain/money.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { PaidTask, PaidTasks } from '../../../shared/domain/paid-task.ts'
import type { Studio } from '../../core/studio.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import type { TakesRequest } from '../requests.ts'
import { runBroughtHome } from './follow.ts'
import { table } from '../output.ts'

type Find = Extract<TakesRequest, { readonly command: 'takes find' }>

const states = { running: 'running', succeeded: 'done', failed: 'failed' } as const

const row = ({ taskId, createdAt, state, cost }: PaidTask) => [
  taskId,
  createdAt ?? 'time unknown',
  states[state],
  cost === null ? '' : formatCost(cost),
]

const many = (count: number) => (count === 1 ? '1 task has' : `${String(count)} tasks have`)

function tell({ tasks, whole }: PaidTasks, { provider, baseUrl }: Find): string {
  const name = nameOfProvider(provider)
  const left = whole ? '' : `\n${name} has older tasks that were not checked.`
  if (tasks.length === 0) return `Every task ${name} lists is in this library.${left}`
  const at = baseUrl === null ? '' : ` --base-url ${baseUrl}`
  const bring = `Download the results: understudy takes find --provider ${provider}${at} --bring-home`
  return `${table(tasks.map(row))}\n${many(tasks.length)} no file in this library. ${bring}${left}`
}

/** Lists the paid tasks of an account that have no file here and, when asked to, brings their results home. */
export async function runFind(
  { takes, accounts }: Pick<Studio, 'takes' | 'accounts'>,
  request: Find,
  session: Session,
): Promise<Outcome<ExitCode>> {
  const { provider, baseUrl, bringHome } = request
  // By its id, as every take is kept: which account is the first one may change.
  const first = (await accounts.list()).find(({ account }) => account.provider === provider)
  const owner = { provider, account: first?.account.id ?? null, baseUrl }
  const found = await takes.findTasks(owner, session.signal)
  if (!found.ok) return found
  const worth = found.value.tasks.filter(({ state }) => state !== 'failed')
  if (!bringHome || worth.length === 0) {
    session.printer.value(found.value)
    session.printer.line(tell(found.value, request))
    return ok(exitCodes.done)
  }
  const brought = await takes.bringHome(
    owner,
    worth.map(({ taskId }) => taskId),
  )
  return brought.ok ? ok(await runBroughtHome(takes, brought.value, session)) : brought
}
