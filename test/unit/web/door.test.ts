import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { aFace, enter, host, session } from './a-face.ts'

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; " +
  "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'"

const pathOf = (address: string) => new URL(address).pathname + new URL(address).search

describe('an address with a ticket', () => {
  it('leaves a cookie that says nothing of the ticket, and leads to an address without one', async () => {
    const { knock, port, address } = await aFace()
    const given = address()
    expect(given).toBe(`http://${host}:${port}/?ticket=ticket-1`)
    const answer = await knock(pathOf(given))
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']).toEqual([`understudy=${session}; HttpOnly; SameSite=Lax; Path=/`])
    const page = await knock('/', { headers: { cookie: answer.headers['set-cookie']![0]!.split(';')[0]! } })
    expect(page.status).toBe(200)
    expect(page.body.toString()).toContain('Understudy')
  })

  it('lets in once, and is worth nothing in a history or a log from then on', async () => {
    const { knock, address } = await aFace()
    let spent = 0
    const path = pathOf(address(() => (spent += 1)))
    expect((await knock(path)).status).toBe(303)
    const again = await knock(path)
    expect(again.status).toBe(403)
    expect(again.headers['set-cookie']).toBeUndefined()
    expect(again.body.toString()).toContain('newest address')
    expect(spent).toBe(1)
  })

  it('that was used leads its own browser to the page again', async () => {
    const { knock, address, cookie } = await aFace()
    const path = pathOf(address())
    await knock(path)
    expect(await knock(path, { headers: { cookie } })).toMatchObject({
      status: 303,
      headers: { location: '/' },
    })
  })

  it.each(['wrong', '', 'ticket-', 'ü'])('is refused when the ticket is %j', async (given) => {
    const { knock, address } = await aFace()
    address()
    const answer = await knock(`/?ticket=${encodeURIComponent(given)}`)
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('is not spent at a wrong host, by a preview of its headers, from another site, or as a cookie', async () => {
    const { knock, address } = await aFace()
    const path = pathOf(address())
    expect((await knock(path, { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await knock(path, { method: 'HEAD' })).status).toBe(403)
    expect((await knock(path, { headers: { origin: 'http://evil.example' } })).status).toBe(403)
    expect((await knock('/', { headers: { cookie: 'understudy=ticket-1' } })).status).toBe(403)
    expect((await knock(path)).status).toBe(303)
  })
})

describe('the names of the machine', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]'])(
    'lead from %s to the name of this start, with a good ticket only',
    async (name) => {
      const { knock, port, address, cookie } = await aFace()
      const headers = { host: `${name}:${port}`, cookie }
      const path = pathOf(address())
      const led = await knock(path, { headers })
      expect(led).toMatchObject({ status: 307, headers: { location: `http://${host}:${port}${path}` } })
      expect(led.headers['set-cookie']).toBeUndefined()
      // Not spent on the way.
      expect((await knock(path)).status).toBe(303)
      for (const other of [path, '/', '/media/m_x', '/?ticket=wrong']) {
        const refused = await knock(other, { headers })
        expect(refused.status).toBe(403)
        expect(JSON.stringify([refused.headers, refused.body.toString()])).not.toContain(host)
      }
    },
  )

  it('are both ours: nothing else answers at ::1', async () => {
    const { address } = await aFace()
    const { port } = new URL(address())
    const squatter = createServer().listen(Number(port), '::1')
    const [error] = await once(squatter, 'error')
    expect(String(error)).toMatch(/EADDRINUSE|EADDRNOTAVAIL/)
  })

  it('two studios share no cookie, since each has a name of its own', async () => {
    const { address } = await aFace()
    const { headers } = await enter(address())
    expect(headers.host.split(':')[0]).toBe(host)
    expect(headers.cookie).toBe(`understudy=${session}`)
  })
})

describe('without the cookie', () => {
  it.each(['/', '/assets/index-Ab3_x-9Z.js', '/media/m_x', '/socket', '/favicon.ico', '/?x=1'])(
    '%s is refused in plain words',
    async (path) => {
      const { knock } = await aFace()
      const answer = await knock(path)
      expect(answer.status).toBe(403)
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
      expect(answer.body.toString()).toMatch(/^Open Understudy/)
    },
  )

  it('an upload is refused before a byte of it is kept', async () => {
    const { knock, origin, folder } = await aFace()
    const answer = await knock('/upload', {
      method: 'POST',
      headers: { origin, 'x-file-name': 'a.mp4' },
      body: 'x',
    })
    expect(answer.status).toBe(403)
    expect(await readdir(folder)).not.toContain('dropped')
  })

  it('an upload that is refused keeps no connection open, however long it says it is', async () => {
    const { port } = await aFace()
    const caller = connect(port, '127.0.0.1')
    const closed = once(caller, 'close')
    const told = text(caller)
    caller.write(`POST /upload HTTP/1.1\r\nHost: ${host}:${port}\r\nContent-Length: 999999999\r\n\r\nx`)
    expect(await told).toMatch(/^HTTP\/1\.1 403 /)
    await closed
  })

  it.each([
    ['a wrong one', 'understudy=wrong'],
    ['one of another name', `understudy-1=${session}`],
    ['one whose name only ends alike', `x-understudy=${session}`],
  ])('but with %s, the page is refused', async (_, cookie) => {
    const { knock } = await aFace()
    expect((await knock('/', { headers: { cookie } })).status).toBe(403)
  })

  it('but with other cookies beside the right one, the page is shown', async () => {
    const { knock, cookie } = await aFace()
    const both = `a=b; understudy=old; ${cookie}`
    expect((await knock('/', { headers: { cookie: both } })).status).toBe(200)
  })
})

describe('the Host header', () => {
  it.each([
    (port: number) => `evil.example:${port}`,
    (port: number) => `${host}.evil.example:${port}`,
    () => host,
    (port: number) => `${host}:${port + 1}`,
    (port: number) => `other.localhost:${port}`,
    (port: number) => `x.${host}:${port}`,
    (port: number) => `0.0.0.0:${port}`,
    (port: number) => `user@${host}:${port}`,
    (port: number) => `${host}:${port}, evil.example`,
  ])('%s is refused, with ticket and cookie too', async (hostFor) => {
    const { knock, cookie, port, address } = await aFace()
    const headers = { host: hostFor(port), cookie }
    expect((await knock('/', { headers })).status).toBe(403)
    expect((await knock(pathOf(address()), { headers })).status).toBe(403)
  })

  it('is not replaced by a full address on the request line', async () => {
    const { knock, cookie, port } = await aFace()
    expect((await knock('http://evil.example/', { headers: { cookie } })).status).toBe(403)
    expect((await knock(`http://127.0.0.1:${port}/`, { headers: { cookie } })).status).toBe(403)
  })
})

const strangers = [
  (port: number) => `http://${host}:${port + 1}`,
  (port: number) => `https://${host}:${port}`,
  (port: number) => `http://127.0.0.1:${port}`,
  (port: number) => `http://localhost:${port}`,
  () => 'http://evil.example',
  () => 'null',
]

describe('the Origin header', () => {
  it.each(strangers)('%s may neither read, upload nor connect', async (originFor) => {
    const { ask, socket, port } = await aFace()
    const origin = originFor(port)
    expect((await ask('/', { headers: { origin } })).status).toBe(403)
    expect((await ask('/upload', { method: 'POST', headers: { origin, 'x-file-name': 'a' } })).status).toBe(
      403,
    )
    const [error] = await once(socket({ origin }), 'error')
    expect(String(error)).toContain('403')
  })

  it('must be there for an upload and for a socket', async () => {
    const { knock, cookie, port } = await aFace()
    const page = { host: `${host}:${port}`, cookie }
    const upload = await knock('/upload', {
      method: 'POST',
      headers: { ...page, 'x-file-name': 'a' },
      body: 'x',
    })
    expect(upload.status).toBe(403)
    const lonely = new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers: page })
    const [error] = await once(lonely, 'error')
    expect(String(error)).toContain('403')
  })
})

