import type { Mark } from '../journal/tables.ts'
import type { IncomingMessage } from 'node:http'
import { open, truncate, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import type { Outcome, Problem } from '../../../shared/outcome.ts'
import { formatBytes, MiB, type Bytes, type Fraction, type Milliseconds } from '../../../shared/units.ts'
import { errorCode } from '../../files/error-code.ts'
import type { Network } from '../../network/connect.ts'
import { codingsOf, plainStream } from '../../providers/http/content-coding.ts'
import { getStream } from '../../providers/http/get-stream.ts'
import { providerText } from '../../providers/answers.ts'
import { resultFolderGone } from '../problems.ts'
import { diskFull } from './problems.ts'

export type FetchEnd =
  /** `proven`: the server gave the length, or marked the last chunk. */
  | {
      readonly kind: 'complete'
      readonly bytes: Bytes
      readonly proven: boolean
      /** Status and content type. */
      readonly answer: string
    }
  /** Worth retrying: what is marked is kept. */
  | { readonly kind: 'interrupted'; readonly why: string }
  /** The link no longer works; the provider must give a new one. */
  | { readonly kind: 'link-lost'; readonly why: string }
  | { readonly kind: 'held'; readonly problem: Problem }

export type FetchJob = {
  readonly network: Network
  readonly url: string
  readonly loopback: boolean
  readonly part: string
  readonly mark: Mark | null
  readonly onMark: (mark: Mark) => void
  /**
   * Whether there is room for a file of `total` bytes, of which `there` are written. Asked once if the size is
   * known, otherwise after every flush.
   */
  readonly room?: (total: Bytes, there: Bytes) => Promise<Outcome<null>>
  /** A clock that never goes back. */
  readonly monotonic: () => Milliseconds
  readonly onProgress: (fraction: Fraction | null) => void
  readonly signal?: AbortSignal | undefined
}

/** Far above any result and far below a disk, so that a broken or hostile server can’t fill it. */
const maxResultBytes: Bytes = 2 * 1024 * MiB
const tooLarge = `the file is larger than ${formatBytes(maxResultBytes)}`

/** With less than this in a minute, a new connection is opened. Complete silence ends one much sooner. */
const minBytesPerMinute: Bytes = MiB / 16
const minute: Milliseconds = 60_000

const goneStatuses = new Set([401, 403, 404, 410])
const strongTag = (tag: string | undefined) => (tag !== undefined && /^"[^"]*"$/.test(tag) ? tag : null)

type Begun = { readonly offset: Bytes; readonly total: Bytes | null }
type Start = Begun | { readonly over: true } | null

/** Where the body belongs in the file; `over` means that the whole file must be requested again. */
function startOf(response: IncomingMessage, asked: Bytes): Start {
  const length = Number(response.headers['content-length'] ?? NaN)
  if (response.statusCode === 200) return { offset: 0, total: Number.isFinite(length) ? length : null }
  if (response.statusCode === 416) return { over: true }
  if (response.statusCode !== 206) return null
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers['content-range'] ?? '')
  if (!match || Number(match[1]) !== asked) return { over: true }
  return { offset: asked, total: Number(match[2]) }
}

/** A nearly full disk writes only a part and reports it only by the count. */
async function writeWhole(file: FileHandle, chunk: Buffer, at: Bytes): Promise<Bytes> {
  let written = 0
  while (written < chunk.length) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written, at + written)
    written += bytesWritten
  }
  return written
}

/** Longer than the connection’s own timeout: this process must have been asleep. */
const sleepGap: Milliseconds = 35_000

/** Throws when almost nothing comes: a slow server would block one of the few downloads for ever. */
function createStallCheck(monotonic: () => Milliseconds) {
  let from: { readonly at: Milliseconds; readonly done: Bytes } | null = null
  let last: Milliseconds = monotonic()
  return (done: Bytes) => {
    const at = monotonic()
    if (from === null || at - last > sleepGap) from = { at, done }
    last = at
    if (at - from.at < minute) return
    if (done - from.done < minBytesPerMinute) throw new Error('almost no data for a minute')
    from = { at, done }
  }
}

type WriteOptions = {
  /** Throws to stop the download. */
  readonly onFlushed: (done: Bytes) => void | Promise<void>
  readonly monotonic: () => Milliseconds
}

async function writeBody(
  body: Readable,
  file: FileHandle,
  from: Bytes,
  { onFlushed, monotonic }: WriteOptions,
): Promise<Bytes> {
  let done = from
  let flushed = from
  const checkStall = createStallCheck(monotonic)
  for await (const chunk of body as AsyncIterable<Buffer>) {
    checkStall(done)
    if (done + chunk.length > maxResultBytes) return maxResultBytes + 1
    done += await writeWhole(file, chunk, done)
    if (done - flushed >= MiB) {
      await file.datasync()
      flushed = done
      await onFlushed(done)
    }
  }
  await file.sync()
  return done
}

class NoRoom extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Errors of the disk, for which the link is not to blame. */
const diskErrors = /^(ENOENT|ENOTDIR|EACCES|EPERM|EROFS|EIO|ENODEV|ENXIO|EBUSY|ESTALE|EMFILE|ENFILE)$/

function diskProblem(error: unknown, part: string): Problem | null {
  const code = errorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull
  return diskErrors.test(code) ? resultFolderGone(dirname(part), code).problem : null
}

