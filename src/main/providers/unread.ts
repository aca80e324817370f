import { stateUnclear } from './problems.ts'
import type { Answer } from './http/http.ts'
import { readJson } from './json.ts'
import { adviceOn } from './odd-answer.ts'
import type { TaskStatus } from './provider.ts'
import { retryAfter } from './answers.ts'

/** The key, the pace or the service itself is in trouble: such an answer is understood, and is not about the task. */
export const isTrouble = (status: number): boolean =>
  status >= 500 || [401, 402, 403, 408, 425, 429].includes(status)

const mostFields = 12

/** The names of the fields, for a developer who adds support for them. Never their values: one may be a signed link. */
function fieldsOf(body: string): string {
  const json = readJson(body)
  if (typeof json !== 'object' || json === null) return ''
  const names = Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((inner) => `${name}.${inner}`)
      : [name],
  )
  return names.length === 0 ? '' : ` Its fields: ${names.slice(0, mostFields).join(', ').slice(0, 300)}.`
}

/** What an answer says about a task that names none in words we can read. */
export function unread(answer: Answer, why: string): Extract<TaskStatus, { kind: 'silent' | 'unclear' }> {
  const wait = retryAfter(answer.headers)
  if (isTrouble(answer.status)) return { kind: 'silent', why, ...adviceOn(answer), retryAfter: wait }
  return {
    kind: 'unclear',
    ...adviceOn(answer),
    why: `${why}${/[.!?]$/.test(why) ? '' : '.'}${fieldsOf(answer.body)}`,
    retryAfter: wait,
  }
}

/** The answer is about the task, in a word that we do not know. */
export const unknownWord = (word: string): Extract<TaskStatus, { kind: 'unclear' }> => ({
  kind: 'unclear',
  why: stateUnclear(word),
  retryAfter: null,
})
