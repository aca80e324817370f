import { json, scriptedServer } from './scripted-server.ts'

/** A provider in a process of its own that accepts every submit; its address is its first line. */
const server = await scriptedServer((_seen, response) => {
  json(response, 200, { code: 0, message: 'SUCCEED', data: { task_id: 'task-1', task_status: 'submitted' } })
})
process.stdout.write(`${server.origin}\n`)
