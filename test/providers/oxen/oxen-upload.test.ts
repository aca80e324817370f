import { createHash } from 'node:crypto'
import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOxen } from '../../../src/main/providers/oxen/oxen.ts'
import { fileBetween, putFile } from '../../../src/main/providers/http/client.ts'
import { oxenError, oxenServer } from '../../support/servers/contracts/oxen.ts'
import { closeServer, listen } from '../../support/servers/contracts/strict.ts'
import { straightNetwork } from '../../support/servers/straight-network.ts'
import { adapterParts, canary, expectClean, kept, resultUrl } from '../adapter-kit.ts'

const route = 'PUT /api/repos/:namespace/:repository/file/main/understudy'
const MiB = 1024 * 1024

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-upload-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(size: number) {
  const path = join(folder, `clip-${String(size)}.mp4`)
  await writeFile(path, Buffer.alloc(size, '\r\n--clip'))
  return { path, name: 'a1b2c3.mp4', contentType: 'video/mp4', bytes: size }
}

async function oxenAt(repository = 'ox/clips') {
  const server = kept(await oxenServer({ key: canary, resultUrl }))
  const { upload } = createOxen({ ...adapterParts(server.origin), repository })
  return { server, upload: upload! }
}

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('an upload to a repository of Oxen.ai', () => {
  it('puts a big file where a stranger can fetch it, byte for byte', async () => {
    const { server, upload } = await oxenAt()
    const big = await file(30 * MiB)
    const put = await upload.put(big)
    expectClean(server, put)
    const url = `${server.origin}/api/repos/ox/clips/file/main/understudy/a1b2c3.mp4`
    expect(put).toEqual({ ok: true, value: { url, until: null } })
    const fetched = new Uint8Array(await (await fetch(url)).arrayBuffer())
    expect(fetched.length).toBe(30 * MiB)
    expect(sha(fetched)).toBe(sha(Buffer.alloc(30 * MiB, '\r\n--clip')))
  })

  it('tells the commit nothing about the user', async () => {
    const { server, upload } = await oxenAt()
    await upload.put(await file(10))
    const sent = server.calls[0]!.raw
    expect(sent).toContain('filename="a1b2c3.mp4"')
    expect(sent).not.toContain(folder)
    expect(sent).not.toContain('clip-10')
    for (const field of ['Understudy', 'understudy@example.invalid', 'A file for one take'])
      expect(sent).toContain(`\r\n\r\n${field}\r\n`)
  })

  it('warns that the file stays for ever, and for whom', async () => {
    const { upload } = await oxenAt()
    expect(upload.privacy).toBe(
      'Anyone who can read the repository ox/clips can see the file. If it’s public, that’s everyone. Its history keeps the file forever.',
    )
  })

  it('is not offered without a repository', async () => {
    const { server } = await oxenAt()
    expect(createOxen({ ...adapterParts(server.origin), repository: null })).not.toHaveProperty('upload')
  })

  it.each(['ox/..', '../clips', 'ox', 'ox/clips/more', '/'])(
    'never leaves the repositories by the name “%s”',
    async (name) => {
      const { server, upload } = await oxenAt(name)
      expect(await upload.put(await file(10))).toMatchObject({ ok: false, problem: { code: 'usage' } })
      expect(server.calls).toEqual([])
    },
  )

  const refusals = [
    [
      oxenError(401, 'unauthenticated', 'who'),
      'account-key',
      'The provider didn’t accept the key.',
      'Check this account’s key.',
    ],
    [
      oxenError(404, 'resource_not_found', 'who'),
      'usage',
      'Oxen.ai has no repository “ox/clips” that this account can write to.',
      'Create it at Oxen.ai, or enter another one in the account.',
    ],
    [
      oxenError(500, 'unknown_error', 'who'),
      'provider-silent',
      'Oxen.ai didn’t accept the file.',
      'Try again, or choose another clip host.',
    ],
  ] as const
  it.each(refusals)('says what to do when it is refused (%#)', async (play, code, message, advice) => {
    const { server, upload } = await oxenAt()
    server.play(route, play)
    const put = await upload.put(await file(10))
    expect(put).toEqual({ ok: false, problem: { code, message, advice, detail: 'who' } })
    expectClean(server, put)
  })

  it('names no path of this machine when the file is gone', async () => {
    const { upload } = await oxenAt()
    const put = await upload.put({ ...(await file(10)), path: join(folder, 'gone.mp4') })
    expect(put).toMatchObject({ ok: false, problem: { detail: 'the file can’t be read (ENOENT)' } })
  })
})

/** A server that tells when an upload begins, and whether it came whole. */
async function unfinished(onBegin: () => void) {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const server = createServer((request, response) => {
    request.once('data', onBegin)
    request.on('data', () => undefined)
    request.on('end', () => response.end('{}'))
    request.on('error', () => undefined)
    request.on('close', () => {
      resolve(request.complete)
    })
  })
  const origin = await listen(server)
  kept({ close: () => closeServer(server) })
  return { origin, whole: promise }
}

describe('a body from a file', () => {
  it('is read only as fast as it is taken', async () => {
    const { path } = await file(30 * MiB)
    const { length, stream } = await fileBetween('before', path, 'after')
    expect(length).toBe(30 * MiB + 11)
    let taken = 0
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      expect(chunk.length + stream.readableLength).toBeLessThanOrEqual(MiB)
      taken += chunk.length
    }
    expect(taken).toBe(length)
  })

  it('does not send what was written to the file afterwards', async () => {
    const { path } = await file(100)
    const { stream } = await fileBetween('<', path, '>')
    const handle = await open(path, 'a')
    await handle.write('more')
    await handle.close()
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    expect(Buffer.concat(chunks).length).toBe(102)
  })

  it('ends the request when the file became shorter', async () => {
    const server = await unfinished(() => undefined)
    const { path } = await file(1000)
    const body = async () => {
      const payload = await fileBetween('', path, '')
      await truncate(path, 10)
      return payload
    }
    const end = await putFile(straightNetwork, {
      method: 'PUT',
      url: new URL(server.origin),
      headers: {},
      body,
    })
    expect(end).toEqual({ kind: 'silent', why: 'the file got shorter while it was sent' })
    expect(await server.whole).toBe(false)
  })

  it('can be cancelled halfway', async () => {
    const stop = new AbortController()
    const server = await unfinished(() => {
      stop.abort()
    })
    const { path } = await file(30 * MiB)
    const body = () => fileBetween('', path, '')
    const end = await putFile(
      straightNetwork,
      { method: 'PUT', url: new URL(server.origin), headers: {}, body },
      stop.signal,
    )
    expect(end.kind).toBe('silent')
    expect(await server.whole).toBe(false)
  })
})
