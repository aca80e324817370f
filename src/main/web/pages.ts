import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { fail, type Outcome, type ProblemCode } from '../../shared/outcome.ts'
import type { Log } from '../system/ports.ts'
import type { WebCore } from './core.ts'
import type { RendererFile } from './renderer-files.ts'

type Parts = {
  readonly page: (path: string) => Promise<RendererFile | null>
  /** The page is served before the core is open; everything else waits for it. */
  readonly core: Promise<Outcome<WebCore>>
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
  if (name === null)
    return context.json(fail('usage', 'The upload does not say what the file is called.'), 400)
  const length = context.req.header('content-length')
  const opened = await core
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
    const opened = await core
    return opened.ok ? opened.value.shelf.serve(context.req.raw) : context.text(opened.problem.message, 503)
  })
  app.post('/upload', (context) => upload(context, parts))
  app.get('*', async (context) => {
    const file = await page(context.req.path)
    if (file) return context.body(file.bytes, 200, file.headers)
    return context.req.path === '/'
      ? context.text('The interface has not been built. Start Understudy with “npm start”.', 500)
      : context.notFound()
  })
  app.notFound((context) => context.text('There is nothing here.', 404))
  app.onError((error, context) => {
    log('a request failed unexpectedly', { error })
    return context.text('Something went wrong inside Understudy.', 500)
  })
  return app
}
