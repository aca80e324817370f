import type { ServerResponse } from 'node:http'
import { goodResult } from '../library/library.ts'
import { json, scriptedServer, type Seen } from './scripted-server.ts'

type Task = { readonly own: string; readonly id: string }

type Script = {
  readonly submit?: (response: ServerResponse, accept: () => void, nth: number) => void
  readonly status?: (response: ServerResponse, nth: number) => boolean
  readonly result?: (response: ServerResponse, nth: number) => boolean
}

/** A provider that keeps count of its tasks: the oracle for "never twice". */
export async function countingProvider(script: Script = {}) {
  const place = { origin: '' }
  const tasks: Task[] = []
  const count = { submit: 0, status: 0, result: 0 }
  const answer = (seen: Seen, response: ServerResponse) => {
    if (seen.method === 'POST') {
      count.submit += 1
      const own = String((JSON.parse(seen.body) as { external_task_id: unknown }).external_task_id)
      const accept = () => tasks.push({ own, id: `task-${String(tasks.length + 1)}` })
      if (script.submit) {
        script.submit(response, accept, count.submit)
        return
      }
      accept()
      json(response, 200, { code: 0, data: { task_id: tasks.at(-1)?.id, task_status: 'submitted' } })
      return
    }
    if (seen.url.endsWith('.mp4')) {
      count.result += 1
      if (script.result?.(response, count.result)) return
      response.writeHead(200, { 'content-length': String(goodResult.length) }).end(goodResult)
      return
    }
    if (seen.url.includes('?pageNum=')) {
      const listed = tasks.map(({ own, id }) => ({
        task_id: id,
        task_info: { external_task_id: own },
        task_status: 'succeed',
        created_at: 1_795_000_000_000,
        task_result: { videos: [{ url: `${place.origin}/${id}.mp4` }] },
      }))
      json(response, 200, { code: 0, data: listed })
      return
    }
    count.status += 1
    if (script.status?.(response, count.status)) return
    const name = decodeURIComponent(seen.url.split('/').at(-1) ?? '')
    const task = tasks.find(({ own, id }) => own === name || id === name)
    if (!task) {
      json(response, 404, { code: 1203, message: 'no such task' })
      return
    }
    const url = `${place.origin}/${task.id}.mp4`
    json(response, 200, {
      code: 0,
      data: { task_id: task.id, task_status: 'succeed', task_result: { videos: [{ url }] } },
    })
  }
  const server = await scriptedServer(answer)
  place.origin = server.origin
  return { origin: server.origin, tasks, count, close: server.close }
}
