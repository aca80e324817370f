import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Page } from '@playwright/test'
import { readableBy } from '../../../src/main/electron/protocol.ts'
import { createMediaHandler } from '../../../src/main/files/serve.ts'

type Serve = (request: Request) => Promise<Response>

async function pass(serve: Serve, request: Request, response: ServerResponse): Promise<void> {
  const answer = await serve(request)
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  // Whoever leaves in the middle ends the reading too, and with it the file is closed.
  if (answer.body === null) response.end()
  else await pipeline(Readable.fromWeb(answer.body as ReadableStream), response)
}

/**
 * What Electron does to the page, in a browser: media come from another origin, with Electron's own answers. Every
 * address of media leads to `path`. To be called before the page is opened.
 */
export async function mediaFromElsewhere(page: Page, face: string, path: string) {
  const { protocol, host } = new URL(face)
  const serve = readableBy(
    { protocol, host },
    createMediaHandler(() => ({ kind: 'file', path })),
  )
  const server = createServer(({ method = 'GET', url = '/', headers }, response) => {
    const asked = new Headers(
      Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
    pass(serve, new Request(`http://media${url}`, { method, headers: asked }), response).catch(() => {
      // A player leaves in the middle whenever it seeks.
      response.destroy()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The media server has no port')
  const elsewhere = `http://127.0.0.1:${String(address.port)}`

  // The browser face's own policy knows no other origin; Electron's is held in the tests of its bundle.
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setBypassCSP', { enabled: true })
  await page.routeWebSocket(/\/socket/, (socket) => {
    const core = socket.connectToServer()
    core.onMessage((message) => {
      socket.send(String(message).replaceAll('"/media/', `"${elsewhere}/media/`))
    })
  })
  return {
    elsewhere,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
