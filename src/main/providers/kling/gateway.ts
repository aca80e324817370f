import { gatewayKeyRefused, tested } from './problems.ts'
import type { AccountReport } from '../../../shared/domain/account.ts'
import type { Answer } from '../http/http.ts'
import { klingBody } from './official.ts'
import { problemOf } from './answers.ts'
import { readGateway, gatewayMeaning } from './gateway-answers.ts'
import { createGatewayTasks, saidBy, submitPath, type KlingGatewayAccount } from './gateway-tasks.ts'
import { listByPages } from './list.ts'
import { ownIdTaken } from './client.ts'
import { identified } from '../odd-answer.ts'
import type { Provider, SubmitAnswer } from '../provider.ts'
import { retryAfter } from '../answers.ts'

function submitAnswer(answer: Answer): SubmitAnswer {
  const { status, headers, body } = answer
  const read = readGateway(body)
  const unknown: SubmitAnswer = { kind: 'unknown', why: saidBy(answer, read) }
  if (!read || status >= 500) return unknown
  const meaning = read.good ? undefined : gatewayMeaning(status, read)
  // A foreign code or an error beside a task id still names a task; asking for that task tells the truth.
  if (status >= 200 && status < 300 && !meaning && read.taskId !== null)
    return { kind: 'accepted', taskId: read.taskId }
  if (!meaning || meaning.kind === 'unknown' || read.namesTask || ownIdTaken(read.message)) return unknown
  const problem = problemOf(meaning, read.message)
  if (meaning.kind === 'refused') return { kind: 'refused', problem }
  return { kind: 'held', wait: Math.max(meaning.wait, retryAfter(headers) ?? 0), problem }
}

async function test(
  { baseUrl, http, key }: KlingGatewayAccount,
  signal?: AbortSignal,
): Promise<AccountReport> {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
  const end = await http.ask({ url: new URL('/v1/models', baseUrl), headers }, signal)
  const report = (verdict: AccountReport['verdict'], message: string) => ({ verdict, message, packs: [] })
  if (end.kind === 'silent') return report('undecided', tested.gatewayUnreached)
  const { status } = end.answer
  if (status === 200) return report('works', tested.gatewayWorks)
  if (status === 401) return report('refused', `${gatewayKeyRefused.message} ${gatewayKeyRefused.advice}`)
  return report('undecided', tested.gatewayOther(status))
}

/** The adapter of gateways that offer the official submit under a path of their own. */
export function createKlingGateway(account: KlingGatewayAccount): Provider {
  const tasks = createGatewayTasks(account)
  return {
    id: 'kling-gateway',
    loopback: account.loopback,
    cadence: account.cadence,
    submit: async (request, onWire, signal) => {
      const submission = {
        url: new URL(submitPath, account.baseUrl),
        headers: {
          authorization: `Bearer ${account.key}`,
          accept: 'application/json',
          'content-type': 'application/json',
        },
        body: klingBody(request),
      }
      const end = await account.http.submit(submission, onWire, signal)
      if (end.kind !== 'answer') return end
      const answer = identified(end.answer, submitAnswer(end.answer))
      if (answer.kind === 'accepted') tasks.remember(request.ownId, answer.taskId)
      if (answer.kind !== 'refused') return answer
      // A gateway sends a request on to several services: the refusal of the last may follow a task of the first.
      const found = await tasks.look(request.ownId, signal)
      return found.kind === 'found' ? { kind: 'accepted', taskId: found.taskId } : answer
    },
    status: tasks.status,
    find: { byOwnId: true, settle: account.settle, look: ({ ownId }, signal) => tasks.find(ownId, signal) },
    // Some gateways were seen to list on the path of the submit (November 2026); the others say that they do not.
    list: listByPages(
      (query, signal) => {
        const url = new URL(submitPath, account.baseUrl)
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
        const headers = { authorization: `Bearer ${account.key}`, accept: 'application/json' }
        return account.http.ask({ url, headers }, signal)
      },
      { shortPages: true },
    ),
    test: (signal) => test(account, signal),
  }
}
