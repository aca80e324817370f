import { Socket } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import { Unreached } from '../../../src/main/network/unreached.ts'
import { direct, readProxy } from '../../../src/main/network/routes.ts'
import { getStream } from '../../../src/main/providers/http/get-stream.ts'
import { ask, submitOnce } from '../../../src/main/providers/http/http.ts'
import { networkStage, service } from '../../support/servers/network-stage.ts'

const stage = networkStage()
beforeEach(() => {
  stage.healthy()
})

const whyOf = (connecting: Promise<unknown>): Promise<Unreached> =>
  connecting.then(
    () => {
      throw new Error('it was reached')
    },
    (error: unknown) => {
      if (error instanceof Unreached) return error
      throw error
    },
  )

/** A network that knows already that it needs the system's roots. */
async function usedNetwork() {
  const network = stage.network()
  ;(await network.connect(stage.url)).destroy()
  stage.healthy()
  return network
}

/** One paid request as the takes send it; `wire` counts the moments just before a first byte. */
async function pay(network = stage.network()) {
  let wire = 0
  const submission = {
    url: stage.url,
    headers: { 'content-type': 'application/json' },
    body: '{"paid":true}',
  }
  const end = await submitOnce(network, submission, () => {
    wire += 1
  })
  return { end, wire }
}

describe('a paid request through a proxy', () => {
  it('arrives once, over a tunnel of its own to the name, which the proxy resolves', async () => {
    const network = await usedNetwork()
    const { end, wire } = await pay(network)
    expect(end).toMatchObject({ kind: 'answer', answer: { status: 200, body: 'hello' } })
    expect({ wire, heard: stage.heard.map(({ body }) => body) }).toEqual({
      wire: 1,
      heard: ['{"paid":true}'],
    })
    expect(stage.proxy.asked).toEqual([{ place: `${service}:443`, credentials: null }])
    await pay(network)
    expect(stage.proxy.asked).toHaveLength(2)
  })

  it('names itself to a proxy that wants it, with every character of the password', async () => {
    await pay(stage.network({ ways: [stage.route('me:p%40ss%3A1@')] }))
    const [{ credentials } = { credentials: null }] = stage.proxy.asked
    expect(credentials).toBe(`Basic ${Buffer.from('me:p@ss:1').toString('base64')}`)
  })

  it.each([
    [407, 'proxy-authenticate: Basic realm="x"\r\n', /needs a name and a password/],
    [
      407,
      'proxy-authenticate: Negotiate\r\nproxy-authenticate: NTLM\r\n',
      /doesn’t support \(Negotiate, NTLM\)/,
    ],
    [403, '', /refuses connections to api\.kling\.test \(HTTP 403\)/],
    [502, '', /couldn’t reach api\.kling\.test \(HTTP 502\)/],
    [302, 'location: https://login.example/\r\n', /refuses connections .*HTTP 302/],
  ])('is unsent when the proxy answers %i itself, whatever its page says', async (status, headers, words) => {
    const body = '{"code":0,"data":{"task_id":"of-the-proxy"}}'
    stage.proxy.behave({ kind: 'refuse', status, headers, body })
    const { end, wire } = await pay()
    expect(end).toMatchObject({ kind: 'unsent', why: expect.stringMatching(words) })
    expect({ wire, heard: stage.heard, through: stage.proxy.through() }).toEqual({
      wire: 0,
      heard: [],
      through: 0,
    })
  })

  it.each([
    [{ kind: 'close' }, /doesn’t answer like a proxy/],
    [{ kind: 'babble' }, /its own bytes into the tunnel/],
  ] as const)('is unsent when the proxy does this: %o', async (manners, words) => {
    stage.proxy.behave(manners)
    const { end, wire } = await pay()
    expect(end).toMatchObject({ kind: 'unsent', why: expect.stringMatching(words) })
    expect(wire).toBe(0)
  })

  it('is unsent when the proxy closes during the handshake, and unknown once a byte of it went in', async () => {
    stage.proxy.behave({ kind: 'cut', port: stage.port, after: 0 })
    const cut = await pay()
    expect(cut).toMatchObject({
      end: { kind: 'unsent', why: expect.stringMatching(/couldn’t make a secure connection/) },
      wire: 0,
    })

    stage.healthy()
    const network = await usedNetwork()
    await pay(network)
    const whole = stage.proxy.through()
    stage.healthy()
    stage.proxy.behave({ kind: 'cut', port: stage.port, after: whole - 40 })
    const { end, wire } = await pay(network)
    expect({ kind: end.kind, wire, heard: stage.heard.length }).toEqual({
      kind: 'unknown',
      wire: 1,
      heard: 0,
    })
  })

  it('is unknown when the proxy closes before the answer came', async () => {
    stage.answer((request) => request.socket.destroy())
    const { end, wire } = await pay()
    expect({ kind: end.kind, wire, heard: stage.heard.length }).toEqual({
      kind: 'unknown',
      wire: 1,
      heard: 1,
    })
  })

  it('is never sent to where an answer redirects', async () => {
    const network = await usedNetwork()
    stage.answer((_request, response) =>
      response.writeHead(307, { location: 'https://elsewhere.test/' }).end(),
    )
    expect((await pay(network)).end).toMatchObject({ kind: 'answer', answer: { status: 307 } })
    expect(stage.proxy.asked).toHaveLength(1)
  })

  it('ends when it is cancelled while the proxy hangs, and nothing stays open', async () => {
    stage.proxy.behave({ kind: 'hang' })
    const stop = new AbortController()
    const ending = whyOf(stage.network().connect(stage.url, stop.signal))
    await expect.poll(() => stage.proxy.asked.length).toBe(1)
    stop.abort()
    expect((await ending).message).toBe('cancelled')
    await expect.poll(() => stage.proxy.open()).toBe(0)
  })
})

