import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Dispatch } from '../../../src/main/api/dispatch.ts'
import { createIntake } from '../../../src/main/files/intake.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import { createAnswer, type WebCore } from '../../../src/main/web/core.ts'
import { createSockets } from '../../../src/main/web/sockets.ts'
import { createTickets } from '../../../src/main/web/tickets.ts'
import { createWebFace } from '../../../src/main/web/server.ts'
import { ok, type Outcome } from '../../../src/shared/outcome.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

export const session = 'the-secret-of-the-cookie'
export const host = '0123456789abcdef0123.localhost'

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

type Asked = {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
}

export async function responseTo(question: ClientRequest): Promise<IncomingMessage> {
  const [incoming] = await once(question, 'response')
  return incoming as IncomingMessage
}

/** What the address of a start leads to: its port, and the headers of a page that it let in. */
export async function enter(address: string) {
  const { port, host, origin, pathname, search } = new URL(address)
  const entered = await askPort(Number(port), pathname + search, { headers: { host } })
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  return { port: Number(port), headers: { host, origin, cookie } }
}

/** A plain request: unlike `fetch`, it sends the Host and Origin it is told to send. */
export async function askPort(port: number, path: string, asked: Asked = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = asked
  const question = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
  question.end(body)
  const incoming = await responseTo(question)
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }
}

/** A core that repeats what it was asked, and never answers `wait` until it is cancelled. */
function anEcho() {
  const asked: unknown[][] = []
  let cancelled = 0
  let release = () => {}
  const dispatch: Dispatch = {
    ask: (...args) => {
      asked.push(args)
      if (args[0] !== 'wait') return Promise.resolve(ok(args))
      return new Promise((resolve) => {
        release = () => resolve(ok('released'))
      })
    },
    cancelAll: () => {
      cancelled += 1
      release()
    },
  }
  return { dispatch, asked, cancelled: () => cancelled }
}

type Options = {
  readonly devRenderer?: URL
  /** Of an upload, in bytes. */
  readonly limit?: number
  /** Instead of one that is open. */
  readonly core?: Promise<Outcome<WebCore>>
}

export async function aFace(options: Options = {}) {
  const folder = await temporaryFolder()
  const renderer = join(folder, 'renderer')
  await mkdir(join(renderer, 'assets'), { recursive: true })
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Understudy</title>')
  await writeFile(join(renderer, 'assets', 'index-Ab3_x-9Z.js'), 'export {}')
  await writeFile(join(renderer, 'assets', 'notes.txt'), 'not part of the page')
  await writeFile(join(folder, 'secret.js'), 'outside')

  const thrown: unknown[] = []
  const fileTokens = createFileTokens({ mediaBase: '/media/' })
  const sockets = createSockets()
  const echo = anEcho()
  const intake = createIntake({
    folder: join(folder, 'dropped'),
    fileTokens,
    limit: options.limit ?? 1_000_000,
  })
  const core = { fileTokens, intake, answer: createAnswer(echo.dispatch), cancelAll: echo.dispatch.cancelAll }
  let issued = 0
  const tickets = createTickets(() => `ticket-${(issued += 1)}`)
  const face = await createWebFace({
    port: 0,
    host,
    session,
    tickets,
    renderer,
    devRenderer: options.devRenderer ?? null,
    core: () => options.core ?? Promise.resolve(ok(core)),
    sockets,
    log: (_, about) => void thrown.push(about?.error),
  })
  if (!face.ok) throw new Error(face.problem.message)
  const { port, close } = face.value
  let closing: Promise<void> | undefined
  const closeOnce = () => (closing ??= close())
  onTestFinished(closeOnce)

  const origin = `http://${host}:${port}`
  const cookie = `understudy=${session}`
  const page = { host: `${host}:${port}`, origin, cookie }
  return {
    ...echo,
    core,
    tickets,
    /** The address with a new ticket. */
    address: (onSpent?: () => void) => face.value.entrance(tickets.issue(onSpent)),
    port,
    origin,
    cookie,
    /** The headers of the page that was let in. */
    page,
    folder,
    fileTokens,
    sockets,
    thrown,
    close: closeOnce,
    /** As anybody on this machine could. */
    knock: (path: string, asked: Asked = {}) =>
      askPort(port, path, { ...asked, headers: { host: page.host, ...asked.headers } }),
    /** As the page that was let in. */
    ask: (path: string, asked: Asked = {}) =>
      askPort(port, path, {
        ...asked,
        headers: { ...page, ...asked.headers },
      }),
    socket: (headers: Record<string, string> = {}, path = '/socket') =>
      new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { ...page, ...headers } }),
  }
}

/** Waits for what another process or the network has yet to do; the limit only ends a test that has failed. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 30_000, interval: 5 })
