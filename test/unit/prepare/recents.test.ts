import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRecents, recentsFile } from '../../../src/main/prepare/recents.ts'

let home: string
const said: string[] = []
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'understudy-recents-'))
  said.length = 0
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

let now = Date.parse('2026-11-21T12:00:00.000Z')
const open = () =>
  createRecents({
    file: recentsFile(home),
    clock: { now: () => (now += 1000) },
    log: (line) => said.push(line),
  })

const aFile = (name: string, content = 'x') => {
  const path = join(home, name)
  writeFileSync(path, content)
  return path
}
const names = async (recents: ReturnType<typeof open>) =>
  (await recents.list()).map(({ characterName, clipName }) => [characterName, clipName])

describe('Files that were used together', () => {
  it('are remembered by name over a restart, the newest first, and opened by their paths', async () => {
    const first = { character: aFile('hero.png'), clip: aFile('dance.mp4') }
    const second = { character: aFile('robot.png'), clip: first.clip }
    const before = open()
    before.note(first)
    before.note(second)
    const again = open()
    expect(await names(again)).toEqual([
      ['robot.png', 'dance.mp4'],
      ['hero.png', 'dance.mp4'],
    ])
    const [, older] = await again.list()
    expect(older?.present).toBe(true)
    expect(await again.open(older?.id ?? '')).toEqual({ ok: true, value: first })
    expect(JSON.stringify(await again.list())).not.toContain(home)
  })

  it('come to the front when they are used again, and are listed once', async () => {
    const one = { character: aFile('hero.png'), clip: aFile('dance.mp4') }
    const recents = open()
    recents.note(one)
    const [before] = await recents.list()
    recents.note({ character: null, clip: aFile('walk.mp4') })
    recents.note(one)
    const listed = await recents.list()
    expect(listed.map(({ clipName }) => clipName)).toEqual(['dance.mp4', 'walk.mp4'])
    expect(listed[0]?.id).toBe(before?.id)
  })

  it('are twelve pairs at most, and nothing is remembered of nothing', async () => {
    const recents = open()
    for (let nth = 0; nth < 15; nth += 1) recents.note({ character: null, clip: `/clips/${String(nth)}.mp4` })
    recents.note({ character: null, clip: null })
    const listed = await recents.list()
    expect(listed).toHaveLength(12)
    expect(listed[0]?.clipName).toBe('14.mp4')
  })

  it('that were moved are said to be gone', async () => {
    const recents = open()
    recents.note({ character: aFile('hero.png'), clip: join(home, 'gone.mp4') })
    expect((await recents.list())[0]?.present).toBe(false)
  })

  it('are forgotten on the disk too', async () => {
    const recents = open()
    recents.note({ character: aFile('hero.png'), clip: null })
    const [pair] = await recents.list()
    recents.forget()
    expect(existsSync(recentsFile(home))).toBe(false)
    expect(await recents.list()).toEqual([])
    expect(await recents.open(pair?.id ?? '')).toMatchObject({ problem: { code: 'not-found' } })
  })
})

describe('The note of recent files', () => {
  it.each([
    ['torn', '[{"id": "a", "usedAt"'],
    ['not a list', '{"pairs": 3}'],
    ['a list of other things', '[1, null, {"id": "x"}, "words"]'],
  ])('that is %s stands for none, and the next pair is noted all the same', async (_, text) => {
    writeFileSync(recentsFile(home), text)
    const recents = open()
    expect(await recents.list()).toEqual([])
    recents.note({ character: aFile('hero.png'), clip: null })
    expect(await names(open())).toEqual([['hero.png', null]])
  })

  it('keeps the entries it understands beside one it does not', async () => {
    const good = { id: 'one', usedAt: '2026-11-21T12:00:00.000Z', character: null, clip: '/clips/a.mp4' }
    writeFileSync(recentsFile(home), JSON.stringify([{ ...good, clip: 'relative.mp4' }, good]))
    expect(await names(open())).toEqual([[null, 'a.mp4']])
  })

  it('is readable by its owner only and leaves nothing half-written beside it', () => {
    open().note({ character: aFile('hero.png'), clip: null })
    expect(existsSync(`${recentsFile(home)}.new`)).toBe(false)
    expect(JSON.parse(readFileSync(recentsFile(home), 'utf8'))).toHaveLength(1)
    if (process.platform !== 'win32') expect(statSync(recentsFile(home)).mode & 0o777).toBe(0o600)
  })

  it('that cannot be written is a line in the log and no failure', async () => {
    mkdirSync(`${recentsFile(home)}.new`)
    const recents = open()
    recents.note({ character: aFile('hero.png'), clip: null })
    expect(said).toHaveLength(1)
    expect(await names(recents)).toEqual([['hero.png', null]])
    chmodSync(home, 0o700)
  })
})

describe('Copies of dropped files', () => {
  it('stay for as long as they are offered and fit into the room for them, the newest first', () => {
    const folder = join(home, 'dropped')
    const copy = (name: string, bytes: number) => {
      mkdirSync(join(folder, name), { recursive: true })
      const path = join(folder, name, 'clip.mp4')
      writeFileSync(path, Buffer.alloc(bytes))
      return path
    }
    const [oldest, middle, newest] = [copy('a', 10), copy('b', 60), copy('c', 50)]
    const recents = open()
    for (const clip of [oldest, middle, newest]) recents.note({ character: aFile('hero.png'), clip })
    expect(recents.copies(folder, 1000)).toEqual(new Set([newest, middle, oldest]))
    expect(recents.copies(folder, 55)).toEqual(new Set([newest]))
  })
})
