import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBundle } from '../../../src/main/electron/protocol.ts'

const secret = 'the contents of a file outside the bundle'
let folder: string
let serve: (request: Request) => Promise<Response>
const get = (url: string, method = 'GET') => serve(new Request(url, { method }))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-bundle-'))
  const root = join(folder, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await mkdir(join(folder, 'renderer-twin'))
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Understudy</title>')
  await writeFile(join(root, 'assets/index.js'), 'export {}')
  await writeFile(join(root, 'assets/notes.exe'), 'MZ')
  await writeFile(join(folder, 'secret.js'), secret)
  await writeFile(join(folder, 'renderer-twin/secret.js'), secret)
  await symlink(join(folder, 'secret.js'), join(root, 'assets/link.js'))
  await symlink(folder, join(root, 'up'))
  serve = createBundle(root, 'studio')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the app: scheme', () => {
  it('serves the page and its parts with fixed types', async () => {
    const page = await get('app://studio/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain('<title>Understudy</title>')
    const script = await get('app://studio/assets/index.js?v=1')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await script.text()).toBe('export {}')
  })

  it('sends the policy, nosniff and no-store with every answer, refusals included', async () => {
    for (const url of ['app://studio/index.html', 'app://studio/missing.js', 'app://studio/%00']) {
      const { headers } = await get(url)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' media: blob: data:; " +
          "media-src media: blob:; font-src 'self'; connect-src 'self' media:; base-uri 'none'; form-action 'none'; " +
          "frame-src 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it('answers HEAD without a body and refuses every other method', async () => {
    const head = await get('app://studio/index.html', 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await get('app://studio/index.html', 'POST')).status).toBe(405)
  })

  it.each([
    ['dot segments, which the URL itself folds', 'app://studio/../secret.js', 404],
    ['encoded dots, which the URL folds too', 'app://studio/%2e%2e/secret.js', 404],
    ['encoded slashes', 'app://studio/..%2fsecret.js', 400],
    ['encoded dots and slashes', 'app://studio/%2e%2e%2fsecret.js', 400],
    ['double encoding', 'app://studio/%252e%252e%252fsecret.js', 404],
    ['a backslash', 'app://studio/..%5csecret.js', 400],
    ['a NUL', 'app://studio/index.html%00.js', 400],
    ['a broken escape', 'app://studio/%E0%A4%A', 400],
    ['a drive letter', 'app://studio/C:/Windows/win.js', 400],
    ['a data stream', 'app://studio/index.html::$DATA', 400],
    ['a UNC path', 'app://studio//server/share/x.js', 404],
    ['an absolute path', 'app://studio//etc/hosts', 404],
    ['a neighbour whose name begins alike', 'app://studio/..%2frenderer-twin/secret.js', 400],
    ['a link to a file outside', 'app://studio/assets/link.js', 404],
    ['a link to a folder outside', 'app://studio/up/secret.js', 404],
    ['a very long name', `app://studio/${'a'.repeat(5000)}.js`, 404],
    ['a folder', 'app://studio/assets', 404],
    ['a kind of file no bundle has', 'app://studio/assets/notes.exe', 404],
    ['another host', 'app://other/index.html', 404],
  ])('refuses %s', async (_what, url, status) => {
    const answer = await get(url)
    expect([answer.status, await answer.text()]).toEqual([status, ''])
  })

  it('never lets a byte from outside the bundle out, whatever the path', async () => {
    const piece = fc.constantFrom(
      '..',
      '%2e',
      '%2f',
      '%5c',
      '/',
      '.',
      'up',
      'secret.js',
      'assets',
      '%25',
      '%00',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const answer = await get(`app://studio/${pieces.join('')}`)
        expect([200, 400, 404]).toContain(answer.status)
        expect(await answer.text()).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  })
})
