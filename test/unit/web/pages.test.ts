import { once } from 'node:events'
import { readdir, readFile, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { WebCore } from '../../../src/main/web/core.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { aFace, eventually, responseTo } from './a-face.ts'

describe('the page', () => {
  it('is asked for anew, while its hashed parts are kept for good', async () => {
    const { ask } = await aFace()
    const page = await ask('/')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.headers['cache-control']).toBe('no-store')
    const script = await ask('/assets/index-Ab3_x-9Z.js')
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(script.headers['content-length']).toBe('9')
  })

  it.each([
    '/assets/notes.txt',
    '/assets',
    '/assets/',
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '//secret.js',
    '/secret.js%00.html',
    '/index.html/',
    '/missing.js',
    '/__proto__',
  ])('has no part called %s', async (path) => {
    const { ask } = await aFace()
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(answer.body.toString()).not.toContain('outside')
  })

  it('answers HEAD without a body', async () => {
    const { ask } = await aFace()
    const answer = await ask('/', { method: 'HEAD' })
    expect(answer.status).toBe(200)
    expect(answer.body).toHaveLength(0)
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('knows no %s', async (method) => {
    const { ask } = await aFace()
    expect((await ask('/', { method })).status).toBe(404)
  })
})

describe('an upload', () => {
  const headers = { 'x-file-name': encodeURIComponent('Tänzer 1.mp4') }

  it('is answered with a token for exactly the bytes that were sent', async () => {
    const { ask, fileTokens } = await aFace()
    const body = Buffer.alloc(700_000, 'understudy')
    const answer = await ask('/upload', { method: 'POST', headers, body })
    const outcome = JSON.parse(answer.body.toString())
    expect(outcome).toEqual({
      ok: true,
      value: { token: expect.stringMatching(/^f_/), name: 'Tänzer 1.mp4', bytes: body.length },
    })
    const path = fileTokens.path(String(outcome.value.token))
    expect((await readFile(path.ok ? path.value : '')).equals(body)).toBe(true)
  })

  it('that is too large is refused with a problem the page can show, and nothing is kept', async () => {
    const { ask, folder } = await aFace({ limit: 1000 })
    const answer = await ask('/upload', { method: 'POST', headers, body: Buffer.alloc(1001) })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      ok: false,
      problem: { code: 'file-too-large' },
    })
    expect(await readdir(join(folder, 'dropped')).catch(() => [])).toEqual([])
  })

  it.each<[Record<string, string>]>([[{}], [{ 'x-file-name': '%' }]])(
    'with the headers %j is refused',
    async (wrong) => {
      const { ask } = await aFace()
      const answer = await ask('/upload', {
        method: 'POST',
        headers: wrong,
        body: 'x',
      })
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body.toString())).toMatchObject({ ok: false, problem: { code: 'usage' } })
    },
  )

  it('that breaks off leaves nothing behind, and the server goes on', async () => {
    const { ask, port, page, folder, thrown } = await aFace()
    const upload = request({
      port,
      host: '127.0.0.1',
      path: '/upload',
      method: 'POST',
      headers: { ...page, ...headers, 'content-length': '1000' },
    })
    upload.on('error', () => undefined)
    upload.write('half of it')
    const dropped = join(folder, 'dropped')
    await eventually(() => readdir(dropped).catch(() => [])).toHaveLength(1)
    upload.destroy()
    await eventually(() => readdir(dropped)).toEqual([])
    expect((await ask('/')).status).toBe(200)
    expect(thrown).toEqual([])
  })
})