describe('the ways to the outside', () => {
  const nowhere = readProxy('http://127.0.0.1:1', 'the proxy settings of this system')

  it('are tried in their order while nothing answers, as a proxy script means them', async () => {
    const { end } = await pay(stage.network({ ways: [nowhere, stage.route()] }))
    expect(end.kind).toBe('answer')
  })

  it('end at a proxy that says no', async () => {
    stage.proxy.behave({ kind: 'refuse', status: 403 })
    const refused = await whyOf(stage.network({ ways: [stage.route(), direct] }).connect(stage.url))
    expect(refused.obstacle).toBe('proxy')
  })

  it('name the proxy that cannot be reached, and never its password', async () => {
    const closed = readProxy('http://me:secret-word@127.0.0.1:1', 'HTTPS_PROXY')
    const { obstacle, message, advice } = await whyOf(stage.network({ ways: [closed] }).connect(stage.url))
    expect({ obstacle, message }).toEqual({
      obstacle: 'proxy',
      message: 'The proxy 127.0.0.1:1 (set in HTTPS_PROXY) can’t be reached (ECONNREFUSED).',
    })
    expect(message + advice).not.toContain('secret-word')
  })

  it('are closed where a proxy is set that nobody can use: the request does not go without it', async () => {
    const odd = readProxy('ftp://proxy.corp:21', 'ALL_PROXY')
    const why = await whyOf(stage.network({ ways: [odd] }).connect(stage.url))
    expect(why.message).toBe(
      'The proxy set in ALL_PROXY can’t be used. Its type (ftp) must be http, https or socks5.',
    )
  })

  it.each([
    'https://10.0.0.1/',
    'https://198.18.0.1/',
    'https://[fd00::1]/',
    'https://intranet/',
    'https://nas.local/',
  ])('lead no proxy to %s', async (address) => {
    expect((await whyOf(stage.network().connect(new URL(address)))).obstacle).toBe('address')
    expect(stage.proxy.asked).toEqual([])
  })

  it('serve questions and downloads as well, each hop of these by its own tunnel', async () => {
    stage.answer(({ url }, response) => {
      if (url === '/first') response.writeHead(302, { location: 'https://files.kling.test/second' }).end()
      else response.end('the file')
    })
    const network = stage.network({ roots: () => [stage.authority.root] })
    const asked = await ask(network, { url: new URL(`https://${service}/task`), headers: {} })
    expect(asked).toMatchObject({ kind: 'answer', answer: { body: 'the file' } })
    const end = await getStream({
      ...{ network, url: `https://${service}/first`, headers: {}, loopback: false, signal: undefined },
    })
    // The second name is not in the certificate, so that hop shows where it went and why it failed.
    expect(end).toMatchObject({
      kind: 'silent',
      why: expect.stringMatching(/certificate for other names/),
    })
    expect(stage.proxy.asked.map(({ place }) => place)).toContain('files.kling.test:443')
  })
})

