import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchResult, type FetchEnd, type FetchJob } from '../../../../src/main/takes/steps/fetch-result.ts'
import type { Mark } from '../../../../src/main/takes/journal/tables.ts'
import { fail } from '../../../../src/shared/outcome.ts'
import { scriptedServer, type ScriptedServer } from '../../../support/servers/scripted-server.ts'
import { straightNetwork } from '../../../support/servers/straight-network.ts'

const file = randomBytes(3_500_000)
const tag = '"v1"'

let folder: string
let part: string
let servers: ScriptedServer[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-fetch-'))
  part = join(folder, 'result.mp4.part')
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
  rmSync(folder, { recursive: true })
})

type Answer = (request: IncomingMessage, response: ServerResponse, nth: number) => void

async function serve(answer: Answer): Promise<ScriptedServer> {
  let nth = 0
  const server = await scriptedServer((_seen, response, request) => {
    nth += 1
    answer(request, response, nth)
  })
  servers.push(server)
  return server
}

/** A correct server for one file, with strong tags and single ranges. */
function wholeOrRange(request: IncomingMessage, response: ServerResponse): void {
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
  if (from === undefined || request.headers['if-range'] !== tag) {
    response.writeHead(200, { etag: tag, 'content-length': String(file.length) }).end(file)
    return
  }
  const body = file.subarray(Number(from))
  const range = `bytes ${from}-${String(file.length - 1)}/${String(file.length)}`
  response
    .writeHead(206, { etag: tag, 'content-range': range, 'content-length': String(body.length) })
    .end(body)
}

/** Begins the right answer and cuts the connection after so many bytes. */
function cutAfter(bytes: number, headers: Record<string, string> = { etag: tag }): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': String(file.length), ...headers })
    response.write(file.subarray(0, bytes), () => response.destroy())
  }
}

function fetching(
  url: string,
  different: { mark?: Mark | null; loopback?: boolean; marks?: Mark[] } & Partial<
    Pick<FetchJob, 'room' | 'monotonic'>
  > = {},
): Promise<FetchEnd> {
  return fetchResult({
    network: straightNetwork,
    url,
    loopback: different.loopback ?? true,
    part,
    mark: different.mark ?? null,
    onMark: (mark) => different.marks?.push(mark),
    onProgress: () => undefined,
    monotonic: different.monotonic ?? (() => 0),
    ...(different.room && { room: different.room }),
  })
}

