import { randomBytes, randomInt } from 'node:crypto'
import { readdir, readFile, readlink, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMediaHandler } from '../../../src/main/files/serve.ts'
import { temporaryFolder } from './temporary-folder.ts'

const url = 'media://take/token'

async function aFile(name: string, bytes: Uint8Array | string) {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, bytes)
  const handle = createMediaHandler((token) => (token === 'token' ? { kind: 'file', path } : undefined))
  return { path, ask: (init?: RequestInit) => handle(new Request(url, init)) }
}

const ranged = (range: string, headers: Record<string, string> = {}) => ({
  headers: { Range: range, ...headers },
})

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a media answer', () => {
  it('is the whole file with its length, and says that ranges work', async () => {
    const { ask } = await aFile('a.mp4', 'hello')
    const response = await ask()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-length': '5',
      'content-type': 'video/mp4',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(response.headers.has('content-range')).toBe(false)
    expect(await response.text()).toBe('hello')
  })

  it('is exactly the bytes of a range', async () => {
    const bytes = randomBytes(1_000_000)
    const { ask } = await aFile('a.mp4', bytes)
    const response = await ask(ranged('bytes=123456-654321'))
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe('bytes 123456-654321/1000000')
    expect(response.headers.get('content-length')).toBe('530866')
    expect((await bytesOf(response)).equals(bytes.subarray(123456, 654322))).toBe(true)
  })

  it('is the last bytes when a suffix is asked for', async () => {
    const { ask } = await aFile('a.mp4', '0123456789')
    const response = await ask(ranged('bytes=-3'))
    expect(response.headers.get('content-range')).toBe('bytes 7-9/10')
    expect(await response.text()).toBe('789')
  })

  it('is 416 with the size when the range begins behind the end', async () => {
    const { ask } = await aFile('a.mp4', '0123456789')
    const response = await ask(ranged('bytes=10-'))
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */10')
    expect(await response.text()).toBe('')
  })

  it('is the whole file when several ranges are asked for', async () => {
    const { ask } = await aFile('a.mp4', '0123456789')
    const response = await ask(ranged('bytes=0-1,4-5'))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('0123456789')
  })

  it('to HEAD has the headers of the whole file and no body', async () => {
    const { ask } = await aFile('a.mp4', '0123456789')
    const response = await ask({ method: 'HEAD', ...ranged('bytes=1-2') })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('10')
    expect(response.body).toBeNull()
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('to %s is a refusal', async (method) => {
    const { ask } = await aFile('a.mp4', '0123456789')
    expect((await ask({ method })).status).toBe(405)
  })

  it('of an empty file is empty', async () => {
    const { ask } = await aFile('a.mp4', '')
    const response = await ask()
    expect(response.headers.get('content-length')).toBe('0')
    expect(await response.text()).toBe('')
  })

  it('to If-Range is a part of the same file, and the whole of a changed one', async () => {
    const { ask, path } = await aFile('a.mp4', '0123456789')
    const tag = (await ask({ method: 'HEAD' })).headers.get('etag') ?? ''
    expect((await bytesOf(await ask(ranged('bytes=1-2', { 'If-Range': tag })))).toString()).toBe('12')
    await writeFile(path, 'another file')
    const changed = await ask(ranged('bytes=1-2', { 'If-Range': tag }))
    expect(changed.status).toBe(200)
    expect(await changed.text()).toBe('another file')
  })
})

describe('the type of a media answer', () => {
  it.each([
    ['picture.bin', '\xff\xd8\xff\xe0', 'image/jpeg'],
    ['picture.mp4', '\x89PNG\r\n\x1a\n', 'image/png'],
    ['picture.png', '\0\0\0\x1cftypavif', 'image/avif'],
    ['phone.mov', '\0\0\0\x14ftypqt  ', 'video/mp4'],
    ['picture', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['clip.webm', '\x1a\x45\xdf\xa3', 'video/webm'],
    ['page.html', '<script>alert(1)</script>', 'application/octet-stream'],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'application/octet-stream'],
  ])('of %s is from the short list', async (name, content, type) => {
    const { ask } = await aFile(name, Buffer.from(content, 'latin1'))
    expect((await ask({ method: 'HEAD' })).headers.get('content-type')).toBe(type)
  })
})

describe('a file that changes while it is played', () => {
  it('ends the body with an error when it becomes shorter', async () => {
    const { ask, path } = await aFile('a.mp4', new Uint8Array(1_000_000))
    const reader = (await ask()).body!.getReader()
    await reader.read()
    await truncate(path, 200_000)
    const rest = async () => {
      while (!(await reader.read()).done);
    }
    await expect(rest()).rejects.toThrow('got shorter')
    expect(await openHandles(path)).toBe(0)
  })

  it('goes on from the file that was opened when it is replaced or removed', async () => {
    const { ask, path } = await aFile('a.mp4', Buffer.alloc(1_000_000, 'a'))
    const [first, second] = [await ask(), await ask()]
    await writeFile(`${path}.new`, Buffer.alloc(1_000_000, 'b'))
    await rename(`${path}.new`, path)
    expect((await bytesOf(first)).equals(Buffer.alloc(1_000_000, 'a'))).toBe(true)
    await rm(path)
    expect((await bytesOf(second)).equals(Buffer.alloc(1_000_000, 'a'))).toBe(true)
    expect((await ask()).status).toBe(404)
  })
})

/** How often this process has the file open right now. */
async function openHandles(path: string): Promise<number> {
  const links = await readdir('/proc/self/fd')
  const targets = await Promise.all(links.map((link) => readlink(`/proc/self/fd/${link}`).catch(() => '')))
  return targets.filter((target) => target.startsWith(path)).length
}

describe.runIf(process.platform === 'linux')('the open files', () => {
  it('are all closed after 600 ranged reads that were cancelled on the way, and nothing is thrown', async () => {
    const thrown: unknown[] = []
    const note = (error: unknown) => void thrown.push(error)
    process.on('uncaughtException', note)
    process.on('unhandledRejection', note)
    onTestFinished(() => {
      process.off('uncaughtException', note)
      process.off('unhandledRejection', note)
    })
    const size = 3_000_000
    const { ask, path } = await aFile('a.mp4', randomBytes(size))
    const original = await readFile(path)

    const seekAndLeave = async () => {
      const first = randomInt(size)
      const reader = (await ask(ranged(`bytes=${first}-`))).body!.getReader()
      const chunks = randomInt(3)
      let position = first
      for (let read = 0; read < chunks; read += 1) {
        const { value } = await reader.read()
        if (value === undefined) break
        expect(original.subarray(position, position + value.length).equals(value)).toBe(true)
        position += value.length
      }
      const waiting = randomInt(2) === 0 ? reader.read() : undefined
      await reader.cancel()
      await waiting
    }
    for (let batch = 0; batch < 30; batch += 1) await Promise.all(Array.from({ length: 20 }, seekAndLeave))

    expect(thrown).toEqual([])
    expect(await openHandles(path)).toBe(0)
  })

  it('are closed after HEAD, 416 and a whole read', async () => {
    const { ask, path } = await aFile('a.mp4', 'hello')
    await ask({ method: 'HEAD' })
    await ask(ranged('bytes=9-'))
    await (await ask()).text()
    expect(await openHandles(path)).toBe(0)
  })
})
