import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { TaskStatus } from '../../src/main/providers/provider.ts'
import { MiB } from '../../src/shared/units.ts'
import type { Fault } from '../support/servers/fault-proxy.ts'
import { fakeMedia, takeId } from '../support/library/library.ts'
import { expectHome, fetchedBy, wholeOrPart, type Fetched, type Serve } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const film = randomBytes(5 * MiB)
const otherFilm = randomBytes(5 * MiB)
const share = Math.round(film.length * 0.4)

async function fetched(serve: Serve, fault?: (nth: number) => Fault | undefined, status?: () => TaskStatus) {
  const judged: Buffer[] = []
  const media = fakeMedia((bytes) => {
    judged.push(bytes)
    return bytes.equals(film) || bytes.equals(otherFilm)
  })
  return { ...(await fetchedBy({ stage, serve, fault, status, media })), judged }
}
const expectFilm = (one: Fetched, expected = film) => {
  expectHome(one, expected)
}
const once = (fault: Fault) => (nth: number) => (nth === 1 ? fault : undefined)
const raw = (headers: string, body: string): Fault => ({
  kind: 'instead',
  answer: `HTTP/1.1 200 OK\r\n${headers}\r\n${body}`,
})

describe('a download that is cut', () => {
  it('61 · the connection ends at 40 %: resumed by Range, at most 1 MiB fetched twice', async () => {
    const one = await fetched(wholeOrPart('"v1"', film), once({ kind: 'cut-answer', bytes: share }))
    expectFilm(one)
    const from = Number(/\d+/.exec(one.ranges()[1] ?? '')?.[0])
    expect(from).toBeGreaterThan(0)
    const sent = one.proxy.passages().reduce((sum, { toClient }) => sum + toClient, 0)
    expect(sent - film.length).toBeLessThanOrEqual(MiB + 2000)
  })

  it('61 · a reset at 40 %: brought home whole', async () => {
    expectFilm(
      await fetched(wholeOrPart('"v1"', film), once({ kind: 'cut-answer', bytes: share, reset: true })),
    )
  })

  it('62 · a server that ignores Range: started over cleanly', async () => {
    const whole: Serve = (_request, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': String(film.length) }).end(film)
    }
    const one = await fetched(whole, once({ kind: 'cut-answer', bytes: share }))
    expectFilm(one)
    expect(one.ranges()[1]).toMatch(/^bytes=/)
  })

  it('63 · another ETag between two tries: started over, never a mixed file', async () => {
    const change: Serve = (request, response, nth) => {
      const serve = nth === 1 ? wholeOrPart('"v1"', film) : wholeOrPart('"v2"', otherFilm)
      serve(request, response, nth)
    }
    const one = await fetched(change, once({ kind: 'cut-answer', bytes: share }))
    expectFilm(one, otherFilm)
    expect(one.judged).toHaveLength(1)
  })

  it('63 · a server that sends a part of another file all the same: a mixed file is never the result', async () => {
    const careless: Serve = (request, response, nth) => {
      const { range } = request.headers
      const ignoring = { headers: { ...(range !== undefined && { range }), 'if-range': '"v2"' } }
      wholeOrPart(nth === 1 ? '"v1"' : '"v2"', nth === 1 ? film : otherFilm)(ignoring, response, nth)
    }
    const one = await fetched(careless, once({ kind: 'cut-answer', bytes: share }))
    expectFilm(one, otherFilm)
    // Not even put together, let alone left to the verification.
    expect(one.judged).toHaveLength(1)
  })

  it.each([
    ['too long', raw('content-length: 500\r\n', 'too little')],
    ['too short', raw('content-length: 5\r\n', 'more than five')],
    ['absent, with an early end', raw('connection: close\r\n', 'the first half')],
  ])('64 · a Content-Length that is %s: never believed, fetched again', async (_what, fault) => {
    const one = await fetched(wholeOrPart('"v1"', film), once(fault))
    expectFilm(one)
    expect(one.files.seen.length).toBeGreaterThan(1)
  })
})

describe('a link that is dead', () => {
  it.each([403, 410])('65 · %i: a fresh link is asked for, and the download goes on', async (code) => {
    const one = await fetched((request, response, nth) => {
      if (nth === 1) response.writeHead(code).end()
      else wholeOrPart('"v1"', film)(request, response, nth)
    })
    expectFilm(one)
    expect(one.links()).toBe(2)
  })

  it('66 · and the provider says the task is gone: EXPIRED with its task and date, its cost kept, nothing deleted', async () => {
    const dead: Serve = (_request, response) => response.writeHead(410).end()
    const one = await fetched(dead, undefined, () => ({ kind: 'missing' }))
    const shown = one.studio.bench.library.show(takeId)
    if (!shown.ok) throw new Error(shown.problem.message)
    expect(one.studio.bench.states).not.toContain('DONE')
    expect(existsSync(join(one.folder, 'character.png'))).toBe(true)
    expect(one.studio.bench.journal.spend()).toMatchObject([{ outcome: 'done' }])
    expect(one.ended).toBe('EXPIRED')
    expect(shown.value.problem?.detail).toMatch(/^Task \d+, .* kept until \d{4}-/)
    expect(shown.value.cost).toEqual({ units: '4.5', unitName: 'units' })
  })
})

describe('an answer that is not the film', () => {
  const film200 = wholeOrPart('"v1"', film)
  const firstly =
    (bytes: Buffer, headers: Readonly<Record<string, string>> = {}): Serve =>
    (request, response, nth) => {
      if (nth > 1) film200(request, response, nth)
      else response.writeHead(200, { 'content-length': String(bytes.length), ...headers }).end(bytes)
    }

  it('68 · an error page with 200 under the name of a film: refused, fetched again, never DONE with it', async () => {
    const page = Buffer.from('<html>this link has expired</html>')
    const one = await fetched(firstly(page, { 'content-type': 'text/html' }))
    expectFilm(one)
  })

  it('69 · a film with one byte flipped: not believed, fetched again from its beginning', async () => {
    const flipped = Buffer.from(film)
    flipped[share] = ~film[share]! & 0xff
    const one = await fetched(firstly(flipped, { etag: '"v1"' }))
    expectFilm(one)
    expect(one.ranges()).toEqual([null, null])
  })

  it.each(['ftp://example.com/x.mp4', 'http://10.0.0.1/x.mp4', 'https://192.168.1.1/x.mp4'])(
    '70 · a redirect to %s: refused, and a fresh link asked for',
    async (location) => {
      const one = await fetched((request, response, nth) => {
        if (nth === 1) response.writeHead(302, { location }).end()
        else film200(request, response, nth)
      })
      expectFilm(one)
      expect(one.links()).toBe(2)
    },
  )

  it('70 · the key is never sent to where a result lies, nor after a redirect', async () => {
    const one = await fetched((request, response, nth) => {
      if (nth === 1) response.writeHead(302, { location: '/elsewhere.mp4' }).end()
      else film200(request, response, nth)
    })
    expectFilm(one)
    expect(one.files.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
    expect(JSON.stringify(one.files.seen)).not.toContain('canary')
  })

  it('73 · a gzip-encoded answer: not asked for, not believed, the right bytes at last', async () => {
    const one = await fetched(firstly(gzipSync(film), { 'content-encoding': 'gzip' }))
    expectFilm(one)
    expect(one.files.seen[0]?.headers['accept-encoding']).toBe('identity')
  })
})
