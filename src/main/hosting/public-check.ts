import { linkProblem, fileUnreadable, checkingLink } from './problems.ts'
import type { IncomingMessage } from 'node:http'
import { open } from 'node:fs/promises'
import type { Bytes } from '../../shared/units.ts'
import { type Failure, cancelled, ok, type Outcome } from '../../shared/outcome.ts'
import type { Network } from '../network/connect.ts'
import { getStream } from '../providers/http/get-stream.ts'
import type { RateLimiter } from '../system/scheduling.ts'

/** What one answer to a ranged question held, with never more than its two edges in memory. */
type Seen = {
  /** Of the whole file, as far as the answer says so. */
  readonly total: Bytes | null
  /** The first and last bytes of the body, each at most as long as an edge. */
  readonly first: Buffer
  readonly last: Buffer
  readonly received: Bytes
}

/**
 * The size of the whole file: in `Content-Range`, or in `Content-Length` of an answer that is the whole file; without
 * one, as much as came before the answer ended in good order.
 */
function totalOf(
  { statusCode, headers }: IncomingMessage,
  { first, last }: { readonly first: Bytes; readonly last: Bytes },
  received: Bytes,
): Bytes | null {
  if (statusCode === 206) {
    const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
    return Number(from) === first && Number(to) === last ? Number(total) : null
  }
  return /^\d+$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : received
}

/** Reads at most `most` bytes of an answer to the question for the bytes `first` to `last`; throws when it is cut off. */
async function readAnswer(
  response: IncomingMessage,
  asked: { readonly first: Bytes; readonly last: Bytes },
  { edge, most }: { readonly edge: Bytes; readonly most: Bytes },
): Promise<Seen> {
  const head: Buffer[] = []
  let tail = Buffer.alloc(0)
  let received = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (received < edge) head.push(chunk.subarray(0, edge - received))
    tail = Buffer.concat([tail.subarray(Math.max(0, tail.length + chunk.length - edge)), chunk]).subarray(
      -edge,
    )
    received += chunk.length
    if (received > most) break
  }
  const total = totalOf(response, asked, received)
  return { total, first: Buffer.concat(head), last: tail, received }
}

const kindOf = (contentType: string): string => contentType.split('/', 1)[0] ?? ''

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
  readonly pace?: RateLimiter
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
  if (status >= 500 || busy.has(status)) return linkProblem('silent', question, { detail })
  if (status === 401 || status === 403) return linkProblem('private', question, { detail })
  if (status === 404 || status === 410) return linkProblem('absent', question, { detail })
  if (status !== 200 && status !== 206) return linkProblem('status', question, { detail })
  if (type.startsWith('text/html')) return linkProblem('page', question, { detail: type })
  if (type.startsWith(`${kindOf(question.contentType)}/`)) return null
  if (question.ownStorage === true && type.startsWith('application/octet-stream')) return null
  return linkProblem('type', question, { detail: type === '' ? 'The answer has no type.' : type })
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
  if (signal?.aborted) return cancelled(checkingLink)
  if (end.kind !== 'response') return linkProblem(end.kind, question, { detail: end.why })
  const { response } = end
  try {
    const failure = judgeHead(response, question)
    if (failure) return failure
    const whole = response.statusCode === 200
    const most = whole ? bytes : last - first + 1
    return ok({ ...(await readAnswer(response, { first, last }, { edge, most })), whole })
  } catch (error) {
    if (signal?.aborted) return cancelled(checkingLink)
    return linkProblem('silent', question, { detail: error instanceof Error ? error.message : String(error) })
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
  if (seen.total === null) return linkProblem('endless', question)
  if (seen.total !== bytes) return linkProblem('length', question, { found: seen.total })
  const sent = seen.whole ? bytes : last - first + 1
  const same = seen.whole
    ? seen.first.equals(head) && seen.last.equals(tail)
    : seen.first.equals(first === 0 ? head : tail)
  return same && seen.received === sent
    ? null
    : linkProblem('bytes', question, { detail: 'Its content is different.' })
}

/** Asks for the first and last bytes without credentials, and compares the answers with the file. */
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
    return fileUnreadable(error)
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
