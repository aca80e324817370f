import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/main/system/clock.ts'
import { quickTunnel, createTunnelHost } from '../../src/main/hosting/tunnel.ts'
import type { ClipHost } from '../../src/main/hosting/hosts.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import { keptNote, noiseFile, problemOf, valueOf } from '../support/servers/hosting-kit.ts'
import { waitUntil } from '../support/processes/wait-until.ts'

const accepts = /http:\/\/127\.0\.0\.1:\d+(?=[\s|])/
const standIn = fileURLToPath(new URL('../support/processes/cloudflared-stand-in.ts', import.meta.url))

let folder: string
let program: string
let pidFile: string
const hosts: ClipHost[] = []

/** The stand-in as an executable of its own, in one of its moods. */
async function install(mode = ''): Promise<void> {
  const environment = `STAND_IN_PIDS='${pidFile}' STAND_IN_MODE='${mode}'`
  await writeFile(program, `#!/bin/sh\n${environment} exec '${process.execPath}' '${standIn}' "$@"\n`)
  await chmod(program, 0o755)
}

function newHost(change = {}): ClipHost {
  const host = createTunnelHost({
    find: () => program,
    run: createRunTool(),
    clock: { ...systemClock, sleep: (_, signal) => systemClock.sleep(2 ** 31, signal) },
    log: () => {},
    accepts,
    ...change,
  })
  hosts.push(host)
  return host
}

const pids = async () =>
  (await readFile(pidFile, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number)

/** Running and not merely waiting to be reaped. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const state = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => 'gone) X')
  return process.platform !== 'linux' || !/\) [ZX]/.test(state)
}
const alive = async () => {
  const living = await Promise.all((await pids()).map(async (pid) => ((await isAlive(pid)) ? [pid] : [])))
  return living.flat()
}
const gone = () => waitUntil(async () => ((await alive()).length === 0 ? true : null))

/** A request as it is written, without the tidying a URL object would do. */
async function raw(origin: string, path: string, method = 'GET') {
  const { hostname, port } = new URL(origin)
  const asked = request({ hostname, port, path, method, agent: false })
  asked.end(method === 'POST' ? 'some words' : undefined)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of answer) body += String(chunk)
  return { status: answer.statusCode, headers: answer.headers, body }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-tunnel-'))
  program = join(folder, 'cloudflared')
  pidFile = join(folder, 'pids')
  await install()
})

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()))
  await rm(folder, { recursive: true, force: true })
})