describe('bringing a result home', () => {
  it('writes every byte of the file', async () => {
    const server = await serve(wholeOrRange)
    expect(await fetching(server.origin)).toMatchObject({
      kind: 'complete',
      bytes: file.length,
      proven: true,
    })
    expect(readFileSync(part).equals(file)).toBe(true)
  })

  it('goes on after a cut where the last flushed mark stands, and fetches at most 1 MiB twice', async () => {
    const server = await serve((request, response, nth) => {
      if (nth === 1) cutAfter(2_600_000)(request, response, nth)
      else wholeOrRange(request, response)
    })
    const marks: Mark[] = []
    expect((await fetching(server.origin, { marks })).kind).toBe('interrupted')
    const mark = marks.at(-1) ?? null
    expect(2_600_000 - (mark?.done ?? 0)).toBeLessThanOrEqual(1024 * 1024)
    expect(await fetching(server.origin, { mark })).toMatchObject({
      kind: 'complete',
      bytes: file.length,
      proven: true,
    })
    expect(server.seen[1]?.headers).toMatchObject({ range: `bytes=${String(mark?.done)}-`, 'if-range': tag })
    expect(readFileSync(part).equals(file)).toBe(true)
  })

  it('starts over, and mixes nothing, when the file has changed meanwhile', async () => {
    const server = await serve(wholeOrRange)
    const mark = { url: server.origin, validator: '"an older one"', total: file.length, done: 1_048_576 }
    expect((await fetching(server.origin, { mark })).kind).toBe('complete')
    expect(server.seen[0]?.headers['if-range']).toBe('"an older one"')
    expect(readFileSync(part).equals(file)).toBe(true)
  })

  it('never continues by a weak tag', async () => {
    const server = await serve(cutAfter(2_000_000, { etag: 'W/"weak"' }))
    const marks: Mark[] = []
    await fetching(server.origin, { marks })
    await fetching(server.origin, { mark: marks.at(-1) ?? null })
    expect(server.seen[1]?.headers.range).toBeUndefined()
  })

  it.each([401, 403, 404, 410])('asks for a fresh link on HTTP %i', async (status) => {
    const server = await serve((_request, response) => response.writeHead(status).end())
    expect((await fetching(server.origin)).kind).toBe('link-lost')
  })

  it.each([500, 503, 429])('only tries again on HTTP %i', async (status) => {
    const server = await serve((_request, response) => response.writeHead(status).end())
    expect((await fetching(server.origin)).kind).toBe('interrupted')
  })

  it('does not take a body that is shorter than promised for the whole', async () => {
    const server = await serve(cutAfter(1000))
    expect((await fetching(server.origin)).kind).toBe('interrupted')
  })

  it('follows a redirect on this machine without sending credentials, but never one to a private address', async () => {
    const target = await serve(wholeOrRange)
    const hop = await serve((_request, response) =>
      response.writeHead(302, { location: target.origin }).end(),
    )
    expect((await fetching(hop.origin)).kind).toBe('complete')
    expect(target.seen[0]?.headers.authorization).toBeUndefined()
    const trap = await serve((_request, response) =>
      response.writeHead(302, { location: 'http://10.0.0.1/x' }).end(),
    )
    expect(await fetching(trap.origin)).toMatchObject({ kind: 'link-lost' })
  })

  it('never fetches from this machine for a provider that is elsewhere', async () => {
    const server = await serve(wholeOrRange)
    expect((await fetching(server.origin, { loopback: false })).kind).toBe('link-lost')
    expect(server.seen).toEqual([])
  })

  it('begins nothing that has no room, and remembers how much it needs', async () => {
    const server = await serve(wholeOrRange)
    const marks: Mark[] = []
    const asked: unknown[] = []
    const room: FetchJob['room'] = (total, there) => {
      asked.push([total, there])
      return Promise.resolve(fail('disk-full', 'There is no room.'))
    }
    expect(await fetching(server.origin, { room, marks })).toMatchObject({
      kind: 'held',
      problem: { code: 'disk-full' },
    })
    expect(asked).toEqual([[file.length, 0]])
    expect(existsSync(part)).toBe(false)
    expect(marks).toEqual([{ url: server.origin, validator: tag, total: file.length, done: 0 }])
  })

  it('waits for a folder that is gone, and blames no link for it', async () => {
    const server = await serve(wholeOrRange)
    rmSync(folder, { recursive: true })
    expect(await fetching(server.origin)).toMatchObject({
      kind: 'held',
      problem: { code: 'folder-unwritable', detail: 'ENOENT' },
    })
    mkdirSync(folder)
  })

  it('fetches nothing of what is called larger than any result', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { etag: tag, 'content-length': String(3 * 1024 ** 3) })
      response.write(file.subarray(0, 1000))
    })
    expect(await fetching(server.origin)).toMatchObject({
      kind: 'link-lost',
      why: expect.stringContaining('larger than'),
    })
    expect(existsSync(part)).toBe(false)
  })

  it('gives up a connection that only drips, and goes on with another one where it was', async () => {
    let passed = 0
    const server = await serve((request, response, nth) => {
      if (nth > 1) {
        wholeOrRange(request, response)
        return
      }
      response.writeHead(200, { etag: tag, 'content-length': String(file.length) })
      response.write(file.subarray(0, 2_000_000), () => {
        const drip = setInterval(() => response.write(file.subarray(2_000_000, 2_000_001)), 5)
        response.on('close', () => {
          clearInterval(drip)
        })
      })
    })
    const marks: Mark[] = []
    // Every look at the clock is 21 seconds later once the large part is there.
    const monotonic = () => (marks.length > 0 ? (passed += 21_000) : 0)
    const end = await fetching(server.origin, { monotonic, marks })
    expect(end).toEqual({ kind: 'interrupted', why: 'almost no data for a minute' })
    const mark = marks.at(-1) ?? null
    expect(mark?.done).toBeGreaterThanOrEqual(1024 * 1024)
    expect((await fetching(server.origin, { mark })).kind).toBe('complete')
    expect(readFileSync(part).equals(file)).toBe(true)
  })

  const nothingMore: Answer = (request, response) => {
    if (request.headers.range === undefined) wholeOrRange(request, response)
    else response.writeHead(416, { 'content-range': `bytes */${String(file.length)}` }).end()
  }

  it('has it all when the server says that nothing comes after what is there', async () => {
    const server = await serve(nothingMore)
    writeFileSync(part, Buffer.concat([file, Buffer.from('unmarked')]))
    const mark = { url: server.origin, validator: tag, total: file.length, done: file.length }
    expect(await fetching(server.origin, { mark })).toMatchObject({
      kind: 'complete',
      bytes: file.length,
      proven: true,
    })
    expect(readFileSync(part).equals(file)).toBe(true)
    expect(server.seen).toHaveLength(1)
  })

  it('starts over when the server has less than what is there', async () => {
    const server = await serve(nothingMore)
    const marks: Mark[] = []
    const mark = { url: server.origin, validator: tag, total: file.length, done: file.length + 9 }
    expect((await fetching(server.origin, { mark, marks })).kind).toBe('interrupted')
    expect((await fetching(server.origin, { mark: marks.at(-1) ?? null })).kind).toBe('complete')
    expect(readFileSync(part).equals(file)).toBe(true)
  })

  it('gives up on endless redirects', async () => {
    const server: ScriptedServer = await serve((_request, response) =>
      response.writeHead(302, { location: '/again' }).end(),
    )
    expect((await fetching(server.origin)).kind).toBe('link-lost')
    expect(server.seen.length).toBeLessThanOrEqual(6)
  })
})
