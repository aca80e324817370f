import type { IncomingMessage } from 'node:http'
import { open, type FileHandle } from 'node:fs/promises'
import { fail, type Problem } from '../../shared/outcome.ts'
import { formatBytes, MiB, type Bytes, type Fraction } from '../../shared/units.ts'
import { getStream } from '../providers/get-stream.ts'

/** How far a download has safely come: `done` bytes are on disk and flushed. */
export type Mark = {
  readonly url: string
  /** A strong ETag; without one a download cannot be continued, only started over. */
  readonly validator: string | null
  readonly total: Bytes | null
  readonly done: Bytes
}

export type FetchEnd =
  /** `counted`: the server had said how many bytes there are. */
  | { readonly kind: 'complete'; readonly bytes: Bytes; readonly counted: boolean }
  /** Worth trying again: what is marked stays. */
  | { readonly kind: 'interrupted'; readonly why: string }
  /** The link no longer works; the provider has to be asked for a fresh one. */
  | { readonly kind: 'link-lost'; readonly why: string }
  | { readonly kind: 'held'; readonly problem: Problem }

export type FetchJob = {
  readonly url: string
  readonly loopback: boolean
  readonly part: string
  readonly mark: Mark | null
  readonly onMark: (mark: Mark) => void
  readonly onProgress: (fraction: Fraction | null) => void
  readonly signal?: AbortSignal | undefined
}

/** Far above any result, far below a disk: a broken or hostile server cannot fill it. */
const largest: Bytes = 2 * 1024 * MiB
const gone = new Set([401, 403, 404, 410])
const strongTag = (tag: string | undefined) => (tag !== undefined && /^"[^"]*"$/.test(tag) ? tag : null)

type Start = { readonly offset: Bytes; readonly total: Bytes | null } | { readonly over: true } | null

/** Where the body that is coming belongs in the file; `over` means that the whole file must be asked for again. */
function startOf(response: IncomingMessage, asked: Bytes): Start {
  const length = Number(response.headers['content-length'] ?? NaN)
  if (response.statusCode === 200) return { offset: 0, total: Number.isFinite(length) ? length : null }
  if (response.statusCode === 416) return { over: true }
  if (response.statusCode !== 206) return null
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers['content-range'] ?? '')
  if (!match || Number(match[1]) !== asked) return { over: true }
  return { offset: asked, total: Number(match[2]) }
}

/** A nearly full disk takes a part and says so only by its count. */
async function writeWhole(file: FileHandle, chunk: Buffer, at: Bytes): Promise<Bytes> {
  let written = 0
  while (written < chunk.length) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written, at + written)
    written += bytesWritten
  }
  return written
}

async function pour(
  response: IncomingMessage,
  file: FileHandle,
  from: Bytes,
  onFlushed: (done: Bytes) => void,
): Promise<Bytes> {
  let done = from
  let flushed = from
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (done + chunk.length > largest) throw new Error(`the file is larger than ${formatBytes(largest)}`)
    done += await writeWhole(file, chunk, done)
    if (done - flushed >= MiB) {
      await file.datasync()
      flushed = done
      onFlushed(done)
    }
  }
  await file.sync()
  return done
}

const isDiskFull = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

/** Brings a result to `part`, from the mark on where the server allows it. Never rejects. */
export async function fetchResult(job: FetchJob): Promise<FetchEnd> {
  const usable = job.mark?.url === job.url && job.mark.validator !== null ? job.mark : null
  const asked = usable?.done ?? 0
  const headers =
    usable && asked > 0 ? { range: `bytes=${String(asked)}-`, 'if-range': usable.validator ?? '' } : {}
  const end = await getStream({ url: job.url, loopback: job.loopback, headers, signal: job.signal })
  if (end.kind === 'silent') return { kind: 'interrupted', why: end.why }
  if (end.kind === 'forbidden') return { kind: 'link-lost', why: end.why }
  const { response } = end
  try {
    return await receive(job, response, usable)
  } catch (error) {
    if (isDiskFull(error)) return { kind: 'held', problem: diskFull }
    return { kind: 'interrupted', why: error instanceof Error ? error.message : String(error) }
  } finally {
    response.destroy()
  }
}

const diskFull = fail('disk-full', 'The disk is full, so the result cannot be saved yet.', {
  advice: 'Free some space: the download goes on by itself.',
}).problem

/** A server that does not honour `If-Range` sends the rest of another file; nothing of it may be appended. */
function isOtherFile({ headers }: IncomingMessage, start: Start, mark: Mark | null): boolean {
  if (start === null || 'over' in start || start.offset === 0 || mark === null) return false
  const changed = headers.etag !== undefined && headers.etag !== mark.validator
  return changed || (mark.total !== null && start.total !== mark.total)
}

async function receive(job: FetchJob, response: IncomingMessage, mark: Mark | null): Promise<FetchEnd> {
  const asked = mark?.done ?? 0
  const status = response.statusCode ?? 0
  if (gone.has(status)) return { kind: 'link-lost', why: `HTTP ${String(status)}` }
  const start = startOf(response, asked)
  if (start === null) return { kind: 'interrupted', why: `HTTP ${String(status)}` }
  const validator = strongTag(response.headers.etag)
  if ('over' in start || isOtherFile(response, start, mark)) {
    job.onMark({ url: job.url, validator: null, total: null, done: 0 })
    return { kind: 'interrupted', why: 'the file has to be fetched from its beginning' }
  }
  const file = await open(job.part, start.offset === 0 ? 'w' : 'r+')
  try {
    await file.truncate(start.offset)
    const bytes = await pour(response, file, start.offset, (done) => {
      job.onMark({ url: job.url, validator, total: start.total, done })
      job.onProgress(start.total === null ? null : done / start.total)
    })
    if (!response.complete || (start.total !== null && bytes !== start.total)) {
      return { kind: 'interrupted', why: `the file ended after ${formatBytes(bytes)}` }
    }
    return { kind: 'complete', bytes, counted: start.total !== null }
  } finally {
    await file.close()
  }
}
