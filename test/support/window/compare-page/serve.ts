import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.mp4': 'video/mp4',
}

/** Bundles pages with the product's own code, as the app's build does, into the folder that has the clips too. */
export async function buildPages(
  folder: string,
  pages: readonly string[] = ['index.html', 'view.html'],
): Promise<void> {
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), tailwindcss()],
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'esnext',
      rolldownOptions: {
        input: pages.map((page) => join(import.meta.dirname, page)),
      },
    },
  })
}

export type PageServer = { readonly address: string; readonly close: () => Promise<void> }

/** Serves a folder on loopback, with byte ranges, as a player needs them to seek. */
export async function servePages(folder: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://page').pathname
    answer(join(folder, name === '/' ? 'index.html' : name), request.headers.range, response).catch(() => {
      response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The page server has no port')
  return {
    address: `http://127.0.0.1:${String(address.port)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

async function answer(path: string, range: string | undefined, response: ServerResponse): Promise<void> {
  const headers = {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  if (from === undefined) {
    const whole = await readFile(path)
    response.writeHead(200, headers).end(whole)
    return
  }
  const { size } = await stat(path)
  const start = Number(from)
  const end = to ? Math.min(Number(to), size - 1) : size - 1
  response.writeHead(206, {
    ...headers,
    'content-range': `bytes ${from}-${String(end)}/${String(size)}`,
    'content-length': end - start + 1,
  })
  createReadStream(path, { start, end }).pipe(response)
}
