import { createServer, type Server } from 'node:http'
import type { PracticeOptions, PracticeServer } from './practice.ts'
import { isOpen, taskOf } from './record.ts'
import { refusal } from './refusals.ts'
import { createRender } from './render/render.ts'
import { bad, send } from './replies.ts'
import { answer, type Service } from './routes.ts'
import { openStore } from './store.ts'
import { createIntake } from './submit.ts'
import { createWork } from './work.ts'

/** Starts the practice provider on 127.0.0.1 and continues every task that its folder still owes. */
export async function createPracticeServer(options: PracticeOptions): Promise<PracticeServer> {
  const { folder, run, tools, clock, key, log, port = 0, parallel = 5, script = {} } = options
  const { durations = { submitted: 800, processing: 1600 } } = options
  const store = await openStore(folder, clock.now(), log)
  const closing = new AbortController()
  const { signal } = closing
  const server = createServer()
  const origin = await listen(server, port)
  const render = createRender({ run, ffmpeg: tools.ffmpeg, clock })
  const work = createWork({ store, render, clock, durations, script, origin, log, signal })
  const intake = createIntake({ store, clock, run, tools, parallel, signal })
  const count = { submit: 0, query: 0, result: 0 }
  const service: Service = { key, origin, store, script, count, intake, start: work.start, signal }
  const answering = new Set<Promise<void>>()

  server.on('error', (error) => log('The practice provider has trouble with its port.', { error }))
  server.on('request', (request, response) => {
    const done = answer(service, request, response)
      .catch((error: unknown) => {
        if (!signal.aborted && !request.destroyed) log('The practice provider could not answer.', { error })
        if (response.headersSent) response.destroy()
        else send(response, bad(refusal(5000)))
      })
      .finally(() => answering.delete(done))
    answering.add(done)
  })
  for (const record of store.all().filter(isOpen)) work.start(record)

  return {
    origin,
    tasks: () => store.all().map(taskOf),
    submits: () => count.submit,
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