describe.skipIf(process.platform === 'win32')('a tunnel', () => {
  it('hands out the file under one address, whole or in part, as the type it is, never to be kept', async () => {
    const file = await noiseFile(300_000)
    const { url, until } = valueOf(await newHost().put(file, keptNote()))
    expect(until).toBeNull()
    const whole = await fetch(url)
    expect(Buffer.from(await whole.arrayBuffer()).equals(file.content)).toBe(true)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '300000',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const part = await fetch(url, { headers: { range: 'bytes=-100' } })
    expect(part.headers.get('content-range')).toBe('bytes 299900-299999/300000')
    expect(Buffer.from(await part.arrayBuffer()).equals(file.content.subarray(-100))).toBe(true)
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '300000'])
    const beyond = await fetch(url, { headers: { range: 'bytes=300000-' } })
    expect([beyond.status, await beyond.text()]).toEqual([416, ''])
  })

  it('serves the character as an image', async () => {
    const { url } = valueOf(await newHost().put(await noiseFile(1000, 'jpeg'), keptNote()))
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-type')).toBe('image/jpeg')
  })

  it('answers everything else with nothing at all', async () => {
    const file = await noiseFile(1000)
    const { url } = valueOf(await newHost().put(file, keptNote()))
    const origin = new URL(url).origin
    const name = `/${file.name}`
    const tries: readonly (readonly [string, string?])[] = [
      ['/'],
      ['/..'],
      [`/../${file.name}`],
      [`/x/..${name}`],
      [`/x${name}`],
      [`${name}/`],
      [`${name}?x`],
      [`/${name}`],
      [name.toUpperCase()],
      [name.slice(0, -1)],
      [`/%2e%2e${name}`],
      ['/etc/passwd'],
      [file.path],
      [name, 'POST'],
      [name, 'PUT'],
      [name, 'DELETE'],
      [name, 'OPTIONS'],
      [name, 'PROPFIND'],
    ]
    for (const [path, method] of tries) {
      const { status, body } = await raw(origin, path, method)
      expect({ path, method, status, body }).toEqual({ path, method, status: 404, body: '' })
    }
    expect((await raw(origin, name)).status).toBe(200)
  })

  it('is one process for all files, and it ends with the last of them', async () => {
    const host = newHost()
    const files = await Promise.all([noiseFile(1000), noiseFile(2000, 'png')])
    const urls = (await Promise.all(files.map((file) => host.put(file, keptNote())))).map(
      (put) => valueOf(put).url,
    )
    expect(await pids()).toHaveLength(1)
    expect(urls.every(host.isLive)).toBe(true)
    await host.remove(files[0].name, null)
    expect(urls.map(host.isLive)).toEqual([false, true])
    expect((await fetch(urls[0]!)).status).toBe(404)
    expect((await fetch(urls[1]!)).status).toBe(200)
    await host.remove(files[1].name, null)
    expect(await alive()).toEqual([])
    expect(await host.remove(files[1].name, null)).toEqual({ ok: true, value: null })
  })

  it('leaves no process behind when the app closes, and can be opened anew', async () => {
    const host = newHost()
    const file = await noiseFile(1000)
    const { url } = valueOf(await host.put(file, keptNote()))
    await host.close()
    expect(await alive()).toEqual([])
    expect(host.isLive(url)).toBe(false)
    const again = valueOf(await host.put(file, keptNote()))
    expect((await fetch(again.url)).status).toBe(200)
  })

  it('is noticed when it dies, and the next file opens another', async () => {
    const host = newHost()
    const file = await noiseFile(1000)
    const first = valueOf(await host.put(file, keptNote()))
    const [pid] = await pids()
    process.kill(pid!, 'SIGKILL')
    await waitUntil(async () => (host.isLive(first.url) ? null : true))
    const second = valueOf(await host.put(file, keptNote()))
    expect(second.url).not.toBe(first.url)
    expect(host.isLive(second.url)).toBe(true)
    expect(host.isLive(first.url)).toBe(false)
    expect((await fetch(second.url)).status).toBe(200)
  })

  it('says how to install cloudflared when there is none', async () => {
    const problem = problemOf(await newHost({ find: () => null }).put(await noiseFile(10), keptNote()))
    expect(problem.code).toBe('tool-missing')
    expect(problem.message).toBe(
      'cloudflared isn’t installed on this computer, so Understudy can’t open a tunnel.',
    )
    expect(problem.advice).toMatch(/^Install cloudflared/)
  })

  it('repeats the words of cloudflared when it fails, and takes no address from them', async () => {
    await install('fail')
    const problem = problemOf(await newHost({ accepts: quickTunnel }).put(await noiseFile(10), keptNote()))
    expect(problem).toMatchObject({
      code: 'provider-silent',
      message: 'cloudflared couldn’t open a tunnel to this computer.',
      detail: expect.stringContaining('no such host'),
    })
  })

  it('gives up after 30 s without an address, and leaves no process', async () => {
    await install('silent')
    const waits: number[] = []
    const sleep = async (wait: number) => {
      waits.push(wait)
      await waitUntil(async () => ((await pids()).length > 0 ? true : null))
    }
    const problem = problemOf(
      await newHost({ clock: { ...systemClock, sleep } }).put(await noiseFile(10), keptNote()),
    )
    expect(problem).toMatchObject({ code: 'provider-silent', detail: 'It gave no address within 30 s.' })
    expect(waits).toEqual([30_000])
    expect(await alive()).toEqual([])
  })

  it('does not take an address of another kind, however much is written', async () => {
    await install('noisy')
    const stop = new AbortController()
    const put = newHost().put(await noiseFile(10), keptNote(), { signal: stop.signal })
    await waitUntil(async () => ((await pids()).length > 0 ? true : null))
    stop.abort()
    expect(problemOf(await put).code).toBe('cancelled')
    expect(await alive()).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('dies with an app that is killed', async () => {
    const file = await noiseFile(1000)
    const modules = (path: string) => new URL(`../../${path}`, import.meta.url).href
    const script = `
      import { createTunnelHost } from '${modules('src/main/hosting/tunnel.ts')}'
      import { createRunTool } from '${modules('src/main/processes/run-tool.ts')}'
      import { systemClock as clock } from '${modules('src/main/system/clock.ts')}'
      const host = createTunnelHost({ find: () => '${program}', run: createRunTool(), clock, log: () => {}, accepts: ${String(accepts)} })
      const put = await host.put(${JSON.stringify(file)}, { read: () => null, write: () => {} })
      process.stdout.write(put.ok ? 'open' : JSON.stringify(put))
      setInterval(() => {}, 1000)
    `
    const app = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(app.stdout, 'data')) as [Buffer]
    expect(String(said)).toBe('open')
    expect(await alive()).toHaveLength(1)
    app.kill('SIGKILL')
    await gone()
  })
})

describe('the address of a quick tunnel', () => {
  const found = (line: string) => quickTunnel.exec(line)?.[0]

  it('is read from the banner of cloudflared', () => {
    expect(found('INF |  https://four-random-plain-words.trycloudflare.com                  |')).toBe(
      'https://four-random-plain-words.trycloudflare.com',
    )
  })

  it.each([
    'Post "https://api.trycloudflare.com/tunnel": dial tcp',
    'INF |  https://api.trycloudflare.com  |',
    'INF |  http://four-words.trycloudflare.com  |',
    'INF |  https://four-words.trycloudflare.com.evil.example  |',
    'INF |  https://evil.example/four-words.trycloudflare.com  |',
    'INF |  https://trycloudflare.com  |',
    'INF |  http://127.0.0.1:4000  |',
    'INF |  https://half-an-address.trycloudflare.com',
  ])('is not %s', (line) => {
    expect(found(line)).toBeUndefined()
  })
})