describe('media', () => {
  it('come as exact ranges', async () => {
    const { ask, fileTokens, folder } = await aFace()
    const path = join(folder, 'clip.mp4')
    await writeFile(path, '0123456789')
    const answer = await ask(fileTokens.serveUrl(path), { headers: { range: 'bytes=3-6' } })
    expect(answer.status).toBe(206)
    expect(answer.headers).toMatchObject({
      'content-range': 'bytes 3-6/10',
      'content-length': '4',
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
    })
    expect(answer.body.toString()).toBe('3456')
  })

  it('tell HEAD their length and a range behind the end their size', async () => {
    const { ask, fileTokens, folder } = await aFace()
    const path = join(folder, 'clip.mp4')
    await writeFile(path, '0123456789')
    const head = await ask(fileTokens.serveUrl(path), { method: 'HEAD' })
    expect(head.headers['content-length']).toBe('10')
    expect(head.body).toHaveLength(0)
    const beyond = await ask(fileTokens.serveUrl(path), { headers: { range: 'bytes=10-' } })
    expect(beyond.status).toBe(416)
    expect(beyond.headers['content-range']).toBe('bytes */10')
  })

  it('cut the connection when the file becomes shorter, and the server goes on', async () => {
    const { ask, fileTokens, folder, port, page } = await aFace()
    const path = join(folder, 'clip.mp4')
    await writeFile(path, Buffer.alloc(30_000_000))
    const asked = request({ port, host: '127.0.0.1', path: fileTokens.serveUrl(path), headers: page })
    asked.end()
    const incoming = await responseTo(asked)
    await once(incoming, 'readable')
    await truncate(path, 1000)
    incoming.resume()
    const [error] = await once(incoming, 'error')
    expect(error.code).toBe('ECONNRESET')
    expect((await ask('/')).status).toBe(200)
  })

  it.runIf(process.platform === 'linux')('keep no file open after 100 players that went away', async () => {
    const { ask, fileTokens, folder, port, page, thrown } = await aFace()
    const uncaught: unknown[] = []
    const note = (error: unknown) => void uncaught.push(error)
    process.on('uncaughtException', note)
    process.on('unhandledRejection', note)
    onTestFinished(() => {
      process.off('uncaughtException', note)
      process.off('unhandledRejection', note)
    })
    const path = join(folder, 'clip.mp4')
    await writeFile(path, Buffer.alloc(30_000_000))
    const url = fileTokens.serveUrl(path)

    const playAndLeave = async (index: number) => {
      const headers = { ...page, range: `bytes=${index * 1000}-` }
      const asked = request({ port, host: '127.0.0.1', path: url, headers, agent: false })
      asked.on('error', () => undefined)
      asked.end()
      // Some leave before the answer, some after its beginning.
      if (index % 3 > 0) {
        const incoming = await responseTo(asked)
        expect(incoming.statusCode).toBe(206)
        if (index % 3 > 1) await once(incoming, 'readable')
      }
      asked.destroy()
    }
    await Promise.all(Array.from({ length: 100 }, (_, index) => playAndLeave(index)))
    const openFiles = async () => {
      const links = await readdir('/proc/self/fd')
      const targets = await Promise.all(
        links.map((link) => readlink(`/proc/self/fd/${link}`).catch(() => '')),
      )
      return targets.filter((target) => target === path).length
    }
    await eventually(openFiles).toBe(0)
    expect((await ask(url, { headers: { range: 'bytes=0-0' } })).status).toBe(206)
    expect([...thrown, ...uncaught]).toEqual([])
  })
})

describe('the first requests of a cold start', () => {
  it('may come all at once', async () => {
    const { ask, socket } = await aFace()
    const connected = once(socket(), 'open')
    const answers = await Promise.all([
      ask('/'),
      ask('/assets/index-Ab3_x-9Z.js'),
      ask('/'),
      ask('/missing.js'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404])
    await connected
  })

  it('get the page before the core is open, and the reason when it cannot be opened', async () => {
    const { promise, resolve } = Promise.withResolvers<Outcome<WebCore>>()
    const { ask, fileTokens, socket } = await aFace({ core: promise })
    expect((await ask('/')).status).toBe(200)
    const page = socket()
    await once(page, 'open')
    page.send('{"id":"1","name":"app:about","args":{}}')
    const waiting = [ask(fileTokens.serveBytes(new Uint8Array(3), 'image/png')), once(page, 'close')] as const
    resolve(fail('library-in-use', 'Another Understudy has it open.'))
    const [media, [code]] = await Promise.all(waiting)
    expect([media.status, code]).toEqual([503, 1011])
    const upload = await ask('/upload', { method: 'POST', headers: { 'x-file-name': 'a' }, body: 'x' })
    expect(JSON.parse(upload.body.toString())).toMatchObject({ problem: { code: 'library-in-use' } })
  })

  it('wait for the core when they are questions', async () => {
    const { promise, resolve } = Promise.withResolvers<Outcome<WebCore>>()
    const { socket, core } = await aFace({ core: promise })
    const page = socket()
    await once(page, 'open')
    page.send('{"id":"1","name":"app:about","args":{}}')
    const answered = once(page, 'message')
    resolve(ok(core))
    const [answer] = await answered
    expect(JSON.parse(String(answer))).toMatchObject({ id: '1', answer: { ok: true } })
  })

  it('say what to do when the page was never built', async () => {
    const { ask, folder } = await aFace()
    await rm(join(folder, 'renderer'), { recursive: true })
    const answer = await ask('/')
    expect(answer.status).toBe(500)
    expect(answer.body.toString()).toContain('npm start')
  })
})
