import { get } from 'node:https'
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatNetwork } from '../../../src/main/cli/commands/doctor.ts'
import { agentsOver } from '../../../src/main/network/agents.ts'
import { examineNetwork } from '../../../src/main/network/examine.ts'
import { direct, readProxy } from '../../../src/main/network/routes.ts'
import { forTool } from '../../../src/main/system/environment.ts'
import { networkStage, service } from '../../support/servers/network-stage.ts'
import { someAccounts } from '../../support/library/some-accounts.ts'

const stage = networkStage()
const cleanups: (() => void)[] = []
beforeEach(() => {
  stage.healthy()
})
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

const unknown = () => Promise.reject(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }))
const address = `https://${service}`
const examine = async (network = stage.network()) => (await examineNetwork(network, [address])).findings[0]

describe('what is in the way of a service', () => {
  it('is nothing where it answers, whatever it says, and no key is sent to find out', async () => {
    stage.answer((_request, response) => response.writeHead(404).end())
    expect(await examine()).toEqual({
      host: service,
      way: `through the proxy 127.0.0.1:${String(stage.proxy.port)} (set in HTTPS_PROXY)`,
      obstacle: null,
      message: `${service} answers.`,
      advice: null,
    })
    expect(stage.heard).toEqual([{ method: 'HEAD', url: '/', body: '' }])
  })

  it('is told apart: name, proxy, certificate, address, connection, service', async () => {
    const found: string[] = []
    const look = async (network = stage.network()) => {
      const finding = await examine(network)
      found.push(`${String(finding?.obstacle)}: ${String(finding?.advice).slice(0, 30)}`)
    }
    const { lookup } = { lookup: () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]) }
    const closed = () => connect(1, '127.0.0.1')
    await look(stage.network({ ways: [direct], lookup: unknown }))
    await look(stage.network({ ways: [readProxy('127.0.0.1:1', 'HTTPS_PROXY')] }))
    await look(stage.network({ roots: () => [] }))
    await look(stage.network({ ways: [direct], lookup }))
    await look(stage.network({ ways: [direct], dial: closed }))
    stage.answer((_request, response) => response.writeHead(503).end())
    await look()
    stage.answer((request) => request.socket.destroy())
    await look()
    expect(found).toEqual([
      'dns: Check your internet connection',
      'proxy: Check that it’s running and th',
      'certificate: If your network inspects conne',
      'address: Check the address. If it’s cor',
      'connection: Check your internet connection',
      'service: The network works, but the ser',
      'service: The network works, but the ser',
    ])
  })

  it('is printed with what to do', async () => {
    stage.proxy.behave({ kind: 'refuse', status: 407 })
    const report = await examineNetwork(stage.network(), [address])
    const words = formatNetwork({ ...report, note: 'A note.' }, false)
    expect(words).toContain(`blocked: proxy  ${service}, through the proxy`)
    expect(words).toMatch(/needs a name and a password\.\n {4}Set HTTPS_PROXY=http:\/\/NAME:PASSWORD@/)
    expect(words).toMatch(/A note\.\nSome services can’t be reached\.$/)
  })

  it('is named by the test of an account, which a proxy’s answer never passes or fails', async () => {
    const key = { UNDERSTUDY_KLING_KEY: 'a-key-of-a-user' }
    const body = '{"code":1000,"message":"of the proxy"}'
    stage.proxy.behave({ kind: 'refuse', status: 403, headers: 'content-type: application/json\r\n', body })
    const { accounts } = someAccounts(key, { network: stage.network() })
    const tested = await accounts.test({ provider: 'kling', baseUrl: address })
    expect(tested).toMatchObject({
      value: {
        verdict: 'undecided',
        obstacle: 'proxy',
        message: expect.stringMatching(
          /^The key wasn’t tested\. The proxy .* refuses connections to .* \(HTTP 403\)/,
        ),
      },
    })
    stage.healthy()
    stage.answer((_request, response) => response.end('{"code":1000,"message":"bad key"}'))
    expect(await accounts.test({ provider: 'kling', baseUrl: address })).toMatchObject({
      value: { verdict: 'refused' },
    })
  })

  it('is looked for at every account and at the bucket, and without an account at all services', async () => {
    const nowhere = { network: stage.network({ ways: [direct], lookup: unknown }) }
    const hosts = async (environment: Readonly<Record<string, string>>) => {
      const report = await someAccounts(environment, nowhere).accounts.examineNetwork()
      return report.findings.map(({ host }) => host)
    }
    expect(await hosts({})).toHaveLength(5)
    const bucket = { UNDERSTUDY_S3_ENDPOINT: 'https://s3.kling.test', UNDERSTUDY_S3_BUCKET: 'b' }
    expect(await hosts({ UNDERSTUDY_OXEN_KEY: 'a-key-of-a-user', ...bucket })).toEqual([
      'hub.oxen.ai',
      's3.kling.test',
    ])
  })
})

