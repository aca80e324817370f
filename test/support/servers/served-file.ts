import { readFileSync } from 'node:fs'
import { scriptedServer } from './scripted-server.ts'

/** One file on a server of its own, as a provider serves a result. */
export async function servedFile(path: string, type: string) {
  const bytes = readFileSync(path)
  const server = await scriptedServer((_seen, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes)
  })
  return { url: `${server.origin}/file`, close: server.close }
}
