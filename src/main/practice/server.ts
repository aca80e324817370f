import { randomUUID, createHash, timingSafeEqual } from 'node:crypto'
import { type ServerResponse, type IncomingMessage, createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { PracticeOptions, PracticeServer, WriteAnswer } from './practice.ts'
import { refusal, type Refusal, accepted, type OrRefusal } from './refusals.ts'
import {
  resultPath,
  type TaskRecord,
  acceptedView,
  taskView,
  isOpen,
  taskOf,
  type Store,
  openStore,
} from './store.ts'
import { sendResult, resultFile, createWork } from './work.ts'
import { createIntake } from './submit.ts'
import { createRender } from './render/render.ts'

/** The official envelope around a good answer. */
const good = (data: unknown): WriteAnswer => envelope(200, 0, 'SUCCEED', data)

const bad = ({ status, code, message }: Refusal): WriteAnswer => envelope(status, code, message, undefined)

const envelope =
  (status: number, code: number, message: string, data: unknown): WriteAnswer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ code, message, request_id: randomUUID(), data }))
  }

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Checks an `Authorization` header against the one key of this server; exactly one space after the scheme. */
function checkAuthorization(header: string | undefined, key: string): OrRefusal<null> {
  if (header === undefined || header.trim() === '') return refusal(1001)
  const given = /^Bearer (\S+)$/.exec(header)?.[1]
  if (given === undefined) return refusal(1002)
  return timingSafeEqual(digest(given), digest(key)) ? accepted(null) : refusal(1000)
}

export type Page = { readonly number: number; readonly size: number }

/** The documented ranges and defaults of the list. */
const ranges = {
  pageNum: { min: 1, max: 1000, otherwise: 1 },
  pageSize: { min: 1, max: 500, otherwise: 30 },
}

function readPage(query: URLSearchParams): OrRefusal<Page> {
  const stranger = [...query.keys()].find((name) => !Object.hasOwn(ranges, name))
  if (stranger !== undefined) return refusal(1201, `${stranger}: unknown field`)
  const number = readNumber(query, 'pageNum')
  const size = readNumber(query, 'pageSize')
  if (number.refused) return number
  return size.refused ? size : accepted({ number: number.value, size: size.value })
}

function readNumber(query: URLSearchParams, name: keyof typeof ranges): OrRefusal<number> {
  const { min, max, otherwise } = ranges[name]
  const text = query.get(name)
  if (text === null) return accepted(otherwise)
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  const inside = value >= min && value <= max
  return inside
    ? accepted(value)
    : refusal(1201, `${name}: must be between ${String(min)} and ${String(max)}`)
}

/** Newest first. `tasks` come oldest first. */
const listTasks = (tasks: readonly TaskRecord[], { number, size }: Page) =>
  tasks.toReversed().slice((number - 1) * size, number * size)

/** By the service's own id or, as documented, by the client's. */
const findTask = (tasks: readonly TaskRecord[], id: string) =>
  tasks.find((task) => task.id === id) ?? tasks.find((task) => task.ownId === id)

const findByResultPath = (tasks: readonly TaskRecord[], path: string) =>
  tasks.find((task) => task.status === 'succeed' && resultPath(task) === path)

const path = '/v1/videos/motion-control'

export type Service = {
  readonly key: string
  readonly origin: string
  readonly store: Store
  readonly respond: NonNullable<PracticeOptions['respond']>
  readonly countSubmit: () => void
  readonly intake: ReturnType<typeof createIntake>
  readonly start: (record: TaskRecord) => void
}

async function answer(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', service.origin)
  // The link itself is the secret, as with the storage behind the official service.
  if (url.pathname.startsWith('/results/')) return result(service, url, request, response)
  const verdict = checkAuthorization(request.headers.authorization, service.key)
  const known = url.pathname === path || url.pathname.startsWith(`${path}/`)
  if (!verdict.refused && request.method === 'POST' && url.pathname === path)
    return submit(service, request, response)
  // Read to its end, so that a client in the middle of sending gets the answer and no reset.
  request.resume()
  if (verdict.refused) return bad(verdict)(response)
  if (!known) return bad(refusal(1203))(response)
  if (request.method !== 'GET') return bad(refusal(1202))(response)
  return query(service, url, request, response)
}

async function submit(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { respond, countSubmit, intake, start } = service
  countSubmit()
  await respond({ kind: 'submit', request, response }, async () => {
    const taken = await intake(request)
    if (taken.refused) return bad(taken)
    start(taken.value)
    return good(acceptedView(taken.value))
  })
}

async function query(
  service: Service,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { respond, store, origin } = service
  const find = () => {
    if (url.pathname === path) {
      const page = readPage(url.searchParams)
      if (page.refused) return bad(page)
      return good(listTasks(store.all(), page.value).map((task) => taskView(task, origin)))
    }
    const task = findTask(store.all(), decoded(url.pathname.slice(path.length + 1)))
    // Documentation is silent on an unknown id; "no such resource" is the closest listed code.
    return task ? good(taskView(task, origin)) : bad(refusal(1203, 'The task does not exist'))
  }
  await respond({ kind: 'query', request, response }, () => Promise.resolve(find()))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function result(
  service: Service,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { respond, store } = service
  request.resume()
  const task = findByResultPath(store.all(), url.pathname)
  const readable = request.method === 'GET' || request.method === 'HEAD'
  const find = (): WriteAnswer => {
    if (!task || !readable) return bad(refusal(readable ? 1203 : 1202))
    const file = join(store.folderOf(task.id), resultFile)
    return (sink) => sendResult(request, sink, { path: file, etag: `"${task.id}"` })
  }
  await respond({ kind: 'result', request, response }, () => Promise.resolve(find()))
}

const answerPlainly: NonNullable<PracticeOptions['respond']> = async ({ response }, handle) => {
  const write = await handle()
  await write(response)
}

/** Starts the practice provider on 127.0.0.1 and continues every task that its folder still owes. */
export async function createPracticeServer(options: PracticeOptions): Promise<PracticeServer> {
  const { folder, run, tools, clock, key, log, port = 0, parallel = 5 } = options
  const { durations = { submitted: 800, processing: 1600 }, respond = answerPlainly } = options
  const store = await openStore(folder, clock.now(), log)
  const closing = new AbortController()
  const { signal } = closing
  const server = createServer()
  const origin = await listen(server, port)
  const { render = createRender({ run, ffmpeg: tools.ffmpeg, clock, sample: options.sample ?? null }) } =
    options
  const work = createWork({ store, render, clock, durations, origin, log, signal })
  const intake = createIntake({ store, clock, run, tools, parallel, signal })
  let submits = 0
  const countSubmit = () => {
    submits += 1
  }
  const service: Service = { key, origin, store, respond, countSubmit, intake, start: work.start }
  const answering = new Set<Promise<void>>()

  server.on('error', (error) => log('The practice provider has a problem with its port.', { error }))
  server.on('request', (request, response) => {
    const done = answer(service, request, response)
      .catch((error: unknown) => {
        if (!signal.aborted && !request.destroyed) log('The practice provider couldn’t answer.', { error })
        if (response.headersSent) response.destroy()
        else void bad(refusal(5000))(response)
      })
      .finally(() => answering.delete(done))
    answering.add(done)
  })
  for (const record of store.all().filter(isOpen)) work.start(record)

  return {
    origin,
    tasks: () => store.all().map(taskOf),
    submits: () => submits,
    close: async () => {
      closing.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await Promise.all([closed, ...answering])
      await work.settled()
    },
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The practice provider has no port.')
  return `http://127.0.0.1:${String(address.port)}`
}
