import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { problemOf } from '../support/servers/hosting-kit.ts'
import { edge, publicStage, rangeOf } from '../support/servers/public-stage.ts'
import type { Seen } from '../support/servers/scripted-server.ts'

const stage = publicStage()
const unpaid = 'Nothing was sent to the provider or charged.'

describe('an address that does not hand out the file', () => {
  const page = '<html><form>Sign in</form></html>'
  const status =
    (code: number, headers = {}) =>
    (_: Seen, response: ServerResponse) =>
      void response.writeHead(code, headers).end('words')
  const to = (location: string) => status(302, { location })
  const elsewhere = /A provider can’t download from the link/
  const faults: Record<string, [(seen: Seen, response: ServerResponse) => void, RegExp]> = {
    'asks for a password': [status(401), /doesn’t let everyone download the clip/],
    'is private': [status(403), /doesn’t let everyone download the clip/],
    'is empty': [status(404), /The link at .* has no clip/],
    'is gone': [status(410), /The link at .* has no clip/],
    'refuses the range': [status(416), /sends an answer that providers can’t use/],
    'answers nothing': [status(204), /sends an answer that providers can’t use/],
    'shows a page': [
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page),
      /sends a web page instead of the clip/,
    ],
    'sends strangers to a login page': [
      (seen, response) => {
        if (seen.url === '/login') response.writeHead(200, { 'content-type': 'text/html' }).end(page)
        else response.writeHead(302, { location: '/login' }).end()
      },
      /sends a web page instead of the clip/,
    ],
    'names another type': [
      (seen, response) => stage.serve(seen, response, { type: 'application/octet-stream' }),
      /serves the clip as a different file type/,
    ],
    'holds a shorter file': [
      (seen, response) => stage.serve(seen, response, { content: stage.file.content.subarray(0, 150_000) }),
      /is 150 kB, but the prepared clip is 200 kB/,
    ],
    'holds a longer file, without ranges': [
      (seen, response) =>
        stage.serve(seen, response, {
          content: Buffer.concat([stage.file.content, Buffer.alloc(9000)]),
          ranges: false,
        }),
      /is 209 kB, but the prepared clip is 200 kB/,
    ],
    'claims the right range and sends less of it': [
      (seen, response) => {
        const [first, last] = rangeOf(seen)
        const headers = { 'content-range': `bytes ${first}-${last}/200000` }
        stage.serve(seen, response, { content: stage.file.content.subarray(0, 1000), headers })
      },
      /isn’t the prepared clip/,
    ],
    'says no length and ends too soon': [
      (_, response) => {
        response.writeHead(200, { 'content-type': 'video/mp4' })
        response.write(stage.file.content.subarray(0, 150_000))
        response.end()
      },
      /is 150 kB, but the prepared clip is 200 kB/,
    ],
    'says no length and goes on': [
      (_, response) => {
        response.writeHead(200, { 'content-type': 'video/mp4' })
        response.write(Buffer.concat([stage.file.content, Buffer.alloc(1000)]))
        response.end()
      },
      /but the prepared clip is 200 kB/,
    ],
    'answers another range': [
      (seen, response) =>
        stage.serve(seen, response, { headers: { 'content-range': 'bytes 1-65536/200000' } }),
      /doesn’t say how large the clip is/,
    ],
    'differs in its first byte': [
      (seen, response) => stage.serve(seen, response, { content: stage.changedAt(0) }),
      /isn’t the prepared clip/,
    ],
    'differs in its last byte': [
      (seen, response) => stage.serve(seen, response, { content: stage.changedAt(199_999) }),
      /isn’t the prepared clip/,
    ],
    'differs in its last byte, without ranges': [
      (seen, response) => stage.serve(seen, response, { content: stage.changedAt(199_999), ranges: false }),
      /isn’t the prepared clip/,
    ],
    'leads to plain http elsewhere': [to('http://example.com/clip.mp4'), elsewhere],
    'leads into a private network': [to('https://192.168.1.1/clip.mp4'), elsewhere],
    'leads in circles': [to('/again'), elsewhere],
  }

  it.each(Object.entries(faults))(
    'because it %s is refused before anything is paid',
    async (_, [fault, words]) => {
      stage.answer = fault
      const problem = problemOf(await stage.check())
      expect(problem.code).toBe('clip-unreachable')
      expect(problem.message).toMatch(words)
      expect(problem.message.endsWith(unpaid)).toBe(true)
      expect(problem.advice).toMatch(/\.$/)
      expect(JSON.stringify(problem)).not.toMatch(/secret-name|X-Signature/)
    },
  )

  it.each([429, 500, 502, 503, 530])('because it answers %i is worth trying again', async (code) => {
    stage.answer = status(code)
    expect(problemOf(await stage.check())).toMatchObject({
      code: 'provider-silent',
      detail: `HTTP ${String(code)}`,
    })
  })

  it('because the connection breaks is worth trying again', async () => {
    const breaks: (typeof stage.answer)[] = [
      (_, response) => response.destroy(),
      (_, response) => {
        response.writeHead(206, {
          'content-type': 'video/mp4',
          'content-length': String(edge),
          'content-range': `bytes 0-${String(edge - 1)}/200000`,
        })
        response.write(stage.file.content.subarray(0, 1000), () => response.destroy())
      },
    ]
    for (const fault of breaks) {
      stage.answer = fault
      expect(problemOf(await stage.check())).toMatchObject({
        code: 'provider-silent',
        message: expect.stringMatching(
          /^The clip couldn’t be downloaded from 127\.0\.0\.1:\d+ just now\. Nothing was sent/,
        ),
      })
    }
    const { origin } = stage.server
    await stage.server.close()
    expect(problemOf(await stage.check({ url: `${origin}/secret-name` })).code).toBe('provider-silent')
  })

  it('because it is on this machine is not even asked, unless the account is too', async () => {
    stage.answer = stage.serve
    expect(problemOf(await stage.check({ loopback: false })).code).toBe('clip-unreachable')
    expect(stage.server.connections()).toBe(0)
  })

  it('of a character is spoken of as a character', async () => {
    stage.answer = status(404)
    expect(problemOf(await stage.check({ contentType: 'image/png' })).message).toMatch(
      /^The link at .* has no character/,
    )
  })

  it('is not waited for once the take is cancelled', async () => {
    const stop = new AbortController()
    stage.answer = () => {
      stop.abort()
    }
    expect(problemOf(await stage.check({}, stop.signal)).code).toBe('cancelled')
  })

  it.each([200, 206])('is not listened to for longer than the file is long (HTTP %i)', async (code) => {
    const left = Promise.withResolvers<undefined>()
    stage.answer = (_, response) => {
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
    const problem = problemOf(await stage.check())
    await left.promise
    expect(problem.message).toMatch(code === 200 ? /is 10 GB, but/ : /isn’t the prepared clip/)
  })

  it('when the prepared file itself is gone, says so', async () => {
    stage.answer = stage.serve
    expect(problemOf(await stage.check({ file: { path: '/nowhere/clip.mp4', bytes: 10 } }))).toMatchObject({
      code: 'file-unreadable',
      detail: 'ENOENT',
    })
  })
})
