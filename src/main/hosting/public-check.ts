import { open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { cancelled, fail, ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import type { Network } from '../network/connect.ts'
import { getStream } from '../providers/http/get-stream.ts'
import type { Pace } from '../system/pace.ts'
import { readAnswer, type Seen } from './public-answer.ts'
import { complain, kindOf, unpaid } from './public-words.ts'

const edge: Bytes = 64 * 1024

/** The two ends of a file that an address must answer with. */
type FileEdges = { readonly head: Uint8Array; readonly tail: Uint8Array }

type Address = {
  readonly network: Network
  readonly url: string
  /** May the address be one of this machine (practice and tests)? */
  readonly loopback: boolean
  /** The type of the file; the answer must be of the same kind, `video/…` or `image/…`. */
  readonly contentType: string
  readonly pace?: Pace
  /** The provider's own storage: it will read its own files whatever it calls them. */
  readonly ownStorage?: boolean
}
type Question = Address & { readonly bytes: Bytes }
type Stretch = { readonly first: Bytes; readonly last: Bytes }
type Answer = Seen & { readonly whole: boolean }

const busy = new Set([408, 425, 429])

function judgeHead({ statusCode: status = 0, headers }: IncomingMessage, question: Question): Failure | null {
  const type = (headers['content-type'] ?? '').toLowerCase()
  const detail = `HTTP ${status}`
  if (status >= 500 || busy.has(status)) return complain('silent', question, { detail })
  if (status === 401 || status === 403) return complain('private', question, { detail })
  if (status === 404 || status === 410) return complain('absent', question, { detail })
  if (status !== 200 && status !== 206) return complain('status', question, { detail })
  if (type.startsWith('text/html')) return complain('page', question, { detail: type })
  if (type.startsWith(`${kindOf(question.contentType)}/`)) return null
  if (question.ownStorage === true && type.startsWith('application/octet-stream')) return null
  return complain('type', question, { detail: type === '' ? 'The answer names no type.' : type })
}

async function askFor(
  question: Question,
  { first, last }: Stretch,
  signal: AbortSignal | undefined,
): Promise<Outcome<Answer>> {
  const { network, url, loopback, pace, bytes } = question
  await pace?.(URL.parse(url)?.host ?? '', signal)
  const end = await getStream({
    network,
    url,
    loopback,
    signal,
    headers: { range: `bytes=${first}-${last}` },
  })
  if (signal?.aborted) return cancelled('Checking the address')
  if (end.kind !== 'response') return complain(end.kind, question, { detail: end.why })
  const { response } = end
  try {
    const failure = judgeHead(response, question)
    if (failure) return failure
    const whole = response.statusCode === 200
    const most = whole ? bytes : last - first + 1
    return ok({ ...(await readAnswer(response, { first, last }, { edge, most })), whole })
  } catch (error) {
    if (signal?.aborted) return cancelled('Checking the address')
    return complain('silent', question, { detail: error instanceof Error ? error.message : String(error) })
  } finally {
    response.destroy()
  }
}

function judgeBody(
  seen: Answer,
  question: Question,
  { first, last }: Stretch,
  { head, tail }: FileEdges,
): Failure | null {
  const { bytes } = question
  if (seen.total === null) return complain('endless', question)
  if (seen.total !== bytes) return complain('length', question, { found: seen.total })
  const sent = seen.whole ? bytes : last - first + 1
  const same = seen.whole
    ? seen.first.equals(head) && seen.last.equals(tail)
    : seen.first.equals(first === 0 ? head : tail)
  return same && seen.received === sent ? null : complain('bytes', question, { detail: 'Its bytes differ.' })
}

/** Asks for the first and the last bytes as a stranger would, and holds the answers against the file. */
export async function checkAddress(
  question: Question,
  edges: FileEdges,
  signal?: AbortSignal,
): Promise<Outcome<null>> {
  const { bytes } = question
  const stretches: readonly Stretch[] = [
    { first: 0, last: edges.head.length - 1 },
    { first: bytes - edges.tail.length, last: bytes - 1 },
  ]
  for (const stretch of stretches) {
    const seen = await askFor(question, stretch, signal)
    if (!seen.ok) return seen
    const failure = judgeBody(seen.value, question, stretch, edges)
    if (failure) return failure
    // One answer showed both ends.
    if (seen.value.whole || edges.head.length === bytes) return ok(null)
  }
  return ok(null)
}

async function readEdges(path: string, bytes: Bytes): Promise<Outcome<FileEdges>> {
  const length = Math.min(edge, bytes)
  try {
    const handle = await open(path, 'r')
    try {
      const head = await handle.read(Buffer.alloc(length), 0, length, 0)
      const tail = await handle.read(Buffer.alloc(length), 0, length, bytes - length)
      return ok({ head: head.buffer, tail: tail.buffer })
    } finally {
      await handle.close()
    }
  } catch (error) {
    return fail('file-unreadable', `The prepared file could not be read. ${unpaid}`, {
      advice: 'Prepare the take again.',
      detail: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    })
  }
}

type PublicFile = Address & { readonly file: { readonly path: string; readonly bytes: Bytes } }

/**
 * Before anything is paid: does this exact address hand this exact file to anyone, without credentials? Only GET is
 * used, because a presigned address allows nothing else.
 */
export async function checkPublic(
  { file, ...address }: PublicFile,
  signal?: AbortSignal,
): Promise<Outcome<null>> {
  const edges = await readEdges(file.path, file.bytes)
  return edges.ok ? checkAddress({ ...address, bytes: file.bytes }, edges.value, signal) : edges
}
