import type { ServerResponse } from 'node:http'
import { goodResult } from '../../support/library/library.ts'
import { json, scriptedServer, type Seen } from '../../support/servers/scripted-server.ts'

export const submitFaults = [
  'reset',
  'commit, reset',
  'commit late, reset',
  'commit, 500',
  '500',
  'refusal',
  'busy',
  'hang',
  'commit, hang',
] as const
export type SubmitFault = (typeof submitFaults)[number]

export const statusFaults = ['reset', '500', 'html', 'missing', 'empty', 'odd word'] as const
export type StatusFault = (typeof statusFaults)[number]

export const downloadFaults = ['cut', '500', 'gone', 'html', 'short', 'damaged'] as const
export type DownloadFault = (typeof downloadFaults)[number]

export type ProviderTask = {
  readonly id: string
  readonly own: string
  status: 'processing' | 'succeed' | 'failed'
  /** A committed task that no question finds yet. */
  visible: boolean
}

/** What this provider has to do with an attempt, by the id the attempt gave itself. */
export type Dealings = {
  readonly posts: number
  /** Requests that came although the one before may have started a task. */
  readonly blindPosts: number
  /** The last one was answered with a refusal that proves that nothing was started. */
  readonly refused: boolean
  /** Nobody was told what became of a request. */
  readonly unclear: boolean
}

/** What the file of a task holds: every task has another one. */
export const resultOf = (taskId: string) => Buffer.concat([goodResult, Buffer.from(taskId)])
export const isResult = (bytes: Buffer) =>
  bytes.subarray(0, goodResult.length).equals(goodResult) &&
  /^task-\d+$/.test(bytes.toString('latin1', goodResult.length))

const nothing: Dealings = { posts: 0, blindPosts: 0, refused: false, unclear: false }

/** A provider on loopback that speaks the official API, fails as it is told, and keeps count of what it has begun. */
export async function flakyProvider() {
  const tasks: ProviderTask[] = []
  const dealings = new Map<string, Dealings>()
  const hanging = new Set<ServerResponse>()
  const next = {
    submit: [] as SubmitFault[],
    status: [] as StatusFault[],
    download: [] as DownloadFault[],
  }
  const place = { origin: '' }

  const commit = (own: string, visible = true): ProviderTask => {
    const task: ProviderTask = { id: `task-${String(tasks.length + 1)}`, own, status: 'processing', visible }
    tasks.push(task)
    return task
  }
  const dealt = (own: string, change: Partial<Dealings>) => {
    dealings.set(own, { ...(dealings.get(own) ?? nothing), ...change })
  }
  const hold = (response: ServerResponse) => {
    hanging.add(response)
    response.on('close', () => hanging.delete(response))
  }
  const accept = (response: ServerResponse, own: string) => {
    const { id } = commit(own)
    dealt(own, { unclear: true })
    json(response, 200, { code: 0, data: { task_id: id, task_status: 'submitted' } })
  }

  const fail: Readonly<Record<SubmitFault, (response: ServerResponse, own: string) => void>> = {
    reset: (response) => response.destroy(),
    'commit, reset': (response, own) => {
      commit(own)
      response.destroy()
    },
    'commit late, reset': (response, own) => {
      commit(own, false)
      response.destroy()
    },
    'commit, 500': (response, own) => {
      commit(own)
      json(response, 500, { code: 5000, message: 'oops' })
    },
    '500': (response) => {
      json(response, 500, { code: 5000, message: 'oops' })
    },
    refusal: (response, own) => {
      dealt(own, { refused: true, unclear: false })
      json(response, 400, { code: 1301, message: 'not this content' })
    },
    busy: (response, own) => {
      dealt(own, { unclear: false })
      json(response, 429, { code: 1303, message: 'parallel task over resource pack limit' })
    },
    hang: hold,
    'commit, hang': (response, own) => {
      commit(own)
      hold(response)
    },
  }

  const submit = (seen: Seen, response: ServerResponse) => {
    const own = String((JSON.parse(seen.body) as { external_task_id: unknown }).external_task_id)
    const { posts, blindPosts, unclear } = dealings.get(own) ?? nothing
    dealt(own, {
      posts: posts + 1,
      blindPosts: blindPosts + (unclear ? 1 : 0),
      refused: false,
      unclear: true,
    })
    const fault = next.submit.shift()
    // Whoever sends so often never stops; what is wrong with it is counted already.
    if (posts > 20) hold(response)
    else if (fault === undefined) accept(response, own)
    else fail[fault](response, own)
  }

  const download = (task: ProviderTask, response: ServerResponse) => {
    const whole = resultOf(task.id)
    const send = (body: Buffer, length = body.length) =>
      response.writeHead(200, { 'content-length': String(length), etag: `"${task.id}"` }).write(body)
    switch (next.download.shift()) {
      case undefined:
        send(whole)
        response.end()
        return
      case 'cut':
        send(whole.subarray(0, 300), whole.length)
        response.destroy()
        return
      case '500':
        json(response, 500, {})
        return
      case 'gone':
        json(response, 403, {})
        return
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sorry</html>')
        return
      case 'short':
        send(whole.subarray(0, 300))
        response.end()
        return
      case 'damaged':
        send(Buffer.from(whole).fill(0, 100, 200))
        response.end()
    }
  }

  const answer = (
    response: ServerResponse,
    { id, own }: ProviderTask,
    status: string,
    urls: readonly string[],
  ) => {
    const videos = urls.map((url) => ({ url }))
    const data = {
      task_id: id,
      task_status: status,
      task_info: { external_task_id: own },
      task_result: { videos },
    }
    json(response, 200, { code: 0, data })
  }
  const tell = (task: ProviderTask | undefined, response: ServerResponse) => {
    const fault = next.status.shift()
    if (fault === 'reset') response.destroy()
    else if (fault === '500') json(response, 500, { code: 5000, message: 'oops' })
    else if (fault === 'html') response.writeHead(200).end('<html>hello</html>')
    else if (fault === 'missing' || !task) json(response, 404, { code: 1203, message: 'no such task' })
    else if (fault === 'empty') answer(response, task, 'succeed', [])
    else if (fault === 'odd word') answer(response, task, 'Pondering', [])
    else
      answer(response, task, task.status, task.status === 'succeed' ? [`${place.origin}/${task.id}.mp4`] : [])
  }

  const server = await scriptedServer((seen, response) => {
    if (seen.method === 'POST') {
      submit(seen, response)
      return
    }
    const name = decodeURIComponent(seen.url.split('/').at(-1) ?? '')
    const file = tasks.find(({ id }) => name === `${id}.mp4`)
    if (file) download(file, response)
    else
      tell(
        tasks.find(({ id, own, visible }) => visible && (own === name || id === name)),
        response,
      )
  })
  place.origin = server.origin

  return {
    origin: server.origin,
    tasks,
    next,
    hanging: () => hanging.size,
    dealings: (own: string): Dealings => dealings.get(own) ?? nothing,
    allDealings: () => [...dealings.values()],
    /** Requests that hang end as they do when a line breaks: without an answer. */
    cut: () => {
      for (const response of hanging) response.destroy()
    },
    close: server.close,
  }
}
export type FlakyProvider = Awaited<ReturnType<typeof flakyProvider>>
