import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import type { Shelf } from '../files/files.ts'
import type { Intake } from '../files/intake.ts'
import type { Log } from '../ports.ts'
import { fail, type ProblemCode } from '../../shared/outcome.ts'
import type { RendererFile } from './renderer-files.ts'

type Parts = {
  readonly page: (path: string) => Promise<RendererFile | null>
  readonly shelf: Shelf
  readonly intake: Intake
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

async function upload(context: Context<Env>, intake: Intake): Promise<Response> {
  const name = readName(context.req.header('x-file-name'))
  if (name === null)
    return context.json(fail('usage', 'The upload does not say what the file is called.'), 400)
  const length = context.req.header('content-length')
  const file = await intake.take({
    name,
    bytes: length === undefined ? null : Number(length),
    content: context.env.incoming,
  })
  return context.json(file, file.ok ? 200 : (statuses[file.problem.code] ?? 400))
}

/** What the browser face answers to those who were let in. */
export function createApp({ page, shelf, intake, log }: Parts): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/media/:token', ({ req }) => shelf.serve(req.raw))
  app.post('/upload', (context) => upload(context, intake))
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
