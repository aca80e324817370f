import { otherTask } from '../problems.ts'
import type { AdapterParts, Found, Provider, TaskStatus } from '../provider.ts'
import { resultAddress } from '../../network/addresses.ts'
import type { Answer } from '../http/http.ts'
import { meaningOf, resultLinks, statusOf } from './answers.ts'
import { readGateway, type GatewayAnswer } from './gateway-answers.ts'
import { whatCame } from '../odd-answer.ts'
import { retryAfter } from '../answers.ts'
import { isTrouble, unread } from '../unread.ts'

export type KlingGatewayAccount = AdapterParts & {
  readonly key: string
  /** With `{id}` in it; null for the path that was submitted to, and the one other that gateways were seen to use. */
  readonly pollPath: string | null
}

export const submitPath = '/kling/v1/videos/motion-control'
const samePath = `${submitPath}/{id}`
const otherPath = '/v1/video/generations/{id}'

/** What an answer says, for the log and for the user who decides about an unknown outcome. */
export function saidBy(answer: Answer, read: GatewayAnswer | null): string {
  if (!read) return whatCame(answer)
  const task = read.taskId === null ? '' : ` (it names the task ${read.taskId})`
  return `HTTP ${String(answer.status)}, code ${read.code ?? 'none'}: ${read.message}${task}`
}

const deniesTask = (read: GatewayAnswer | null) =>
  read !== null &&
  !read.good &&
  (read.code === '1203' || /task.{0,3}(?:is )?not.(?:exist|found)/i.test(read.words))

/** The file as the gateway itself streams it, which asks for the key; any other address is fetched without one. */
const asksForKey = (url: string) => /\/v1\/videos\/[^/]+\/content\/?$/.test(url)

const isGood = ({ status }: Answer) => status >= 200 && status < 300

function taskStatus(id: string, answer: Answer, loopback: boolean): TaskStatus {
  const { headers, body } = answer
  const read = readGateway(body)
  if (deniesTask(read)) return { kind: 'missing' }
  if (!isGood(answer) || !read?.task) {
    const why = saidBy(answer, read)
    const isListed = read !== null && !read.good && read.code !== null && meaningOf(read.code) !== undefined
    return isListed ? { kind: 'silent', why, retryAfter: retryAfter(headers) } : unread(answer, why)
  }
  const { urls, progress, watermarkUrl, ...task } = read.task
  const safe = urls.filter((one) => resultAddress(one, loopback).ok)
  const clean = safe.find((one) => !asksForKey(one)) ?? safe[0]
  const known = statusOf({ ...task, id, ownId: null, ...resultLinks(clean, watermarkUrl) })
  return known.kind === 'running' ? { ...known, progress } : known
}

/** What two answers at two paths say together, when neither of them names a task. */
function neitherKnows(first: Answer, second: Answer, statuses: readonly TaskStatus[]): boolean {
  const denied = statuses.some(({ kind }) => kind === 'missing')
  return denied ? !isTrouble(second.status) : first.status === 404 && second.status === 404
}

/** A task was named, even in words that mean nothing to us: this is where tasks are asked for. */
const showsTask = (answer: Answer) => isGood(answer) && (readGateway(answer.body)?.task ?? null) !== null

/** The task of an answer to the question for our own id; `denied` where it names none. */
function taskOfOwnId(ownId: string, answer: Answer): Found | { readonly kind: 'denied' } {
  if (isTrouble(answer.status)) return { kind: 'silent', why: `HTTP ${String(answer.status)}` }
  const read = isGood(answer) ? readGateway(answer.body) : null
  if (!read?.task || read.taskId === null) return { kind: 'denied' }
  if (read.ownId === ownId) return { kind: 'found', taskId: read.taskId }
  if (read.ownId !== null) return { kind: 'silent', why: otherTask }
  // Some repeat the id that was asked for, whether or not they have such a task.
  return read.taskId === ownId ? { kind: 'denied' } : { kind: 'found', taskId: read.taskId }
}

/** What can be asked of a gateway about its tasks. */
export function createGatewayTasks({ baseUrl, http, key, pollPath, loopback }: KlingGatewayAccount) {
  /** The path for tasks: the set one, or the first of the two known ones that names a task. */
  let known = pollPath
  /** A task that this gateway took, by which it can show whether it finds tasks by our own id. */
  let witness: { readonly ownId: string; readonly taskId: string } | null = null
  let findsOwnIds = false

  const askAt = (template: string, id: string, signal?: AbortSignal) => {
    const url = new URL(baseUrl)
    // Set as a path, so that one with two slashes in front cannot lead the key to another host.
    url.pathname = template.replace('{id}', encodeURIComponent(id))
    return http.ask({ url, headers: { authorization: `Bearer ${key}`, accept: 'application/json' } }, signal)
  }

  const status: Provider['status'] = async (taskId, signal) => {
    const first = await askAt(known ?? samePath, taskId, signal)
    if (first.kind === 'silent') return { ...first, retryAfter: null }
    const status = taskStatus(taskId, first.answer, loopback)
    if (showsTask(first.answer)) known ??= samePath
    // A path that a gateway does not have may be answered with a page, with 404, 405 or with the denial of another service.
    if (known !== null || status.kind === 'silent' || isTrouble(first.answer.status)) return status
    const second = await askAt(otherPath, taskId, signal)
    if (second.kind === 'silent') return { ...second, retryAfter: null }
    const other = taskStatus(taskId, second.answer, loopback)
    if (showsTask(second.answer)) known = otherPath
    else if (neitherKnows(first.answer, second.answer, [status, other])) return { kind: 'missing' }
    return other
  }

  const look = async (ownId: string, signal?: AbortSignal) => {
    let denied: Found | { readonly kind: 'denied' } = { kind: 'denied' }
    for (const path of known === null ? [samePath, otherPath] : [known]) {
      const end = await askAt(path, ownId, signal)
      const found = end.kind === 'silent' ? end : taskOfOwnId(ownId, end.answer)
      if (found.kind === 'found') return found
      if (found.kind !== 'denied') denied = found
    }
    return denied
  }

  /** A denial is worth something only where the gateway was seen to find another task in this way. */
  const find = async (ownId: string, signal?: AbortSignal): Promise<Found> => {
    const found = await look(ownId, signal)
    if (found.kind !== 'denied') return found
    if (!findsOwnIds && witness !== null) {
      const shown = await look(witness.ownId, signal)
      if (shown.kind === 'silent') return shown
      findsOwnIds = shown.kind === 'found' && shown.taskId === witness.taskId
      // It was logged; the next accepted task may log again.
      witness = null
    }
    return { kind: findsOwnIds ? 'absent' : 'unable' }
  }

  return {
    status,
    look,
    find,
    remember: (ownId: string, taskId: string) => {
      witness = { ownId, taskId }
    },
  }
}
