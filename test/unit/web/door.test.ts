import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { aFace, askPort, ticket, token } from './a-face.ts'

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; " +
  "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'"

describe('the address with the token', () => {
  it('leaves a cookie that only this server reads, and leads to an address without the token', async () => {
    const { knock, port, address } = await aFace()
    expect(address).toBe(`http://127.0.0.1:${port}/?token=${token}`)
    const answer = await knock(`/?token=${token}`)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']).toEqual([
      `understudy-${port}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    ])
    const page = await knock('/', { headers: { cookie: answer.headers['set-cookie']![0]!.split(';')[0]! } })
    expect(page.status).toBe(200)
    expect(page.body.toString()).toContain('Understudy')
  })

  it.each(['wrong', '', `${token}x`, token.slice(1), 'ü'])(
    'is refused when the token is %j',
    async (given) => {
      const { knock, cookie } = await aFace()
      const answer = await knock(`/?token=${encodeURIComponent(given)}`, { headers: { cookie } })
      expect(answer.status).toBe(403)
      expect(answer.headers['set-cookie']).toBeUndefined()
    },
  )
})

describe('the ticket of the window', () => {
  it('lets in once and never again, because command lines can be read by others', async () => {
    const { knock, cookie, windowAddress, origin } = await aFace()
    expect(windowAddress).toBe(`${origin}/?token=${ticket}`)
    const first = await knock(`/?token=${ticket}`)
    expect(first.status).toBe(303)
    expect(first.headers['set-cookie']?.[0]).toContain(`${cookie};`)
    expect((await knock(`/?token=${ticket}`)).status).toBe(403)
    expect((await knock(`/?token=${token}`)).status).toBe(303)
  })

  it('is not spent by somebody at a wrong host, and is no cookie', async () => {
    const { knock, port } = await aFace()
    expect((await knock(`/?token=${ticket}`, { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await knock('/', { headers: { cookie: `understudy-${port}=${ticket}` } })).status).toBe(403)
    expect((await knock(`/?token=${ticket}`)).status).toBe(303)
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

  it.each([
    ['a wrong one', (port: number) => `understudy-${port}=wrong`],
    ['that of another port', (port: number) => `understudy-${port + 1}=${token}`],
    ['one whose name only ends alike', (port: number) => `x-understudy-${port}=${token}`],
  ])('but with %s, the page is refused', async (_, cookieFor) => {
    const { knock, port } = await aFace()
    expect((await knock('/', { headers: { cookie: cookieFor(port) } })).status).toBe(403)
  })

  it('but with other cookies beside the right one, the page is shown', async () => {
    const { knock, port, cookie } = await aFace()
    const both = `a=b; understudy-${port}=old; ${cookie}`
    expect((await knock('/', { headers: { cookie: both } })).status).toBe(200)
  })
})

describe('the Host header', () => {
  it.each([
    (port: number) => `evil.example:${port}`,
    (port: number) => `127.0.0.1.evil.example:${port}`,
    () => '127.0.0.1',
    (port: number) => `127.0.0.1:${port + 1}`,
    (port: number) => `[::1]:${port}`,
    (port: number) => `0.0.0.0:${port}`,
    (port: number) => `user@127.0.0.1:${port}`,
    (port: number) => `127.0.0.1:${port}, evil.example`,
  ])('%s is refused, with token and cookie too', async (hostFor) => {
    const { knock, cookie, port } = await aFace()
    const headers = { host: hostFor(port), cookie }
    expect((await knock('/', { headers })).status).toBe(403)
    expect((await knock(`/?token=${token}`, { headers })).status).toBe(403)
  })

  it('may name this machine either way', async () => {
    const { knock, cookie, port } = await aFace()
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
    const answers = await Promise.all(hosts.map((host) => knock('/', { headers: { host, cookie } })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  it('is not replaced by a full address on the request line', async () => {
    const { knock, cookie, port } = await aFace()
    expect((await knock('http://evil.example/', { headers: { cookie } })).status).toBe(403)
    expect((await knock(`http://127.0.0.1:${port}/`, { headers: { cookie } })).status).toBe(403)
  })
})

const strangers = [
  (port: number) => `http://127.0.0.1:${port + 1}`,
  (port: number) => `https://127.0.0.1:${port}`,
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
    const upload = await knock('/upload', {
      method: 'POST',
      headers: { cookie, 'x-file-name': 'a' },
      body: 'x',
    })
    expect(upload.status).toBe(403)
    const lonely = new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers: { cookie } })
    const [error] = await once(lonely, 'error')
    expect(String(error)).toContain('403')
  })
})

describe('a socket', () => {
  it.each([
    ['without a cookie', { cookie: '' }, '/socket'],
    ['with the token in its address instead of a cookie', { cookie: '' }, `/?token=${token}`],
    ['at another address', {}, '/other'],
    ['at another host name', { host: 'evil.example' }, '/socket'],
  ])('%s is refused', async (_, headers, path) => {
    const { socket, sockets } = await aFace()
    const [error] = await once(socket(headers, path), 'error')
    expect(String(error)).toContain('403')
    expect(sockets.count()).toBe(0)
  })
})

describe('every answer', () => {
  it('carries the exact policy and its companions, refusals and errors too', async () => {
    const { ask, knock, shelf } = await aFace()
    const media = shelf.publishBytes(new Uint8Array(1), 'image/png')
    const answers = [
      await ask('/'),
      await ask('/assets/index-Ab3_x-9Z.js'),
      await ask('/nothing'),
      await ask(media),
      await knock('/'),
      await knock(`/?token=${token}`),
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

  it('allows no other site to read it', async () => {
    const { ask } = await aFace()
    const headers = (await ask('/')).headers
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('while developing', () => {
  const devRenderer = new URL('http://localhost:5173/')

  it('the page of the dev server may read, upload and connect, and the address leads there', async () => {
    const { knock, port, socket, cookie, address } = await aFace({ devRenderer })
    expect(address).toBe(`http://localhost:${port}/?token=${token}`)
    const entered = await askPort(port, `/?token=${token}`, { headers: { host: `localhost:${port}` } })
    expect(entered.headers.location).toBe('http://localhost:5173/')
    const headers = { host: 'localhost:5173', origin: 'http://localhost:5173', cookie }
    expect((await knock('/', { headers })).status).toBe(200)
    const upload = { method: 'POST', headers: { ...headers, 'x-file-name': 'a.png' }, body: 'x' }
    expect((await knock('/upload', upload)).status).toBe(200)
    await once(socket(headers), 'open')
  })

  it('that page is refused when nobody develops', async () => {
    const { knock, cookie } = await aFace()
    expect((await knock('/', { headers: { host: 'localhost:5173', cookie } })).status).toBe(403)
  })
})
