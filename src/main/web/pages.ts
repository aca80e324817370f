import { contentPolicy } from '../api/content-policy.ts'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import type { Outcome, ProblemCode } from '../../shared/outcome.ts'
import type { Log } from '../system/ports.ts'
import type { WebCore } from './core.ts'
import { uploadWithoutName, notBuilt, crashed } from './problems.ts'

type RendererFile = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Plain names only: no leading dots, no escapes, so that an address can't lead out of the folder. */
const plainPath = /^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/
/** The build puts a hash of the content into these names. */
const hashed = /^\/assets\/.+-[A-Za-z0-9_-]{8}\.\w+$/

/** The built page, read once and then kept; null for what is not part of it. */
export function createRendererFiles(folder: string): (path: string) => Promise<RendererFile | null> {
  const kept = new Map<string, RendererFile>()

  async function read(path: string): Promise<RendererFile | null> {
    const type = types[extname(path)]
    if (type === undefined || !plainPath.test(path)) return null
    const bytes = await readFile(join(folder, path)).catch(() => null)
    if (bytes === null) return null
    const cache = hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-store'
    return { bytes, headers: { 'Content-Type': type, 'Cache-Control': cache } }
  }

  return async (address) => {
    const path = address === '/' ? '/index.html' : address
    const file = kept.get(path) ?? (await read(path))
    if (file) kept.set(path, file)
    return file
  }
}

type Parts = {
  readonly page: (path: string) => Promise<RendererFile | null>
  /** The page is served before the core is open; everything else waits for it. */
  readonly core: () => Promise<Outcome<WebCore>>
  readonly log: Log
}

type Env = { Bindings: HttpBindings }

// A browser reads the answer to an upload that was cut short only when its status is an error.
const statuses: Partial<Record<ProblemCode, 413 | 507>> = { 'file-too-large': 413, 'disk-full': 507 }

function readName(header: string | undefined): string | null {
  try {
    return header === undefined ? null : decodeURIComponent(header)
  } catch {
    return null
  }
}

async function upload(context: Context<Env>, { core }: Parts): Promise<Response> {
  const name = readName(context.req.header('x-file-name'))
  if (name === null) return context.json(uploadWithoutName, 400)
  const length = context.req.header('content-length')
  const opened = await core()
  if (!opened.ok) return context.json(opened, 503)
  const file = await opened.value.intake.take({
    name,
    bytes: length === undefined ? null : Number(length),
    content: context.env.incoming,
  })
  return context.json(file, file.ok ? 200 : (statuses[file.problem.code] ?? 400))
}

/** What the browser face answers to those who were let in. */
export function createApp(parts: Parts): Hono<Env> {
  const { page, core, log } = parts
  const app = new Hono<Env>()
  // Only the hashed parts of the page may be kept: there is nothing of the user in them.
  app.use(async (context, next) => {
    await next()
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store')
  })
  app.get('/media/:token', async (context) => {
    const opened = await core()
    return opened.ok
      ? opened.value.fileTokens.serve(context.req.raw)
      : context.text(opened.problem.message, 503)
  })
  app.post('/upload', (context) => upload(context, parts))
  app.get('*', async (context) => {
    const file = await page(context.req.path)
    if (file) return context.body(file.bytes, 200, file.headers)
    return context.req.path === '/' ? context.text(notBuilt, 500) : context.notFound()
  })
  app.notFound((context) => context.text('Nothing found here.', 404))
  app.onError((error, context) => {
    log('a request failed unexpectedly', { error })
    return context.text(crashed, 500)
  })
  return app
}

/** On every answer of the browser face, refusals too. */
export const securityHeaders = {
  'Content-Security-Policy': contentPolicy("'self'"),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/**
 * While developing, the page comes from Vite's server, which forwards `/socket`, `/media` and `/upload` to this one.
 * Only a server of this machine is believed: anything else would be handed the keys to the studio.
 */
export function devRenderer(env: NodeJS.ProcessEnv): URL | null {
  const address = env['UNDERSTUDY_RENDERER_URL']
  if (address === undefined || !URL.canParse(address)) return null
  const url = new URL(address)
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname) ? url : null
}
