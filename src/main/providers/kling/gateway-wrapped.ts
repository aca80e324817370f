import { z } from 'zod'
import { readJson } from '../json.ts'
import { text } from './answers.ts'

const word = text.nullish().catch(null)
const plain = z.object({ code: word, message: word, type: word })
const anError = z.object({ error: plain }).transform(({ error }) => error)
const anAnswer = z.union([anError, plain])

type Wrapped = {
  readonly code: string | null
  readonly message: string
  readonly type: string | null
  readonly json: unknown
}

/** Relays behind relays; more are not believed. */
const deepest = 4

/**
 * The answers that a message holds as text, the outermost first: new-api hands a refusal on as
 * `{"code":"fail_to_fetch_task","message":"<the whole body>"}`, and a relay behind it does the same once more.
 */
export function wrappedIn(message: string, depth = 0): readonly Wrapped[] {
  const [from, to] = [message.indexOf('{'), message.lastIndexOf('}')]
  if (from === -1 || to < from || depth >= deepest) return []
  const json = readJson(message.slice(from, to + 1))
  const read = anAnswer.safeParse(json).data
  if (read === undefined) return []
  const { code = null, message: said = null, type = null } = read
  if (code === null && said === null) return []
  return [{ code, message: said ?? '', type, json }, ...wrappedIn(said ?? '', depth + 1)]
}
