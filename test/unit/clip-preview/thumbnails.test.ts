import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSharedRuns } from '../../../src/main/clip-preview/shared-runs.ts'
import { createThumbnails } from '../../../src/main/clip-preview/thumbnails.ts'
import type { Media } from '../../../src/main/media/media.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aClip } from '../../support/clips/facts.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'understudy-thumbnails-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

function open(different: Partial<Media> = {}) {
  const made: string[] = []
  const media: Pick<Media, 'inspect' | 'picture'> = {
    inspect: async () => ok(aClip()),
    picture: async (path) => {
      made.push(path)
      return ok(new Uint8Array([1, 2, 3]))
    },
    ...different,
  }
  const folder = join(home, 'viewing')
  const thumbnails = createThumbnails({
    media,
    fileTokens: { serveUrl: (path) => path },
    clock: { now: Date.now },
    folder,
    share: createSharedRuns(),
  })
  return { thumbnails, made, folder }
}

async function aFile(name: string): Promise<string> {
  const path = join(home, name)
  await writeFile(path, name)
  return path
}

it('is made once, also for the next start, and once more when the file is another one', async () => {
  const path = await aFile('dance.mp4')
  const first = open()
  const url = await first.thumbnails.of(path, 'clip')
  expect(await readFile(url ?? '')).toEqual(Buffer.from([1, 2, 3]))
  const next = open()
  expect(await next.thumbnails.of(path, 'clip')).toBe(url)
  expect(next.made).toEqual([])
  await writeFile(path, 'another dance')
  expect(await next.thumbnails.of(path, 'clip')).not.toBe(url)
  expect(next.made).toEqual([path])
})

it('is none of a file that is gone or can’t be read, and that is no problem', async () => {
  const { thumbnails } = open()
  expect(await thumbnails.of(join(home, 'gone.mp4'), 'clip')).toBeNull()
  const broken = open({ inspect: async () => fail('file-damaged', 'It can’t be read.') })
  expect(await broken.thumbnails.of(await aFile('broken.mp4'), 'clip')).toBeNull()
})

it('is on the disk no longer once all are forgotten', async () => {
  const { thumbnails, folder } = open()
  await thumbnails.of(await aFile('hero.png'), 'character')
  await thumbnails.of(await aFile('dance.mp4'), 'clip')
  expect(await readdir(folder)).toHaveLength(2)
  await thumbnails.clear()
  expect(await readdir(folder)).toEqual([])
})

it('keeps as many as are offered, and lets the least recently used go', async () => {
  const { thumbnails, folder } = open()
  for (let nth = 0; nth < 26; nth += 1) await thumbnails.of(await aFile(`${String(nth)}.mp4`), 'clip')
  expect(await readdir(folder)).toHaveLength(24)
})
