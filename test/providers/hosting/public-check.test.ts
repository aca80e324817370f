import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkPublic } from '../../../src/main/hosting/public-check.ts'
import { noiseFile, problemOf, type Noise } from '../../support/hosting-kit.ts'
import { scriptedServer, type ScriptedServer, type Seen } from '../../support/scripted-server.ts'

const edge = 64 * 1024
const unpaid = 'Nothing was sent to the provider and nothing was paid.'

let file: Noise
let server: ScriptedServer
let answer: (seen: Seen, response: ServerResponse) => void

const rangeOf = (seen: Seen) => {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(seen.headers.range ?? '') ?? []
  return [Number(first), Number(last)] as const
}

type Manner = {
  readonly content?: Buffer
  readonly type?: string
  readonly ranges?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** As a good server would, unless told what to do otherwise. */
function serve(seen: Seen, response: ServerResponse, manner: Manner = {}) {
  const { content = file.content, type = 'video/mp4', ranges = true, headers = {} } = manner
  const [first, last] = rangeOf(seen)
  const body = ranges ? content.subarray(first, last + 1) : content
  const range = ranges
    ? { 'content-range': `bytes ${first}-${first + body.length - 1}/${content.length}` }
    : {}
  const length = String(body.length)
  response.writeHead(ranges ? 206 : 200, {
    'content-type': type,
    'content-length': length,
    ...range,
    ...headers,
  })
  response.end(body)
}

const check = (change: Partial<Parameters<typeof checkPublic>[0]> = {}, signal?: AbortSignal) =>
  checkPublic(
    {
      url: `${server.origin}/secret-name?X-Signature=abc`,
      loopback: true,
      file,
      contentType: 'video/mp4',
      ...change,
    },
    signal,
  )

const changedAt = (place: number) => {
  const content = Buffer.from(file.content)
  content[place]! ^= 1
  return content
}

beforeEach(async () => {
  file = await noiseFile(200_000)
  server = await scriptedServer((seen, response) => {
    answer(seen, response)
  })
})

afterEach(() => server.close())

describe('an address that hands out the file', () => {
  it('is asked for its two ends, by GET and without any credentials', async () => {
    answer = serve
    expect(await check()).toEqual({ ok: true, value: null })
    expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'GET'])
    expect(server.seen.map(rangeOf)).toEqual([
      [0, edge - 1],
      [200_000 - edge, 199_999],
    ])
    for (const { headers } of server.seen)
      expect(Object.keys(headers).sort()).toEqual(['accept-encoding', 'connection', 'host', 'range'])
  })

  it('passes when it knows no ranges and sends the whole file with its length', async () => {
    answer = (seen, response) => serve(seen, response, { ranges: false })
    expect(await check()).toEqual({ ok: true, value: null })
    expect(server.seen).toHaveLength(1)
  })

  it.each([1, edge - 1, edge, edge + 1, 2 * edge])(
    'passes with %i bytes, with ranges and without',
    async (bytes) => {
      file = await noiseFile(bytes)
      for (const ranges of [true, false]) {
        answer = (seen, response) => serve(seen, response, { ranges })
        expect(await check()).toEqual({ ok: true, value: null })
      }
    },
  )

  it('passes with a character when it says that it is an image', async () => {
    answer = (seen, response) => serve(seen, response, { type: 'image/jpeg' })
    expect(await check({ contentType: 'image/png' })).toEqual({ ok: true, value: null })
    expect(problemOf(await check()).message).toMatch(/serves the clip as another kind of file/)
  })

  it('is followed through a redirect', async () => {
    answer = (seen, response) => {
      if (seen.url === '/there') serve(seen, response)
      else response.writeHead(302, { location: '/there' }).end()
    }
    expect(await check()).toEqual({ ok: true, value: null })
  })

  it('is asked no faster than the pace allows', async () => {
    answer = serve
    const hosts: string[] = []
    await check({
      pace: (host) => {
        hosts.push(host)
        return Promise.resolve()
      },
    })
    expect(hosts).toEqual([new URL(server.origin).host, new URL(server.origin).host])
  })
})

describe('an address that says no length', () => {
  it('is believed when the whole file comes', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' })
      response.write(file.content)
      response.end()
    }
    expect(await check()).toEqual({ ok: true, value: null })
  })

  it('may serve the file as plain bytes where it is the provider’s own storage', async () => {
    answer = (seen, response) => serve(seen, response, { type: 'application/octet-stream' })
    expect((await check()).ok).toBe(false)
    expect((await check({ ownStorage: true })).ok).toBe(true)
  })
})

