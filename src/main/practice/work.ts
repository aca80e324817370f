import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Clock, Log } from '../system/ports.ts'
import { userAgent } from '../network/user-agent.ts'
import { taskView, type TaskRecord, type Store } from './store.ts'
import { withTimeLimit } from './time-limit.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { characterFile, clipFile } from './inputs.ts'
import { readByteRange } from '../files/serve.ts'

type CallbackMeans = { readonly clock: Clock; readonly origin: string; readonly signal: AbortSignal }

/** Tells the client about a new status, once: delivery is not guaranteed, so a failure changes nothing. */
async function notify(record: TaskRecord, url: string, means: CallbackMeans): Promise<void> {
  const { clock, origin, signal } = means
  const message = {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify(taskView(record, origin)),
  } as const
  try {
    await withTimeLimit({ clock, limit: 10_000, signal }, async (limited) => {
      // eslint-disable-next-line no-restricted-globals -- Practice stands in for a service, which has a network of its own.
      const answer = await fetch(url, { ...message, signal: limited })
      await answer.body?.cancel()
    })
  } catch {
    // Nothing listens at this address.
  }
}

export const resultFile = 'result.mp4'

/** Makes the result of a task at `target`, or tells why it cannot. */
export type Render = (
  job: { readonly folder: string; readonly record: TaskRecord; readonly target: string },
  signal: AbortSignal,
) => Promise<{ readonly rendered: true } | { readonly rendered: false; readonly why: string }>

type WorkMeans = {
  readonly store: Store
  readonly render: Render
  readonly clock: Clock
  readonly durations: { readonly submitted: Milliseconds; readonly processing: Milliseconds }
  readonly origin: string
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Takes tasks from submission to their end. An interrupted one continues from the last state on disk at the next start.
 */
export function createWork(means: WorkMeans) {
  const running = new Set<Promise<void>>()
  const oneAtATime = createQueue()

  return {
    start: (record: TaskRecord) => {
      const life = live(record, means, oneAtATime)
        .catch((error: unknown) => {
          if (!means.signal.aborted) means.log(`The practice task ${record.id} stopped.`, { error })
        })
        .finally(() => running.delete(life))
      running.add(life)
    },
    settled: async () => {
      await Promise.all(running)
    },
  }
}

type Queue = <T>(job: () => Promise<T>) => Promise<T>

/** Two renderings at once would each take twice as long. */
function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const next = last.then(job, job)
    last = next.catch(() => null)
    return next
  }
}

async function live(record: TaskRecord, means: WorkMeans, queue: Queue): Promise<void> {
  const { clock, durations, signal } = means
  if (record.status === 'submitted') {
    await clock.sleep(durations.submitted, signal)
    signal.throwIfAborted()
    await advance(record, { status: 'processing' }, means)
  }
  const [end] = await Promise.all([
    queue(() => perform(record, means)),
    clock.sleep(durations.processing, signal),
  ])
  signal.throwIfAborted()
  await advance(record, end, means)
  const folder = means.store.folderOf(record.id)
  for (const name of [characterFile, clipFile]) await rm(join(folder, name), { force: true })
}

async function advance(record: TaskRecord, change: Partial<TaskRecord>, means: WorkMeans): Promise<void> {
  const changed = await means.store.change(record.id, { ...change, updatedAt: means.clock.now() })
  if (changed.request.callbackUrl !== null) void notify(changed, changed.request.callbackUrl, means)
}

async function perform(record: TaskRecord, means: WorkMeans): Promise<Partial<TaskRecord>> {
  const failed = (why: string) => ({ status: 'failed' as const, statusMessage: why })
  if (/\[fail\]/i.test(record.request.prompt)) return failed('The prompt asked this practice task to fail.')
  means.signal.throwIfAborted()
  const folder = means.store.folderOf(record.id)
  const end = await means.render({ folder, record, target: join(folder, resultFile) }, means.signal)
  means.signal.throwIfAborted()
  return end.rendered ? { status: 'succeed', resultDuration: record.clip.duration } : failed(end.why)
}

/** Answers GET and HEAD for a finished video: the whole file, or the requested byte range. */
export async function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  { path, etag }: { readonly path: string; readonly etag: string },
): Promise<void> {
  const { size } = await stat(path)
  const { range: rangeHeader = null, 'if-range': ifRange } = request.headers
  const range = readByteRange(ifRange === undefined || ifRange === etag ? rangeHeader : null, size)
  const always = { 'accept-ranges': 'bytes', etag, 'content-type': 'video/mp4', 'cache-control': 'no-store' }
  if (range.kind === 'unsatisfiable') {
    response
      .writeHead(416, { ...always, 'content-range': `bytes */${String(size)}`, 'content-length': 0 })
      .end()
    return
  }
  const { first, last } = range.kind === 'whole' ? { first: 0, last: size - 1 } : range
  const part = range.kind === 'part' && {
    'content-range': `bytes ${String(first)}-${String(last)}/${String(size)}`,
  }
  response.writeHead(part ? 206 : 200, { ...always, ...part, 'content-length': last - first + 1 })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  await pipeline(createReadStream(path, { start: first, end: last }), response)
}
