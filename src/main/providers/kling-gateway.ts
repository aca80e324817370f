import type { AccountReport } from '../../shared/account.ts'
import type { AdapterParts } from './adapter-parts.ts'
import { safeUrl } from './addresses.ts'
import type { Answer } from './http.ts'
import { klingBody } from './kling.ts'
import { meaningOf, problemOf } from './kling-errors.ts'
import { readGateway, type GatewayAnswer } from './kling-gateway-answers.ts'
import { ownRefusal, tooFast, waits } from './kling-gateway-errors.ts'
import { statusOf } from './kling-status.ts'
import { ownIdTaken } from './kling-talk.ts'
import type { Provider, SubmitAnswer, TaskStatus } from './provider.ts'
import { retryAfter } from './retry-after.ts'

export type KlingGatewayAccount = AdapterParts & {
  readonly key: string
  /** With `{id}` in it; null for the path that was submitted to, and the one other that gateways were seen to use. */
  readonly pollPath: string | null
}

const path = '/kling/v1/videos/motion-control'
const samePath = `${path}/{id}`
const otherPath = '/v1/video/generations/{id}'

const said = (status: number, read: GatewayAnswer | null) =>
  read
    ? `HTTP ${String(status)}, code ${read.code ?? 'none'}: ${read.message}`
    : `HTTP ${String(status)} without a readable answer`

/** One submit's answer; `slowdowns` counts how often it was told to slow down before. */
function submitAnswer({ status, headers, body }: Answer, slowdowns: number): SubmitAnswer {
  const read = readGateway(body)
  const unknown: SubmitAnswer = { kind: 'unknown', why: said(status, read) }
  const asked = retryAfter(headers) ?? 0
  if (status >= 500) return unknown
  if (read) {
    const meaning = read.good || read.code === null ? undefined : meaningOf(read.code)
    if (meaning?.kind === 'unknown' || ownIdTaken(read.message)) return unknown
    if (meaning?.kind === 'refused') return { kind: 'refused', problem: problemOf(meaning, read.message) }
    if (meaning?.kind === 'held')
      return { kind: 'held', wait: Math.max(meaning.wait, asked), problem: problemOf(meaning, read.message) }
    // A foreign code or an error beside a task id still names a task; asking for that task tells the truth.
    if (status >= 200 && status < 300 && read.taskId !== null)
      return { kind: 'accepted', taskId: read.taskId }
    const complains = status >= 400 ? read.words !== '' : !read.good
    const own = complains ? ownRefusal(status, read.words, read.openAiStyle) : undefined
    if (own && own !== 'slow') return { kind: 'refused', problem: problemOf(own, read.message) }
    if (!own && status !== 429) return unknown
  } else if (status !== 429) return unknown
  const wait = waits[Math.min(slowdowns, waits.length - 1)] ?? 0
  return { kind: 'held', wait: Math.max(wait, asked), problem: problemOf(tooFast, read?.message ?? '') }
}

const deniesTask = (read: GatewayAnswer | null) =>
  read !== null &&
  !read.good &&
  (read.code === '1203' || /task.{0,3}(?:is )?not.(?:exist|found)/i.test(read.words))

function taskStatus(id: string, { status, headers, body }: Answer, loopback: boolean): TaskStatus {
  const read = readGateway(body)
  if (deniesTask(read)) return { kind: 'missing' }
  if (status < 200 || status >= 300 || !read?.task)
    return { kind: 'silent', why: said(status, read), retryAfter: retryAfter(headers) }
  const { urls, progress, ...task } = read.task
  const url = urls.find((one) => safeUrl(one, loopback).ok) ?? null
  const known = statusOf({ ...task, id, url, status: task.status === 'failure' ? 'failed' : task.status })
  return known.kind === 'running' ? { ...known, progress } : known
}

/** Where tasks are asked for: the set path, or whichever of the two known ones answers. */
function createPoll({ baseUrl, wire, key, pollPath, loopback }: KlingGatewayAccount): Provider['status'] {
  let known = pollPath
  const askAt = (template: string, id: string, signal?: AbortSignal) => {
    const url = new URL(baseUrl)
    // Set as a path, so that one with two slashes in front cannot lead the key to another host.
    url.pathname = template.replace('{id}', encodeURIComponent(id))
    return wire.ask({ url, headers: { authorization: `Bearer ${key}`, accept: 'application/json' } }, signal)
  }
  return async (taskId, signal) => {
    const first = await askAt(known ?? samePath, taskId, signal)
    if (first.kind === 'silent') return { ...first, retryAfter: null }
    const status = taskStatus(taskId, first.answer, loopback)
    if (known !== null || first.answer.status !== 404) {
      if (status.kind !== 'silent') known ??= samePath
      return status
    }
    if (status.kind === 'missing') return status
    const second = await askAt(otherPath, taskId, signal)
    if (second.kind === 'silent') return { ...second, retryAfter: null }
    const other = taskStatus(taskId, second.answer, loopback)
    if (other.kind !== 'silent') known = otherPath
    return second.answer.status === 404 ? { kind: 'missing' } : other
  }
}

async function test(
  { baseUrl, wire, key }: KlingGatewayAccount,
  signal?: AbortSignal,
): Promise<AccountReport> {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
  const end = await wire.ask({ url: new URL('/v1/models', baseUrl), headers }, signal)
  const report = (verdict: AccountReport['verdict'], message: string) => ({ verdict, message, packs: [] })
  if (end.kind === 'silent')
    return report('undecided', 'The gateway could not be reached, so the key was not tested.')
  const { status } = end.answer
  if (status === 200) return report('works', 'The key works at this gateway.')
  if (status === 401)
    return report('refused', 'The gateway did not accept the key. Check the key of this account.')
  return report(
    'undecided',
    `The gateway answered with HTTP ${String(status)}, which says nothing about the key.`,
  )
}

/** The adapter of gateways that offer the official submit under a path of their own. */
export function createKlingGateway(account: KlingGatewayAccount): Provider {
  const slowdowns = new Map<string, number>()
  return {
    id: 'kling-gateway',
    loopback: account.loopback,
    cadence: account.cadence,
    submit: async (request, onWire, signal) => {
      const before = slowdowns.get(request.ownId) ?? 0
      const submission = {
        url: new URL(path, account.baseUrl),
        headers: {
          authorization: `Bearer ${account.key}`,
          accept: 'application/json',
          'content-type': 'application/json',
        },
        body: klingBody(request),
      }
      const end = await account.wire.submit(submission, onWire, signal)
      if (end.kind !== 'answer') return end
      const answer = submitAnswer(end.answer, before)
      if (answer.kind === 'held') slowdowns.set(request.ownId, before + 1)
      else slowdowns.delete(request.ownId)
      return answer
    },
    status: createPoll(account),
    // No `find`: whether a look-up by own id survives the gateway's change of ids is not documented anywhere.
    test: (signal) => test(account, signal),
  }
}
