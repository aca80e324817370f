import type { AccountReport } from '../../shared/account.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { AdapterParts } from './adapter-parts.ts'
import { safeUrl } from './addresses.ts'
import type { Answer } from './http.ts'
import { klingBody } from './kling.ts'
import { meaningOf, problemOf } from './kling-errors.ts'
import { readGateway, type GatewayAnswer } from './kling-gateway-answers.ts'
import { ownRefusal, stillTooFast, tooFast, waits } from './kling-gateway-errors.ts'
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

/** A gateway that asks for patience; how much it gets depends on how often it has asked. */
type Slow = { readonly kind: 'slow'; readonly theirs: string; readonly asked: Milliseconds }

/** What an answer without a readable task and without an official code says. */
function ownAnswer(status: number, read: GatewayAnswer | null): SubmitAnswer | 'slow' {
  const unknown: SubmitAnswer = { kind: 'unknown', why: said(status, read) }
  if (!read) return status === 429 ? 'slow' : unknown
  const complains = status >= 400 ? read.words !== '' : !read.good
  const own = complains ? ownRefusal(status, read) : undefined
  if (own && own !== 'slow') return { kind: 'refused', problem: problemOf(own, read.message) }
  return own === 'slow' || status === 429 ? 'slow' : unknown
}

function submitAnswer({ status, headers, body }: Answer): SubmitAnswer | Slow {
  const read = readGateway(body)
  const unknown: SubmitAnswer = { kind: 'unknown', why: said(status, read) }
  const asked = retryAfter(headers) ?? 0
  if (status >= 500) return unknown
  const meaning = !read || read.good || read.code === null ? undefined : meaningOf(read.code)
  // A foreign code or an error beside a task id still names a task; asking for that task tells the truth.
  if (status >= 200 && status < 300 && !meaning && read && read.taskId !== null)
    return { kind: 'accepted', taskId: read.taskId }
  if (read && (read.namesTask || meaning?.kind === 'unknown' || ownIdTaken(read.message))) return unknown
  if (read && meaning?.kind === 'refused')
    return { kind: 'refused', problem: problemOf(meaning, read.message) }
  if (read && meaning?.kind === 'held')
    return { kind: 'held', wait: Math.max(meaning.wait, asked), problem: problemOf(meaning, read.message) }
  const own = ownAnswer(status, read)
  return own === 'slow' ? { kind: 'slow', theirs: read?.message ?? '', asked } : own
}

/** Answers to being slowed down: each submit waits longer and longer, and no submit waits for ever. */
function createPatience() {
  const asked = new Map<string, number>()
  return (ownId: string, answer: SubmitAnswer | Slow): SubmitAnswer => {
    // Whoever takes a submit has stopped asking for fewer.
    if (answer.kind === 'accepted') asked.clear()
    if (answer.kind !== 'slow') return answer
    const before = asked.get(ownId) ?? 0
    const wait = waits[before]
    if (wait === undefined) {
      asked.delete(ownId)
      return { kind: 'refused', problem: problemOf(stillTooFast, answer.theirs) }
    }
    asked.set(ownId, before + 1)
    return { kind: 'held', wait: Math.max(wait, answer.asked), problem: problemOf(tooFast, answer.theirs) }
  }
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

/** Answers that are about the gateway or the key, and not about the path they came from. */
const isTrouble = ({ status }: Answer) => status >= 500 || [401, 403, 429].includes(status)

/** What two answers at two paths say together, when neither of them names a task. */
function neitherKnows(first: Answer, second: Answer, statuses: readonly TaskStatus[]): boolean {
  const denied = statuses.some(({ kind }) => kind === 'missing')
  return denied ? !isTrouble(second) : first.status === 404 && second.status === 404
}

const isTask = ({ kind }: TaskStatus) => kind !== 'missing' && kind !== 'silent'

/** Where tasks are asked for: the set path, or whichever of the two known ones names a task first. */
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
    if (isTask(status)) known ??= samePath
    // A path that a gateway does not have may be answered with a page, with 404, 405 or with somebody else's denial.
    if (known !== null || isTrouble(first.answer)) return status
    const second = await askAt(otherPath, taskId, signal)
    if (second.kind === 'silent') return { ...second, retryAfter: null }
    const other = taskStatus(taskId, second.answer, loopback)
    if (isTask(other)) known = otherPath
    else if (neitherKnows(first.answer, second.answer, [status, other])) return { kind: 'missing' }
    return other
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
  const patience = createPatience()
  return {
    id: 'kling-gateway',
    loopback: account.loopback,
    cadence: account.cadence,
    submit: async (request, onWire, signal) => {
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
      return end.kind === 'answer' ? patience(request.ownId, submitAnswer(end.answer)) : end
    },
    status: createPoll(account),
    // No `find`: whether a look-up by own id survives the gateway's change of ids is not documented anywhere.
    test: (signal) => test(account, signal),
  }
}
