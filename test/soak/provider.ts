import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { json } from '../support/servers/scripted-server.ts'
import { resultOf } from './result-file.ts'
import { drawn, seeded } from './seeded.ts'

/** A provider in a process of its own: it counts what it would charge for, and answers badly as its seed says. */
const random = seeded(Number(process.argv[2]))

type Task = { readonly own: string; readonly id: string; readonly doneAt: number }

const tasks: Task[] = []
const faults: Record<string, number> = {}
let origin = ''

const submitFaults = {
  'reset-before': 0.06,
  'commit-reset': 0.08,
  'commit-500': 0.06,
  'commit-cut-json': 0.04,
  '500-before': 0.03,
  busy: 0.05,
  'late-commit': 0.06,
  'slow-answer': 0.15,
} as const
const statusFaults = { '503': 0.06, reset: 0.06, 'unknown-word': 0.05, 'no-json': 0.04 } as const
const resultFaults = {
  'cut-off': 0.08,
  'no-length': 0.04,
  'too-short-length': 0.04,
  'flipped-byte': 0.04,
  'no-range': 0.05,
  '500': 0.04,
  '403': 0.03,
} as const

function draw<Word extends string>(what: string, shares: Readonly<Record<Word, number>>): Word | null {
  const fault = drawn(random, shares)
  if (fault) faults[`${what} ${fault}`] = (faults[`${what} ${fault}`] ?? 0) + 1
  return fault
}

/** Never refuses a second task with the same own id: nobody has proved that the real one would. */
function commit(own: string): string {
  const id = `task-${String(tasks.length + 1)}`
  tasks.push({ own, id, doneAt: performance.now() + 50 + random() * 500 })
  return id
}

const accepted = (response: ServerResponse, id: string) => {
  json(response, 200, { code: 0, data: { task_id: id, task_status: 'submitted' } })
}
const reset = (response: ServerResponse) => response.socket?.resetAndDestroy()

async function submit(own: string, response: ServerResponse): Promise<void> {
  const fault = draw('submit', submitFaults)
  const wait = random()
  switch (fault) {
    case 'reset-before':
      reset(response)
      return
    case '500-before':
      json(response, 500, { code: 5000, message: 'oops' })
      return
    case 'busy':
      json(response, 429, { code: 1303, message: 'parallel task over resource pack limit' })
      return
    case 'late-commit':
      await sleep(20 + wait * 130)
      break
    case 'commit-reset':
      commit(own)
      reset(response)
      return
    case 'commit-500':
      commit(own)
      json(response, 500, { code: 5000, message: 'oops' })
      return
    case 'commit-cut-json':
      response.writeHead(200).end(`{"code":0,"data":{"task_id":"${commit(own).slice(0, 3)}`)
      return
    case 'slow-answer':
    case null:
  }
  const id = commit(own)
  if (fault === 'slow-answer') await sleep(30 + wait * 500)
  accepted(response, id)
}

function status(name: string, response: ServerResponse): void {
  const fault = draw('status', statusFaults)
  if (fault === 'reset') {
    reset(response)
    return
  }
  if (fault === '503') {
    json(response, 503, { code: 5001, message: 'under maintenance' })
    return
  }
  if (fault === 'no-json') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
    return
  }
  const task = tasks.find(({ own, id }) => own === name || id === name)
  if (!task) {
    json(response, 404, { code: 1203, message: 'no such task' })
    return
  }
  const { id, own, doneAt } = task
  const done = performance.now() >= doneAt && fault === null
  const word = fault === 'unknown-word' ? 'pondering' : 'processing'
  const end = { task_result: { videos: [{ url: `${origin}/result/${id}` }] }, final_unit_deduction: '4.5' }
  const info = { external_task_id: own }
  const data = { task_id: id, task_info: info, task_status: done ? 'succeed' : word, ...(done && end) }
  json(response, 200, { code: 0, data })
}

/** In pieces, so that there is a middle in which somebody can be killed. */
async function pour(response: ServerResponse, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length && !response.destroyed; at += 256 * 1024) {
    response.write(bytes.subarray(at, at + 256 * 1024))
    if (bytes.length > 1024 * 1024) await sleep(10)
  }
}

async function result(id: string, range: string | undefined, response: ServerResponse): Promise<void> {
  const whole = resultOf(id)
  const fault = draw('result', resultFaults)
  if (fault === '500' || fault === '403') {
    response.writeHead(Number(fault)).end()
    return
  }
  const start = fault === 'no-range' ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
  const bytes = Buffer.from(whole.subarray(start))
  const where = `bytes ${String(start)}-${String(whole.length - 1)}/${String(whole.length)}`
  const cut = Math.floor(random() * bytes.length)
  if (fault === 'flipped-byte') bytes.writeUInt8(bytes.readUInt8(cut) ^ 1, cut)
  const length = fault === 'too-short-length' ? cut : bytes.length
  response.writeHead(start > 0 ? 206 : 200, {
    etag: `"${id}"`,
    ...(start > 0 && { 'content-range': where }),
    ...(fault === 'no-length' ? { connection: 'close' } : { 'content-length': String(length) }),
  })
  // Without a length and without chunks nothing but the end of the connection says where a body ends.
  if (fault === 'no-length') response.useChunkedEncodingByDefault = false
  await pour(response, fault === 'cut-off' || fault === 'no-length' ? bytes.subarray(0, cut) : bytes)
  if (fault === 'cut-off') reset(response)
  else response.end()
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = decodeURIComponent(request.url?.split('/').at(-1) ?? '')
  if (request.method === 'POST') {
    const { external_task_id: own } = JSON.parse(await text(request)) as { external_task_id: unknown }
    await submit(String(own), response)
  } else if (request.url === '/told/tasks') {
    json(response, 200, { tasks: tasks.map(({ own, id }) => ({ own, id })), faults })
  } else if (request.url?.startsWith('/result/')) {
    await result(name, request.headers.range, response)
  } else status(name, response)
}

const server = createServer((request, response) => {
  // Whoever was killed in the middle of a request is no reason to end.
  answer(request, response).catch(() => response.destroy())
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
process.stdout.write(`${origin}\n`)
// Ends with whoever started it, however that ended.
process.stdin.resume().on('end', () => process.exit(0))
