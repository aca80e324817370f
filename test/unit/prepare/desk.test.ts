import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk } from '../../../src/main/prepare/desk.ts'
import { deskHandlers } from '../../../src/main/api/desk.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { KeptComparison } from '../../../src/shared/domain/desk.ts'
import { defaultTakeSettings } from '../../../src/shared/domain/take.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'understudy-desk-'))
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

const call = { signal: new AbortController().signal }
const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

/** One start of the studio: a shelf that knows nothing of the one before. */
function start(startsEmpty = false) {
  const fileTokens = createFileTokens({ mediaBase: '/media/' })
  const desk = createDesk({ home, log: () => undefined })
  return { fileTokens, desk, ...deskHandlers(desk, fileTokens, () => startsEmpty) }
}
const file = (name: string) => {
  const path = join(home, name)
  writeFileSync(path, 'x')
  return path
}
const rest = {
  window: { start: 2.5, length: 4 },
  settings: { ...defaultTakeSettings, prompt: 'slowly' },
  room: 'compare' as const,
  openTake: '01JD0000000000000000000007',
  stageTake: null,
  comparison: {
    takes: ['01JD0000000000000000000007'],
    offsets: { '01JD0000000000000000000007': -0.25 },
    view: {
      ...{ mode: 'wipe', fit: 'fit', zoom: null, pan: { x: 0, y: 0 }, line: 0.3, mix: 0.5, gain: 1 },
      ...{ blinkRate: 0, chosen: 0, several: 'grid' },
    },
    speed: 0.5,
    loop: { on: true, from: 1, to: null },
    sound: 'none',
    time: 1.5,
  } satisfies KeptComparison,
}

describe('what is open', () => {
  it('is there again after a restart, under new names', async () => {
    const first = start()
    const character = valueOf(await first.fileTokens.register(file('fox.png'))).token
    const clip = valueOf(await first.fileTokens.register(file('dance.mp4'))).token
    await first['desk:keep']({ ...rest, character, clip }, call)
    const second = start()
    const found = valueOf(await second['desk:read']({}, call))
    expect(found).toMatchObject({
      ...rest,
      missing: [],
      character: { name: 'fox.png' },
      clip: { name: 'dance.mp4' },
    })
    expect(second.fileTokens.path(found?.clip?.token ?? '')).toMatchObject({ value: join(home, 'dance.mp4') })
    expect(second.desk.files()).toEqual([join(home, 'fox.png'), join(home, 'dance.mp4')])
    expect(statSync(join(home, 'desk.json')).mode & 0o777).toBe(0o600)
  })

  it('names a file that is gone, and opens the other one', async () => {
    const first = start()
    const clip = valueOf(await first.fileTokens.register(file('dance.mp4'))).token
    const character = valueOf(await first.fileTokens.register(file('fox.png'))).token
    await first['desk:keep']({ ...rest, character, clip }, call)
    rmSync(join(home, 'dance.mp4'))
    const found = valueOf(await start()['desk:read']({}, call))
    expect(found).toMatchObject({ clip: null, missing: ['dance.mp4'], character: { name: 'fox.png' } })
  })

  it('is not lost to a window that outlived its core and uses names of before', async () => {
    const first = start()
    const clip = valueOf(await first.fileTokens.register(file('dance.mp4'))).token
    await first['desk:keep']({ ...rest, character: null, clip }, call)
    const second = start()
    await second['desk:keep']({ ...rest, character: null, clip }, call)
    expect(second.desk.read()?.clip).toBe(join(home, 'dance.mp4'))
    await second['desk:keep']({ ...rest, character: null, clip: null }, call)
    expect(second.desk.read()?.clip).toBeNull()
  })

  it('is closed to others, also where an unfinished file was left open to them', async () => {
    const unfinished = join(home, 'desk.json.new')
    writeFileSync(unfinished, 'half')
    chmodSync(unfinished, 0o666)
    await start()['desk:keep']({ ...rest, character: null, clip: null }, call)
    expect(statSync(join(home, 'desk.json')).mode & 0o777).toBe(0o600)
  })

  it('never goes through a link that lies under its unfinished name', async () => {
    const other = file('not-mine.txt')
    symlinkSync(other, join(home, 'desk.json.new'))
    await start()['desk:keep']({ ...rest, character: null, clip: null }, call)
    expect(readFileSync(other, 'utf8')).toBe('x')
  })

  it('can be cleared: the next start opens nothing', async () => {
    const first = start()
    const clip = valueOf(await first.fileTokens.register(file('dance.mp4'))).token
    await first['desk:keep']({ ...rest, character: null, clip }, call)
    first.desk.clear()
    expect(valueOf(await start()['desk:read']({}, call))).toBeNull()
  })

  it('is nothing after a start that the user wants empty, and is there again after a reload', async () => {
    const first = start()
    const clip = valueOf(await first.fileTokens.register(file('dance.mp4'))).token
    await first['desk:keep']({ ...rest, character: null, clip }, call)
    const second = start(true)
    expect(valueOf(await second['desk:read']({}, call))).toBeNull()
    const other = valueOf(await second.fileTokens.register(file('walk.mp4'))).token
    await second['desk:keep']({ ...rest, character: null, clip: other }, call)
    expect(valueOf(await second['desk:read']({}, call))).toMatchObject({ clip: { name: 'walk.mp4' } })
  })

  it('is nothing at the first start, and where the file is damaged or of another build', async () => {
    expect(valueOf(await start()['desk:read']({}, call))).toBeNull()
    for (const text of ['', '{', '[]', '{"character":"relative.png"}']) {
      writeFileSync(join(home, 'desk.json'), text)
      expect(valueOf(await start()['desk:read']({}, call))).toBeNull()
    }
    const files = { character: null, clip: null, window: rest.window }
    writeFileSync(
      join(home, 'desk.json'),
      JSON.stringify({ ...files, settings: null, openTake: rest.openTake }),
    )
    expect(valueOf(await start()['desk:read']({}, call))).toMatchObject({ room: 'make', comparison: null })
    const kept = {
      ...files,
      settings: { odd: 1 },
      openTake: 'none',
      room: 'attic',
      comparison: { takes: [] },
    }
    writeFileSync(join(home, 'desk.json'), JSON.stringify(kept))
    expect(valueOf(await start()['desk:read']({}, call))).toMatchObject({
      ...{ settings: null, openTake: null, room: 'make', comparison: null },
    })
    expect(readFileSync(join(home, 'desk.json'), 'utf8')).toContain('odd')
  })
})
