import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { checkAuthorization } from './authorization.ts'
import type { PracticeScript } from './practice.ts'
import { findByResultPath, findTask, listTasks, readPage } from './questions.ts'
import { acceptedView, taskView, type TaskRecord } from './record.ts'
import { refusal } from './refusals.ts'
import { bad, good, playTurn, send } from './replies.ts'
import { sendResult } from './result-file.ts'
import type { Store } from './store.ts'
import type { createIntake } from './submit.ts'
import { untilAborted } from './until-aborted.ts'
import { resultFile } from './work.ts'

const path = '/v1/videos/motion-control'

export type Service = {
  readonly key: string
  readonly origin: string
  readonly store: Store
  readonly script: PracticeScript
  readonly count: { submit: number; query: number; result: number }
  readonly intake: ReturnType<typeof createIntake>
  readonly start: (record: TaskRecord) => void
  readonly signal: AbortSignal
}

export async function answer(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', service.origin)
  // The link itself is the secret, as with the storage behind the official service.
  if (url.pathname.startsWith('/results/')) return result(service, url, request, response)
  const verdict = checkAuthorization(request.headers.authorization, service.key)
  const known = url.pathname === path || url.pathname.startsWith(`${path}/`)
  if (!verdict.refused && request.method === 'POST' && url.pathname === path)
    return submit(service, request, response)
  // Read to its end, so that a client in the middle of sending gets the answer and no reset.
  request.resume()
  if (verdict.refused) send(response, bad(verdict))
  else if (!known) send(response, bad(refusal(1203)))
  else if (request.method === 'GET') await query(service, url, response)
  else send(response, bad(refusal(1202)))
}

async function submit(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { script, count, signal } = service
  count.submit += 1
  const turn = script.submit?.(count.submit) ?? {}
  if (turn.refuse !== undefined || turn.commit === false) request.resume()
  await playTurn(turn, response, signal, async () => {
    if (turn.commit === false) return bad(refusal(5000))
    const taken = await service.intake(request)
    if (taken.refused) return bad(taken)
    service.start(taken.value)
    return good(acceptedView(taken.value))
  })
}

async function query(service: Service, url: URL, response: ServerResponse): Promise<void> {
  const { script, count, store, origin, signal } = service
  count.query += 1
  await playTurn(script.query?.(count.query) ?? {}, response, signal, () => {
    if (url.pathname === path) {
      const page = readPage(url.searchParams)
      if (page.refused) return bad(page)
      return good(listTasks(store.all(), page.value).map((task) => taskView(task, origin)))
    }
    const task = findTask(store.all(), decoded(url.pathname.slice(path.length + 1)))
    // Documentation is silent on an unknown id; "no such resource" is the closest listed code.
    return task ? good(taskView(task, origin)) : bad(refusal(1203, 'The task does not exist'))
  })
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
  const { script, count, store, signal } = service
  request.resume()
  count.result += 1
  const turn = script.result?.(count.result) ?? {}
  const task = findByResultPath(store.all(), url.pathname)
  const readable = request.method === 'GET' || request.method === 'HEAD'
  if (turn.then === undefined && turn.refuse === undefined && task && readable) {
    await untilAborted(turn.wait, signal)
    const file = join(store.folderOf(task.id), resultFile)
    return sendResult(request, response, { path: file, etag: `"${task.id}"`, cutAfter: turn.cutAfter })
  }
  await playTurn(turn, response, signal, () => bad(refusal(readable ? 1203 : 1202)))
}