describe('a socket', () => {
  it.each([
    ['without a cookie', { cookie: '' }, '/socket'],
    ['with a ticket in its address instead of a cookie', { cookie: '' }, '/?ticket=ticket-1'],
    ['at another address', {}, '/other'],
    ['at another host name', { host: 'evil.example' }, '/socket'],
  ])('%s is refused', async (_, headers, path) => {
    const { socket, sockets, address } = await aFace()
    address()
    const [error] = await once(socket(headers, path), 'error')
    expect(String(error)).toContain('403')
    expect(sockets.count()).toBe(0)
  })
})

describe('every answer', () => {
  it('carries the exact policy and its companions, refusals and errors too', async () => {
    const { ask, knock, fileTokens, address } = await aFace()
    const media = fileTokens.serveBytes(new Uint8Array(1), 'image/png')
    const answers = [
      await ask('/'),
      await ask('/assets/index-Ab3_x-9Z.js'),
      await ask('/nothing'),
      await ask(media),
      await knock('/'),
      await knock(pathOf(address())),
      await ask('/upload', { method: 'POST' }),
      await ask('/\\x'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 403, 303, 400, 400])
    for (const { headers } of answers)
      expect(headers).toMatchObject({
        'content-security-policy': csp,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
  })

  it('is kept by no cache, but for the hashed parts of the page', async () => {
    const { ask, knock, fileTokens, address } = await aFace()
    const media = fileTokens.serveBytes(new Uint8Array(1), 'image/png')
    const answers = [await ask('/'), await ask('/nothing'), await ask(media), await knock('/')]
    answers.push(await knock(pathOf(address())), await ask('/upload', { method: 'POST' }))
    for (const { headers } of answers) expect(headers['cache-control']).toBe('no-store')
  })

  it('allows no other site to read it', async () => {
    const { ask } = await aFace()
    const headers = (await ask('/')).headers
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('while developing', () => {
  const devRenderer = new URL('http://localhost:5173/')

  it('the page of the dev server may read, upload and connect, and the address leads there', async () => {
    const { knock, socket, cookie, address } = await aFace({ devRenderer })
    const entered = await knock(pathOf(address()))
    expect(entered.headers.location).toBe(`http://${host}:5173/`)
    const headers = { host: `${host}:5173`, origin: `http://${host}:5173`, cookie }
    expect((await knock('/', { headers })).status).toBe(200)
    const upload = { method: 'POST', headers: { ...headers, 'x-file-name': 'a.png' }, body: 'x' }
    expect((await knock('/upload', upload)).status).toBe(200)
    await once(socket(headers), 'open')
  })

  it('that page is refused when nobody develops', async () => {
    const { knock, cookie } = await aFace()
    expect((await knock('/', { headers: { host: `${host}:5173`, cookie } })).status).toBe(403)
  })
})