describe('a name that is looked up here', () => {
  const dialled: string[] = []
  const lookingUp = (...addresses: readonly string[]) =>
    stage.network({
      ways: [direct],
      lookup: () =>
        Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))),
      dial: ({ lookup, host = '', port }) => {
        const socket = new Socket()
        lookup?.(host, { all: true }, (error, found) => {
          if (error) socket.destroy(error)
          else {
            dialled.push(...[found].flat().map((one) => (typeof one === 'string' ? one : one.address)))
            socket.connect(port === 443 ? stage.port : port, '127.0.0.1')
          }
        })
        return socket
      },
    })
  beforeEach(() => {
    dialled.length = 0
  })

  it('may lead to the stand-ins of a fake-IP resolver, and to nothing else it answers then', async () => {
    const socket = await lookingUp('fc00::7', '198.18.3.4').connect(stage.url)
    socket.destroy()
    expect([...new Set(dialled)]).toEqual(['198.18.3.4'])
  })

  it.each(['192.168.1.7', '127.0.0.1', '0.0.0.0', 'fd00::1', '169.254.169.254'])(
    'never leads to %s, with another address beside it or alone',
    async (address) => {
      for (const addresses of [[address], ['93.184.216.34', address]]) {
        const why = await whyOf(lookingUp(...addresses).connect(stage.url))
        expect(why.obstacle).toBe('address')
        expect(why.message).toBe(`${service} points at a private address.`)
      }
      expect(dialled).toEqual([])
    },
  )

  it('that nobody knows is said to be unknown', async () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
    const network = stage.network({ ways: [direct], lookup: () => Promise.reject(unknown) })
    expect(await whyOf(network.connect(stage.url))).toMatchObject({
      obstacle: 'dns',
      message: `DNS couldn’t find ${service} (ENOTFOUND).`,
    })
  })
})

describe('a certificate', () => {
  it('of the system’s own authorities is trusted, and these are read only when one is needed, once', async () => {
    let reads = 0
    const network = stage.network({
      roots: () => {
        reads += 1
        return [stage.authority.root]
      },
    })
    for (let times = 0; times < 3; times += 1) (await network.connect(stage.url)).destroy()
    expect(reads).toBe(1)
    // Two tries for the first connection, one for each after it.
    expect(stage.proxy.asked).toHaveLength(4)
  })

  it('that nobody trusts is named, with who issued it and its fingerprint, and nothing is sent', async () => {
    const { end, wire } = await pay(stage.network({ roots: () => [] }))
    expect(end).toMatchObject({
      kind: 'unsent',
      why: expect.stringMatching(
        /doesn’t trust .* Its certificate: api\.kling\.test, for api\.kling\.test; issued by Test company root; valid from .*; SHA-256 [A-F0-9:]{95}\./,
      ),
    })
    expect({ wire, heard: stage.heard }).toEqual({ wire: 0, heard: [] })
  })

  it.each([
    [() => stage.authority.issue('other.example'), /certificate for other names/],
    [() => stage.authority.issue(service, -1), /clock, the certificate of .* is out of date/],
  ])('that does not fit is told apart', async (issue, words) => {
    stage.proxy.behave({ kind: 'pass', port: await stage.serve(issue()) })
    const why = await whyOf(stage.network().connect(stage.url))
    expect(why.obstacle).toBe('certificate')
    expect(why.message).toMatch(words)
  })
})
