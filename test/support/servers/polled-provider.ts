import { json, scriptedServer } from './scripted-server.ts'

/** A provider in a process of its own whose tasks never end; it knows how often it was asked. */
const asked: number[] = []

/** The most requests within any second. */
const busiest = () =>
  Math.max(0, ...asked.map((at) => asked.filter((other) => other >= at && other < at + 1000).length))

const server = await scriptedServer(({ url }, response) => {
  if (url === '/asked') {
    json(response, 200, { requests: asked.length, busiest: busiest() })
    return
  }
  asked.push(performance.now())
  const id = url.split('/').at(-1)
  json(response, 200, { code: 0, data: { task_id: id, task_status: 'processing' } })
})
process.stdout.write(`${server.origin}\n`)