describe('an address that does not hand out the file', () => {
  const page = '<html><form>Sign in</form></html>'
  const status =
    (code: number, headers = {}) =>
    (_: Seen, response: ServerResponse) =>
      void response.writeHead(code, headers).end('words')
  const to = (location: string) => status(302, { location })
  const elsewhere = /leads to a place a provider cannot fetch from/
  const faults: Record<string, [(seen: Seen, response: ServerResponse) => void, RegExp]> = {
    'asks for a password': [status(401), /does not hand the clip to strangers/],
    'is private': [status(403), /does not hand the clip to strangers/],
    'is empty': [status(404), /There is no clip at the address/],
    'is gone': [status(410), /There is no clip at the address/],
    'refuses the range': [status(416), /answers in a way that no provider would understand/],
    'answers nothing': [status(204), /answers in a way that no provider would understand/],
    'shows a page': [
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page),
      /answers with a web page in place of the clip/,
    ],
    'sends strangers to a login page': [
      (seen, response) => {
        if (seen.url === '/login') response.writeHead(200, { 'content-type': 'text/html' }).end(page)
        else response.writeHead(302, { location: '/login' }).end()
      },
      /answers with a web page in place of the clip/,
    ],
    'names another type': [
      (seen, response) => serve(seen, response, { type: 'application/octet-stream' }),
      /serves the clip as another kind of file/,
    ],
    'holds a shorter file': [
      (seen, response) => serve(seen, response, { content: file.content.subarray(0, 150_000) }),
      /has 150 kB, but the prepared clip has 200 kB/,
    ],
    'holds a longer file, without ranges': [
      (seen, response) =>
        serve(seen, response, { content: Buffer.concat([file.content, Buffer.alloc(9000)]), ranges: false }),
      /has 209 kB, but the prepared clip has 200 kB/,
    ],
    'claims the right range and sends less of it': [
      (seen, response) => {
        const [first, last] = rangeOf(seen)
        const headers = { 'content-range': `bytes ${first}-${last}/200000` }
        serve(seen, response, { content: file.content.subarray(0, 1000), headers })
      },
      /is not the prepared clip/,
    ],
    'says no length and ends too soon': [
      (_, response) => {
        response.writeHead(200, { 'content-type': 'video/mp4' })
        response.write(file.content.subarray(0, 150_000))
        response.end()
      },
      /has 150 kB, but the prepared clip has 200 kB/,
    ],
    'says no length and goes on': [
      (_, response) => {
        response.writeHead(200, { 'content-type': 'video/mp4' })
        response.write(Buffer.concat([file.content, Buffer.alloc(1000)]))
        response.end()
      },
      /but the prepared clip has 200 kB/,
    ],
    'answers another range': [
      (seen, response) => serve(seen, response, { headers: { 'content-range': 'bytes 1-65536/200000' } }),
      /does not say how long the clip is/,
    ],
    'differs in its first byte': [
      (seen, response) => serve(seen, response, { content: changedAt(0) }),
      /is not the prepared clip/,
    ],
    'differs in its last byte': [
      (seen, response) => serve(seen, response, { content: changedAt(199_999) }),
      /is not the prepared clip/,
    ],
    'differs in its last byte, without ranges': [
      (seen, response) => serve(seen, response, { content: changedAt(199_999), ranges: false }),
      /is not the prepared clip/,
    ],
    'leads to plain http elsewhere': [to('http://example.com/clip.mp4'), elsewhere],
    'leads into a private network': [to('https://192.168.1.1/clip.mp4'), elsewhere],
    'leads in circles': [to('/again'), elsewhere],
  }

  it.each(Object.entries(faults))(
    'because it %s is refused before anything is paid',
    async (_, [fault, words]) => {
      answer = fault
      const problem = problemOf(await check())
      expect(problem.code).toBe('clip-unreachable')
      expect(problem.message).toMatch(words)
      expect(problem.message.endsWith(unpaid)).toBe(true)
      expect(problem.advice).toMatch(/\.$/)
      expect(JSON.stringify(problem)).not.toMatch(/secret-name|X-Signature/)
    },
  )

  it.each([429, 500, 502, 503, 530])('because it answers %i is worth trying again', async (code) => {
    answer = status(code)
    expect(problemOf(await check())).toMatchObject({
      code: 'provider-silent',
      detail: `HTTP ${String(code)}`,
    })
  })

  it('because the connection breaks is worth trying again', async () => {
    const breaks: (typeof answer)[] = [
      (_, response) => response.destroy(),
      (_, response) => {
        response.writeHead(206, {
          'content-type': 'video/mp4',
          'content-length': String(edge),
          'content-range': `bytes 0-${String(edge - 1)}/200000`,
        })
        response.write(file.content.subarray(0, 1000), () => response.destroy())
      },
    ]
    for (const fault of breaks) {
      answer = fault
      expect(problemOf(await check())).toMatchObject({
        code: 'provider-silent',
        message: expect.stringMatching(
          /^The clip could not be fetched from 127\.0\.0\.1:\d+ just now\. Nothing was sent/,
        ),
      })
    }
    const { origin } = server
    await server.close()
    expect(problemOf(await check({ url: `${origin}/secret-name` })).code).toBe('provider-silent')
  })

  it('because it is on this machine is not even asked, unless the account is too', async () => {
    answer = serve
    expect(problemOf(await check({ loopback: false })).code).toBe('clip-unreachable')
    expect(server.connections()).toBe(0)
  })

  it('of a character is spoken of as a character', async () => {
    answer = status(404)
    expect(problemOf(await check({ contentType: 'image/png' })).message).toMatch(/^There is no character at/)
  })

  it('is not waited for once the take is cancelled', async () => {
    const stop = new AbortController()
    answer = () => {
      stop.abort()
    }
    expect(problemOf(await check({}, stop.signal)).code).toBe('cancelled')
  })

  it.each([200, 206])('is not listened to for longer than the file is long (HTTP %i)', async (code) => {
    const left = Promise.withResolvers<undefined>()
    answer = (_, response) => {
      response.on('close', () => {
        left.resolve(undefined)
      })
      response.writeHead(code, {
        'content-type': 'video/mp4',
        'content-length': '10000000000',
        ...(code === 206 && { 'content-range': 'bytes 0-65535/200000' }),
      })
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.alloc(edge)));
      }
      response.on('drain', flood)
      flood()
    }
    const problem = problemOf(await check())
    await left.promise
    expect(problem.message).toMatch(code === 200 ? /has 10 GB, but/ : /is not the prepared clip/)
  })

  it('when the prepared file itself is gone, says so', async () => {
    answer = serve
    expect(problemOf(await check({ file: { path: '/nowhere/clip.mp4', bytes: 10 } }))).toMatchObject({
      code: 'file-unreadable',
      detail: 'ENOENT',
    })
  })
})
