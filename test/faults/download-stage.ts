import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Rename } from '../../src/main/files/durable.ts'
import type { Media } from '../../src/main/media/media.ts'
import type { TaskStatus } from '../../src/main/providers/provider.ts'
import { faultProxy, type Fault } from '../support/servers/fault-proxy.ts'
import { takeId } from '../support/library/library.ts'
import { scriptedServer } from '../support/servers/scripted-server.ts'
import type { faultStage } from './studio.ts'
import type { Tier } from './tiers.ts'

const ends = ['DONE', 'NEEDS_USER', 'EXPIRED'] as const

export type Serve = (request: Pick<IncomingMessage, 'headers'>, response: ServerResponse, nth: number) => void

/** A correct server for one file: strong tags, and a part only where If-Range names the same tag. */
export const wholeOrPart =
  (tag: string, bytes: Buffer): Serve =>
  ({ headers }, response) => {
    const from = headers['if-range'] === tag ? /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] : undefined
    const part = bytes.subarray(Number(from ?? 0))
    const range = `bytes ${from ?? ''}-${String(bytes.length - 1)}/${String(bytes.length)}`
    response
      .writeHead(from === undefined ? 200 : 206, {
        etag: tag,
        'content-length': String(part.length),
        ...(from !== undefined && { 'content-range': range }),
      })
      .end(part)
  }

type Fetching = {
  readonly stage: ReturnType<typeof faultStage>
  readonly serve: Serve
  /** How the version with the mark of the provider is served; without it there is none. */
  readonly serveMarked?: Serve
  /** A fault for each connection to where the result lies. */
  readonly fault?: ((nth: number) => Fault | undefined) | undefined
  /** What the provider says from its second answer on. */
  readonly status?: ((real: TaskStatus) => TaskStatus) | undefined
  readonly media: Media
  readonly tier?: Tier
  readonly rename?: Rename
  /** How long the provider says it keeps the result. */
  readonly life?: number
}

/** A studio whose results lie at a server that behaves like this; what else is said of a task is the adapter's own. */
export async function openFetching({
  stage,
  serve,
  serveMarked,
  fault,
  status,
  media,
  tier = 'A',
  rename,
  life = 50,
}: Fetching) {
  let nth = 0
  let seenMarked = 0
  const files = stage.kept(
    await scriptedServer((_seen, response, request) => {
      const isMarked = request.url?.startsWith('/marked') === true
      if (isMarked) seenMarked += 1
      else nth += 1
      if (isMarked) serveMarked?.(request, response, seenMarked)
      else serve(request, response, nth)
    }),
  )
  const proxy = stage.kept(await faultProxy(files.origin, fault))
  let links = 0
  const studio = await stage.studio(tier, {
    media,
    ...(rename && { rename }),
    also: (provider) => ({
      status: async (...about) => {
        const real = await provider.status(...about)
        if (real.kind !== 'succeeded' && real.kind !== 'missing') return real
        links += 1
        if (links > 1 && status) return status(real)
        if (real.kind === 'missing') return real
        const watermarkUrl = serveMarked ? `${proxy.origin}/marked-${String(links)}.mp4?sig=SECRET` : null
        return { ...real, url: `${proxy.origin}/result-${String(links)}.mp4`, watermarkUrl, life }
      },
    }),
  })
  const folder = join(stage.folder(), 'library', takeId)
  const path = join(folder, 'result.mp4')
  return {
    studio,
    files,
    proxy,
    links: () => links,
    folder,
    result: () => (existsSync(path) ? readFileSync(path) : null),
    ranges: () => files.seen.map(({ headers }) => headers.range ?? null),
  }
}

/** The same, with its take brought to an end. */
export async function fetchedBy(fetching: Fetching) {
  const opened = await openFetching(fetching)
  return { ...opened, ended: await opened.studio.ends(...ends) }
}
export type Fetched = Awaited<ReturnType<typeof fetchedBy>>

/** The whole film stands at its final name, nothing is left beside it, and it was paid for once. */
export function expectHome({ ended, result, studio, folder }: Fetched, expected: Buffer) {
  expect(ended).toBe('DONE')
  expect(result()?.equals(expected)).toBe(true)
  expect(existsSync(join(folder, 'result.mp4.part'))).toBe(false)
  expect([studio.tasks(), studio.posts()]).toEqual([1, 1])
}
