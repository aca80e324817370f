import { execFileSync } from 'node:child_process'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import { fileToken } from '../../../src/shared/contract.ts'
import { MiB } from '../../../src/shared/units.ts'
import { temporaryFolder } from './temporary-folder.ts'

const aShelf = () => createFileTokens({ mediaBase: 'http://shelf/media/' })
const get = (url: string, headers: Record<string, string> = {}) => new Request(url, { headers })

describe('adopting a file', () => {
  it('gives a token of the contract, the name and the size, and finds the path again', async () => {
    const path = join(await temporaryFolder(), 'my clip.mp4')
    await writeFile(path, 'twelve bytes')
    const fileTokens = aShelf()
    const file = await fileTokens.register(path)
    expect(file).toEqual({
      ok: true,
      value: { token: expect.stringMatching(/^f_/), name: 'my clip.mp4', bytes: 12 },
    })
    const token = file.ok ? file.value.token : ''
    expect(fileToken.safeParse(token).success).toBe(true)
    expect(fileTokens.path(token)).toEqual({ ok: true, value: path })
  })

  it('gives the same file the same token', async () => {
    const path = join(await temporaryFolder(), 'a.png')
    await writeFile(path, 'x')
    const fileTokens = aShelf()
    expect(await fileTokens.register(path)).toEqual(await fileTokens.register(path))
  })

  it('gives no two shelves the same token', async () => {
    const path = join(await temporaryFolder(), 'a.png')
    await writeFile(path, 'x')
    const tokens = await Promise.all(
      Array.from({ length: 50 }, async () => JSON.stringify(await aShelf().register(path))),
    )
    expect(new Set(tokens).size).toBe(50)
  })

  it.each([
    ['missing.mp4', 'file-missing', () => Promise.resolve()],
    ['folder.mp4', 'file-is-folder', (path: string) => mkdir(path)],
    ['empty.mp4', 'file-empty', (path: string) => writeFile(path, '')],
    ['loop.mp4', 'file-unreadable', (path: string) => symlink(path, path)],
    ['pipe.mp4', 'file-unreadable', async (path: string) => void execFileSync('mkfifo', [path])],
  ])('refuses %s as %s in a sentence that names it', async (name, code, make) => {
    const path = join(await temporaryFolder(), name)
    await make(path)
    const refused = await aShelf().register(path)
    expect(refused).toMatchObject({ ok: false, problem: { code, advice: expect.any(String) } })
    expect(refused.ok ? '' : refused.problem.message).toContain(name)
    expect(JSON.stringify(refused)).not.toContain(path)
  })

  it('knows no token it did not give', () => {
    expect(aShelf().path('f_AAAAAAAAAAAAAAAAAAAAAA')).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    })
  })
})

describe('publishing', () => {
  it('serves a published file under a random address, and under none made from its path', async () => {
    const path = join(await temporaryFolder(), 'a.png')
    await writeFile(path, '\x89PNG and more', 'latin1')
    const fileTokens = aShelf()
    const url = fileTokens.serveUrl(path)
    expect(url).toMatch(/^http:\/\/shelf\/media\/m_[A-Za-z0-9_-]{22}$/)
    expect(await (await fileTokens.serve(get(url))).text()).toContain('PNG and more')
    expect((await fileTokens.serve(get(`http://shelf/media${path}`))).status).toBe(404)
  })

  it('does not serve a file that was only adopted', async () => {
    const path = join(await temporaryFolder(), 'a.png')
    await writeFile(path, 'x')
    const fileTokens = aShelf()
    const file = await fileTokens.register(path)
    const token = file.ok ? file.value.token : ''
    expect((await fileTokens.serve(get(`http://shelf/media/${token}`))).status).toBe(404)
  })

  it('serves bytes made on the fly, with ranges', async () => {
    const fileTokens = aShelf()
    const url = fileTokens.serveBytes(new TextEncoder().encode('0123456789'), 'image/jpeg')
    const response = await fileTokens.serve(get(url, { Range: 'bytes=2-4' }))
    expect(response.status).toBe(206)
    expect(response.headers.get('Content-Range')).toBe('bytes 2-4/10')
    expect(response.headers.get('Content-Type')).toBe('image/jpeg')
    expect(await response.text()).toBe('234')
  })

  it('forgets the pictures used longest ago when too many are held', async () => {
    const fileTokens = aShelf()
    const urls = Array.from({ length: 80 }, () => fileTokens.serveBytes(new Uint8Array(MiB), 'image/png'))
    const statuses = await Promise.all(
      urls.map(async (url) => (await fileTokens.serve(new Request(url, { method: 'HEAD' }))).status),
    )
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(404))
    expect(statuses.slice(-50)).toEqual(Array(50).fill(200))
  })

  it('answers that a published file is gone once it was deleted', async () => {
    const path = join(await temporaryFolder(), 'a.png')
    await writeFile(path, 'x')
    const fileTokens = aShelf()
    const url = fileTokens.serveUrl(path)
    await rm(path)
    expect((await fileTokens.serve(get(url))).status).toBe(404)
  })
})
