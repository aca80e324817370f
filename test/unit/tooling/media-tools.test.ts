import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attempt } from '../../../scripts/lib/attempt.mjs'
import { fetchPinned } from '../../../scripts/lib/fetch-pinned.mjs'
import {
  chosenTools,
  ensureMediaTools,
  type Choice,
  type ToolEffects,
} from '../../../scripts/lib/media-tools.mjs'
import { isPublished, pinnedTools } from '../../../scripts/lib/pinned-tools.mjs'

const tool = (from: string) => ({ path: `/${from}`, from, version: '5.1.9', lastResort: false })
const good: Choice = { ffmpeg: tool('PATH'), ffprobe: tool('PATH'), old: null, advice: 'Install it.' }
const old: Choice = {
  ...good,
  ffmpeg: { ...tool('@ffmpeg-installer/ffmpeg'), lastResort: true },
  old: {
    message: 'Understudy is using old video tools: ffmpeg N-47683.',
    advice: 'Run: brew install ffmpeg.',
  },
}
const offline: Attempt = {
  ok: false,
  reason: 'github.com couldn’t be reached',
  on: '2026-11-30',
  waiting: false,
}

/** Set-up on a machine with these tools, in which Debian's package, where it can be had, brings good ones. */
async function setUp(
  first: Choice,
  fetched: Attempt,
  { always = false, debian = null as Attempt | null } = {},
) {
  const said: string[] = []
  let choice = first
  const effects: ToolEffects = {
    fetchPinned: () => Promise.resolve(fetched),
    choose: () => Promise.resolve(choice),
    installDebian:
      debian === null
        ? null
        : () => {
            if (debian.ok) choice = good
            return Promise.resolve(debian)
          },
    say: (line) => said.push(line),
  }
  await ensureMediaTools(effects, { always })
  return said
}

describe('setting up ffmpeg and ffprobe', () => {
  it('says what was found when something was tried, and why the published ones could not be had', async () => {
    expect(await setUp(good, offline)).toEqual([
      'set-up: ffmpeg 5.1.9 from PATH, ffprobe 5.1.9 from PATH. The published ffmpeg couldn’t be downloaded (github.com couldn’t be reached).',
    ])
  })

  it('says nothing when nothing was tried, unless it is asked to', async () => {
    expect(await setUp(old, { ...offline, waiting: true })).toEqual([])
    expect(await setUp(good, { ok: true }, { always: true })).toEqual([
      'set-up: ffmpeg 5.1.9 from PATH, ffprobe 5.1.9 from PATH.',
    ])
  })

  it("installs Debian's where only old ones are left, and not where good ones are", async () => {
    expect(await setUp(old, offline, { debian: { ok: true } })).toEqual([
      expect.stringContaining('5.1.9 from PATH'),
    ])
    const failed = { ...offline, reason: 'apt-get update failed' }
    expect((await setUp(good, offline, { debian: failed })).join()).not.toContain('apt-get')
  })

  it('says aloud that old ones are the last resort, and the command that brings newer ones', async () => {
    const [line] = await setUp(old, offline, { debian: { ...offline, reason: 'apt-get update failed' } })
    expect(line).toMatch(/^set-up: Understudy is using old video tools: .* Run: brew install ffmpeg\./)
    expect(line).toContain('Debian’s couldn’t be installed (apt-get update failed)')
  })

  it('stops where there is none at all', async () => {
    await expect(setUp({ ...good, ffprobe: null }, offline)).rejects.toThrow(
      'set-up: this computer has no ffprobe. Install it.',
    )
  })

  it('sees what the studio sees', async () => {
    const { ffmpeg, ffprobe } = await chosenTools({ path: process.execPath, version: process.versions.node })
    expect(ffmpeg?.version).toMatch(/\d/)
    expect(ffprobe?.version).toMatch(/\d/)
  })
})

describe('a published program', () => {
  const program = Buffer.from('#!/bin/sh\necho ffmpeg version 7\n'.repeat(2000))
  const pin = { bytes: program.length, sha256: createHash('sha256').update(program).digest('hex') }
  const served: Record<string, Buffer> = {
    '/good.gz': gzipSync(program),
    '/other.gz': gzipSync(Buffer.concat([program.subarray(1), Buffer.from('x')])),
    '/longer.gz': gzipSync(Buffer.concat([program, program])),
    '/cut.gz': gzipSync(program).subarray(0, 60),
    '/page.gz': Buffer.from('<html>Please sign in</html>'),
  }
  let folder: string
  let server: Server
  let origin: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'understudy-pinned-'))
    server = createServer((request, response) => {
      const body = served[request.url ?? '']
      response.writeHead(body === undefined ? 404 : 200).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  })
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is kept, and can be started, when it is the one that was published', async () => {
    const target = join(folder, 'ffmpeg')
    expect(await fetchPinned(`${origin}/good.gz`, target, pin)).toBeNull()
    expect(readFileSync(target)).toEqual(program)
    if (process.platform !== 'win32') expect(statSync(target).mode & 0o111).toBe(0o111)
  })

  it.each([
    ['other', 'its SHA-256 doesn’t match the published one'],
    ['longer', 'it’s larger than the published file'],
    ['cut', 'unexpected end of file'],
    ['page', 'incorrect header check'],
    ['gone', /^127\.0\.0\.1:\d+ answered 404$/],
  ])('is not kept, nor any part of it, when it is %s', async (name, why) => {
    const target = join(folder, `${name}-tool`)
    expect(await fetchPinned(`${origin}/${name}.gz`, target, pin)).toEqual(
      typeof why === 'string' ? why : expect.stringMatching(why),
    )
    expect(readdirSync(folder).filter((file) => file.startsWith(name))).toEqual([])
  })

  it('is told from any other by its size and its SHA-256', () => {
    const [ffmpeg] = pinnedTools({ platform: 'linux', arch: 'x64' }, folder)
    if (ffmpeg === undefined) throw new Error('linux-x64 has no pins')
    expect(ffmpeg.asset).toBe('b6.1.1/ffmpeg-linux-x64.gz')
    expect(existsSync(ffmpeg.path)).toBe(true)
    expect(isPublished(ffmpeg)).toBe(false)
    expect(isPublished({ ...ffmpeg, pin })).toBe(true)
    writeFileSync(ffmpeg.path, Buffer.concat([program.subarray(1), Buffer.from('x')]))
    expect(isPublished({ ...ffmpeg, pin })).toBe(false)
  })

  it('has none to be held against on a platform that nothing is published for', () => {
    expect(pinnedTools({ platform: 'linux', arch: 'riscv64' }, folder)).toEqual([])
  })
})