/** Downloads a result to `part`, from the mark on if the server allows it. Never rejects. */
export async function fetchResult(job: FetchJob): Promise<FetchEnd> {
  const usable = job.mark?.url === job.url && job.mark.validator !== null ? job.mark : null
  const asked = usable?.done ?? 0
  const headers =
    usable && asked > 0 ? { range: `bytes=${String(asked)}-`, 'if-range': usable.validator ?? '' } : {}
  const end = await getStream({ ...job, headers, signal: job.signal, upgrade: true })
  if (end.kind === 'silent') return { kind: 'interrupted', why: end.why }
  if (end.kind === 'forbidden') return { kind: 'link-lost', why: end.why }
  const { response } = end
  try {
    return await receive(job, response, usable)
  } catch (error) {
    const problem = error instanceof NoRoom ? error.problem : diskProblem(error, job.part)
    if (problem) return { kind: 'held', problem }
    return { kind: 'interrupted', why: error instanceof Error ? error.message : String(error) }
  } finally {
    response.destroy()
  }
}

/** A server that ignores `If-Range` may send the rest of another file, which must not be appended. */
function isOtherFile({ headers }: IncomingMessage, start: Begun, mark: Mark | null): boolean {
  if (start.offset === 0 || mark === null) return false
  const changed = headers.etag !== undefined && headers.etag !== mark.validator
  return changed || (mark.total !== null && start.total !== mark.total)
}

/** Asked for the bytes after the last one, the server says that there are none, so the file is complete. */
function isAllThere({ statusCode, headers }: IncomingMessage, mark: Mark | null): mark is Mark {
  if (statusCode !== 416 || mark === null || mark.done === 0) return false
  const total = /^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
  return Number(total) === mark.done && (headers.etag === undefined || headers.etag === mark.validator)
}

const describeAnswer = ({ statusCode, headers }: IncomingMessage) =>
  `HTTP ${String(statusCode)}, ${providerText(headers['content-type'] ?? 'no content type')}`

/** Only a length or the last chunk proves that a body is complete. A closed connection may have been cut. */
const endIsKnown = ({ headers }: IncomingMessage, total: Bytes | null) =>
  total !== null ||
  headers['content-length'] !== undefined ||
  /chunked/i.test(headers['transfer-encoding'] ?? '')

async function receive(job: FetchJob, response: IncomingMessage, mark: Mark | null): Promise<FetchEnd> {
  const asked = mark?.done ?? 0
  const status = response.statusCode ?? 0
  if (goneStatuses.has(status)) return { kind: 'link-lost', why: `HTTP ${String(status)}` }
  if (isAllThere(response, mark)) {
    await truncate(job.part, mark.done)
    return { kind: 'complete', bytes: mark.done, proven: true, answer: describeAnswer(response) }
  }
  const begun = startOf(response, asked)
  if (begun === null) return { kind: 'interrupted', why: `HTTP ${String(status)}` }
  const isPacked = codingsOf(response.headers).length > 0
  const validator = isPacked ? null : strongTag(response.headers.etag)
  if ('over' in begun || isOtherFile(response, begun, mark) || (isPacked && begun.offset > 0)) {
    job.onMark({ url: job.url, validator: null, total: null, done: 0 })
    return { kind: 'interrupted', why: 'the file must be downloaded from the start' }
  }
  // A compressed body has another length when it is unpacked.
  return writeResponse(job, response, {
    offset: begun.offset,
    total: isPacked ? null : begun.total,
    validator,
  })
}

type Arriving = Begun & { readonly validator: string | null }

/** Writes the body, and returns whether it is complete. */
async function writeResponse(
  job: FetchJob,
  response: IncomingMessage,
  { offset, total, validator }: Arriving,
): Promise<FetchEnd> {
  const save = (done: Bytes) => {
    job.onMark({ url: job.url, validator, total, done })
  }
  if (total !== null && total > maxResultBytes) return { kind: 'link-lost', why: tooLarge }
  const room = total === null ? undefined : await job.room?.(total, offset)
  if (room?.ok === false) {
    // Saves the size, so that the next check knows how much room is needed.
    save(offset)
    return { kind: 'held', problem: room.problem }
  }
  const file = await open(job.part, offset === 0 ? 'w' : 'r+')
  const watchRoom = async (done: Bytes) => {
    const left = total === null ? await job.room?.(done, done) : undefined
    if (left?.ok !== false) return
    // A part that can’t be resumed only takes up space.
    if (validator === null) await file.truncate(0)
    throw new NoRoom(left.problem)
  }
  try {
    await file.truncate(offset)
    const onFlushed = async (done: Bytes) => {
      save(done)
      job.onProgress(total === null ? null : done / total)
      await watchRoom(done)
    }
    const bytes = await writeBody(plainStream(response), file, offset, {
      onFlushed,
      monotonic: job.monotonic,
    })
    if (bytes > maxResultBytes) {
      await file.truncate(0)
      return { kind: 'link-lost', why: tooLarge }
    }
    if (!response.complete || (total !== null && bytes !== total)) {
      return { kind: 'interrupted', why: `the file ended after ${formatBytes(bytes)}` }
    }
    return { kind: 'complete', bytes, proven: endIsKnown(response, total), answer: describeAnswer(response) }
  } finally {
    await file.close()
  }
}
