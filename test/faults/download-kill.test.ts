import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { MiB } from '../../src/shared/units.ts'
import { faultProxy } from '../support/servers/fault-proxy.ts'
import { takeId } from '../support/library/library.ts'
import { scriptedServer } from '../support/servers/scripted-server.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import type { DownloadPlan } from './download-life.ts'
import { wholeOrPart, type Serve } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const film = randomBytes(6 * MiB)
const sha256 = createHash('sha256').update(film).digest('hex')
const whole = wholeOrPart('"v1"', film)

function beginLife(plan: DownloadPlan) {
  const script = join(import.meta.dirname, 'download-life.ts')
  const args = ['--disable-warning=ExperimentalWarning', script, JSON.stringify(plan)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as string | number)
  const reached = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const state = line.slice(line.indexOf(' ') + 1)
      if (/^(DONE|NEEDS_USER|EXPIRED)/.test(state)) resolve(state)
    })
  })
  return {
    ended,
    reached,
    kill: async () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** A provider whose result lies at a server that behaves like this; every byte it sends is counted. */
async function served(serve: Serve) {
  let nth = 0
  const files = stage.kept(
    await scriptedServer((_seen, response, request) => {
      nth += 1
      serve(request, response, nth)
    }),
  )
  const proxy = stage.kept(await faultProxy(files.origin))
  const provider = await stage.serve('A')
  const plan = { folder: stage.folder(), origin: provider.origin, url: `${proxy.origin}/film.mp4`, sha256 }
  const markedUrl = `${proxy.origin}/marked.mp4`
  const folder = join(stage.folder(), 'library', takeId)
  return {
    provider,
    files,
    folder,
    begin: (dies: DownloadPlan['dies'], isMarked = false) =>
      beginLife({ ...plan, dies, ...(isMarked && { markedUrl }) }),
    sent: () => proxy.passages().reduce((sum, { toClient }) => sum + toClient, 0),
  }
}

/** The next life brings the film home: the right one, alone, paid for once; and one more life changes nothing. */
async function expectHome(one: Awaited<ReturnType<typeof served>>) {
  const life = one.begin(null)
  expect(await life.reached).toBe('DONE')
  await life.kill()
  const asked = one.files.seen.length
  const again = one.begin(null)
  expect(await again.reached).toBe('DONE')
  await again.kill()
  const bytes = readFileSync(join(one.folder, 'result.mp4'))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  expect(readdirSync(one.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  expect([one.provider.tasks(), one.provider.posts(), one.files.seen.length]).toEqual([1, 1, asked])
}

describe('71 · kill -9 while a result is brought home', () => {
  it.each([1.5, 3.3, 5.9])('after %d MiB of its body: at most 1 MiB is fetched twice', async (mebibytes) => {
    const until = Math.round(mebibytes * MiB)
    const one = await served((request, response, nth) => {
      if (nth > 1) whole(request, response, nth)
      else {
        response.writeHead(200, { etag: '"v1"', 'content-length': String(film.length) })
        response.write(film.subarray(0, until))
      }
    })
    const life = one.begin(null)
    const part = join(one.folder, 'result.mp4.part')
    await waitUntil(() => {
      const size = statSync(part, { throwIfNoEntry: false })?.size ?? 0
      return Promise.resolve(size >= until ? true : null)
    })
    expect(await life.kill()).toBe('SIGKILL')
    await expectHome(one)
    expect(one.sent() - film.length).toBeLessThanOrEqual(MiB + 2000)
    expect(one.files.seen[1]?.headers.range).toMatch(/^bytes=\d+-$/)
  })

  it('before it is verified: at most 1 MiB is fetched twice', async () => {
    const one = await served(whole)
    expect(await one.begin('verify').ended).toBe('SIGKILL')
    expect(existsSync(join(one.folder, 'result.mp4.part'))).toBe(true)
    await expectHome(one)
    expect(one.sent() - film.length).toBeLessThanOrEqual(MiB + 2000)
  })

  it.each(['before rename', 'after rename'] as const)('%s: nothing is fetched twice', async (dies) => {
    const one = await served(whole)
    expect(await one.begin(dies).ended).toBe('SIGKILL')
    await expectHome(one)
    expect(one.files.seen).toHaveLength(1)
  })

  it.each(['before rename', 'after rename'] as const)(
    '%s of its marked version: that is not fetched twice, and not missed where its link is dead by then',
    async (dies) => {
      const one = await served((request, response, nth) => {
        if (nth > 2) response.writeHead(404).end()
        else whole(request, response, nth)
      })
      expect(await one.begin(dies, true).ended).toBe('SIGKILL')
      const life = one.begin(null, true)
      expect(await life.reached).toBe('DONE')
      await life.kill()
      expect(one.files.seen.map(({ url }) => url)).toEqual(['/film.mp4', '/marked.mp4'])
      expect(readdirSync(one.folder).filter((name) => /result/.test(name))).toEqual([
        'result-watermarked.mp4',
        'result.mp4',
      ])
    },
  )
})
