import { statusAdvice, redirectAdvice, serverErrorAdvice, webPageAdvice } from './problems.ts'
import type { Answer, Submission } from './http/http.ts'
import type { HttpClient } from './http/client.ts'
import { readJson } from './json.ts'
import { providerText } from './answers.ts'
import type { SubmitAnswer } from './provider.ts'

/** What the user can do about an answer that decides nothing. */
export function adviceOn(answer: Answer): { readonly advice?: string } {
  const { status } = answer
  if (status >= 300 && status < 400) return { advice: redirectAdvice }
  const advice =
    statusAdvice[status] ?? (status >= 500 ? serverErrorAdvice : isPage(answer) ? webPageAdvice : undefined)
  return advice === undefined ? {} : { advice }
}

const isPage = ({ headers, body }: Answer) =>
  /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html|head|body)\b/i.test(body)

/** The host that an answer points to; the rest of an address may open something. */
function ledTo({ status, headers: { location } }: Answer): string | null {
  if (status < 300 || status >= 400 || location === undefined) return null
  return URL.parse(location)?.host ?? 'another path'
}

/** An answer that is none, with its status: a page, nothing, a redirect, or something that cannot be read. */
export function whatCame(answer: Answer): string {
  const http = `HTTP ${String(answer.status)}`
  const host = ledTo(answer)
  if (host !== null) return `${http} leads to ${providerText(host)}`
  if (isPage(answer)) return `${http} with a web page instead of an answer`
  return answer.body.trim() === '' ? `${http} without an answer` : `${http} without a readable answer`
}

/** Where services and their gateways were seen to put the id of a request; the first one found counts. */
const idHeaders = ['x-request-id', 'x-oneapi-request-id', 'x-trace-id', 'cf-ray']
const idPattern = /^[\w.:/+=-]{1,200}$/

/** The id by which the service finds this very request: what its support asks for. Null where it names none. */
function requestIdOf({ headers, body }: Answer): string | null {
  const json = readJson(body)
  const named = typeof json === 'object' && json !== null && 'request_id' in json ? json.request_id : null
  const found = [named, ...idHeaders.map((name) => headers[name])].find(
    (id) => typeof id === 'string' && idPattern.test(id),
  )
  return typeof found === 'string' ? found : null
}

/** Sends a submit once and reads its answer. */
export async function submitThrough(
  http: Pick<HttpClient, 'submit'>,
  submission: Submission,
  read: (answer: Answer) => SubmitAnswer,
  onWire: () => void,
  signal?: AbortSignal,
): Promise<SubmitAnswer> {
  const end = await http.submit(submission, onWire, signal)
  return end.kind === 'answer' ? identified(end.answer, read(end.answer)) : end
}

/** What an answer says about a submit, with the id of the request and, where it decides nothing, what can be done. */
export function identified(answer: Answer, said: SubmitAnswer): SubmitAnswer {
  if (said.kind === 'unsent') return said
  const requestId = requestIdOf(answer)
  const known = requestId === null ? said : { ...said, requestId }
  return known.kind === 'unknown' ? { ...known, ...adviceOn(answer) } : known
}
