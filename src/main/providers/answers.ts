import { type Verdict, problemOf } from './problems.ts'
import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import { readJson } from './json.ts'
import { visibleText } from '../../shared/text/visible-text.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { SubmitAnswer } from './provider.ts'

/** What a service answered, as far as the schema knows it; null when it is not JSON or something else. */
export const readAnswer = <T>(text: string, schema: z.ZodType<T>): T | null =>
  schema.safeParse(readJson(text)).data ?? null

const maxTextLength = 2000

/**
 * What a provider says, cut to what a person reads: nothing of any length reaches a search, a record or the window.
 * Every schema of an answer puts its free text through this.
 */
export function providerText(text: string): string {
  const shown = visibleText(text.slice(0, 2 * maxTextLength))
  return text.length <= maxTextLength ? shown : `${shown.slice(0, maxTextLength).toWellFormed()}…`
}

const minRetryAfter: Milliseconds = 1000
const maxRetryAfter: Milliseconds = 15 * 60_000

/**
 * The wait a server asks for, in seconds or as a date; a date is read against the server's own clock (its Date
 * header), never against ours. Null when there is none or it makes no sense.
 */
export function retryAfter(headers: IncomingHttpHeaders): Milliseconds | null {
  const asked = headers['retry-after']
  if (asked === undefined) return null
  const wait = /^\d+$/.test(asked)
    ? Number(asked) * 1000
    : // Date.parse makes a year out of almost anything; an HTTP date always ends like this.
      /^\w+, .+ GMT$/.test(asked)
      ? Date.parse(asked) - Date.parse(headers.date ?? '')
      : Number.NaN
  return Number.isFinite(wait) ? Math.min(maxRetryAfter, Math.max(minRetryAfter, wait)) : null
}

/** A request that was too slow, came twice or came too early may have been taken, whatever the words beside it. */
export const mayHaveBeenTaken = (status: number): boolean => [408, 409, 425].includes(status)

/** Deeper than any service was seen to put an id. */
const deepest = 4

const isId = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0)

/**
 * Does an answer name a task in one of these fields, at any depth? Then one may have been started and charged,
 * whatever else the answer says: it isn't a refusal, and nothing is sent again automatically.
 */
export function mentionsTaskId(answer: unknown, fields: readonly string[], depth = 0): boolean {
  if (typeof answer !== 'object' || answer === null || depth >= deepest) return false
  return Object.entries(answer).some(
    ([name, value]) => (fields.includes(name) && isId(value)) || mentionsTaskId(value, fields, depth + 1),
  )
}

/** Raw base64 without a copy of the bytes; the documentation of Kling wants no `data:` in front. */
export const rawBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

export function submitVerdict(
  verdict: Verdict,
  theirWords: string,
  asked: Milliseconds | null,
): SubmitAnswer {
  const problem = problemOf(verdict, theirWords)
  if (verdict.kind === 'refused') return { kind: 'refused', problem }
  return { kind: 'held', problem, wait: Math.max(verdict.wait, asked ?? 0) }
}
