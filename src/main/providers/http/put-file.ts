import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fail, type Failure } from '../../../shared/outcome.ts'
import type { Bytes } from '../../../shared/units.ts'
import type { Network } from '../../network/connect.ts'
import { wordsOf } from '../../network/unreached.ts'
import { exchange, type AskEnd, type Payload, type Request } from './http.ts'

/** A request whose body is built while it is sent, so that a large file is never held in memory. */
export type Upload = Request & {
  readonly method: 'PUT' | 'POST'
  readonly body: () => Promise<Payload>
}

/** A file with something before and after it. Its length is measured when the sending begins. */
export async function fileBetween(before: string, path: string, after: string): Promise<Payload> {
  const { size } = await stat(path)
  async function* parts() {
    yield Buffer.from(before)
    let read: Bytes = 0
    // What was written to the file since it was measured is left out; what was cut off cannot be made up for.
    for await (const chunk of createReadStream(path, {
      end: Math.max(0, size - 1),
    }) as AsyncIterable<Buffer>) {
      read += chunk.length
      yield chunk
    }
    if (read < size) throw new Error('the file became shorter while it was sent')
    yield Buffer.from(after)
  }
  const length: Bytes = Buffer.byteLength(before) + size + Buffer.byteLength(after)
  return { length, stream: Readable.from(parts(), { objectMode: false }) }
}

/** Errors of the file system name the whole path, which is nobody's business. */
function words(error: unknown): string {
  return error instanceof Error && 'path' in error && 'code' in error
    ? `the file cannot be read (${String(error.code)})`
    : wordsOf(error)
}

/**
 * Sends an upload on a connection of its own, without redirects. It has no time limit while bytes move: only a stall
 * of 30 s, or a minute without an answer once all is sent, ends it.
 */
export async function putFile(
  network: Network,
  { method, body, ...request }: Upload,
  signal?: AbortSignal,
): Promise<AskEnd> {
  let payload: Payload | null = null
  try {
    const socket = await network.connect(request.url, signal)
    const onAbort = () => socket.destroy(new Error('cancelled'))
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      payload = await body()
      if (signal?.aborted) onAbort()
      return { kind: 'answer', answer: await exchange(method, request, payload, socket) }
    } finally {
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
    }
  } catch (error) {
    return { kind: 'silent', why: words(error) }
  } finally {
    payload?.stream.destroy()
  }
}

const busy = new Set([408, 425, 429])

/** Would the same file be taken later? Not by a service that has no room for it, and not where it said no. */
const mayPass = (status: number) => (status < 500 ? status < 400 || busy.has(status) : status !== 507)

/** A file that a service did not take, for a reason that is none of its listed ones; `status` is null without an answer. */
export const notTaken = (service: string, status: number | null, detail: string): Failure =>
  status === null || mayPass(status)
    ? fail('provider-silent', `${service} did not take the file.`, {
        advice: 'Try again, or choose another place for the files.',
        detail,
      })
    : fail('clip-unreachable', `${service} has no place for the file.`, {
        advice: `Look at the storage of your account at ${service}, or choose another place for the files.`,
        detail,
      })