it('agents for a library go the same way, and use a connection again', async () => {
  const { httpsAgent } = agentsOver(stage.network())
  cleanups.push(() => {
    httpsAgent.destroy()
  })
  const fetchOnce = () =>
    new Promise<string>((resolve, reject) => {
      get({ host: service, agent: httpsAgent }, (response) => {
        response.setEncoding('utf8').once('data', resolve)
      }).on('error', reject)
    })
  expect([await fetchOnce(), stage.proxy.asked.length]).toEqual(['hello', 2])
  stage.proxy.behave({ kind: 'refuse', status: 403 })
  httpsAgent.destroy()
  await expect(fetchOnce()).rejects.toThrow(/refuses connections/)
})

/** A SOCKS 5 proxy that wants a name and a password where it is told one. */
async function socksProxy(password: string | null, reply = 0) {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => undefined)
    let step = password === null ? 'greeting' : 'greeting-with-password'
    client.on('data', (chunk) => {
      if (step === 'greeting') {
        client.write(Buffer.of(5, 0))
        step = 'request'
      } else if (step === 'greeting-with-password') {
        client.write(Buffer.of(5, chunk.includes(2, 2) ? 2 : 255))
        step = 'password'
      } else if (step === 'password') {
        client.write(Buffer.of(1, chunk.toString().endsWith(password ?? '') ? 0 : 1))
        step = 'request'
      } else if (step === 'request') {
        const length = chunk[4] ?? 0
        asked.push(`${chunk.toString('latin1', 5, 5 + length)}:${String(chunk.readUInt16BE(5 + length))}`)
        client.write(Buffer.of(5, reply, 0, 1, 0, 0, 0, 0, 0, 0))
        client.removeAllListeners('data')
        const server = connect(stage.port, '127.0.0.1')
        sockets.add(server)
        server.on('error', () => undefined)
        client.pipe(server).pipe(client)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const network = (user = '') =>
    stage.network({ ways: [readProxy(`socks5://${user}127.0.0.1:${String(port)}`, 'ALL_PROXY')] })
  return { asked, network }
}

describe('a SOCKS 5 proxy', () => {
  it.each([
    [null, ''],
    ['p@ss', 'me:p%40ss@'],
  ])('with the password %s carries a request to the name', async (password, user) => {
    const { asked, network } = await socksProxy(password)
    expect(await examine(network(user))).toMatchObject({ obstacle: null })
    expect(new Set(asked)).toEqual(new Set([`${service}:443`]))
    expect(stage.heard).toHaveLength(1)
  })

  it('says why it does not, in the user’s words', async () => {
    const wanting = await socksProxy('secret')
    expect(await examine(wanting.network())).toMatchObject({
      message: expect.stringMatching(/needs a name and a password/),
    })
    expect(await examine(wanting.network('me:wrong@'))).toMatchObject({
      message: expect.stringMatching(/doesn’t accept/),
    })
    const refusing = await socksProxy(null, 2)
    expect(await examine(refusing.network())).toMatchObject({
      message: expect.stringMatching(/its rules forbid it/),
    })
    const web = stage.network({
      ways: [readProxy(`socks5://127.0.0.1:${String(stage.proxy.port)}`, 'ALL_PROXY')],
    })
    expect(await examine(web)).toMatchObject({
      obstacle: 'proxy',
      message: expect.stringMatching(/like a proxy/),
    })
    expect(stage.heard).toEqual([])
  })
})

it('a tool is started without proxies, whose addresses may hold a password', () => {
  const env = {
    PATH: '/bin',
    https_proxy: 'a',
    HTTP_PROXY: 'b',
    ALL_PROXY: 'c',
    UNDERSTUDY_OXEN_KEY: 'd',
    NO_PROXY: 'e',
  }
  expect(forTool(env)).toEqual({ PATH: '/bin', NO_PROXY: 'e' })
})
