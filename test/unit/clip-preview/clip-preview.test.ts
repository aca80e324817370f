import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import type { Media } from '../../../src/main/media/media.ts'
import { createClipPreview } from '../../../src/main/clip-preview/clip-preview.ts'
import { cancelled, ok } from '../../../src/shared/outcome.ts'
import type { Scan } from '../../../src/shared/domain/media.ts'
import { aClip } from '../../support/clips/facts.ts'
import { valueOf } from '../../support/clips/media-kit.ts'

const day = 24 * 60 * 60_000
const facts = aClip({ duration: 10, frameRate: 30, frames: 300 })
const scan: Scan = {
  span: { start: 0, end: 10 },
  ...{ cuts: [4], jumps: [], frozen: [], still: [], black: [], fast: [] },
}

let folder: string
let clip: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-viewing-'))
  clip = join(folder, 'clip.mp4')
  await writeFile(clip, 'first')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Counts what it is asked to make. */
function stage({
  now = Date.now(),
  audio = aClip({ audio: { codec: 'aac', channels: 2, sampleRate: 48_000 } }).audio,
  hold = Promise.resolve(undefined),
  gap: { from, to } = { from: 99, to: 99 },
} = {}) {
  const made: string[] = []
  const asked: number[] = []
  /** How many sounds were being made, at each beginning and end. */
  const atOnce: number[] = []
  const media: Partial<Media> = {
    inspect: () => (made.push('facts'), Promise.resolve(ok({ ...facts, audio }))),
    scan: () => (made.push('scan'), Promise.resolve(ok(scan))),
    frameTimes: () => (made.push('times'), Promise.resolve(ok([0, 1]))),
    waveform: () => (made.push('waveform'), Promise.resolve(ok(null))),
    strip: (_path, _facts, { times }, onPicture) => {
      made.push('strip')
      asked.push(...times)
      for (const time of times)
        if (time < from || time > to) onPicture(time, new Uint8Array([255, 216, times.length]))
      return Promise.resolve(ok(null))
    },
    playable: async (_path, _facts, target) => {
      made.push('copy')
      await writeFile(target, 'copy')
      return ok(null)
    },
    pictureSound: async (_path, { speed, target }, running) => {
      made.push(`sound at ${String(speed)}`)
      atOnce.push((atOnce.at(-1) ?? 0) + 1)
      await hold
      atOnce.push((atOnce.at(-1) ?? 0) - 1)
      if (running?.signal?.aborted) return cancelled('Reading')
      await writeFile(target, 'sound')
      return ok(null)
    },
  }
  const fileTokens = createFileTokens({ mediaBase: '/media/' })
  const copies = join(folder, 'viewing')
  const viewing = createClipPreview({
    media: media as Media,
    fileTokens,
    clock: { now: () => now },
    folder: copies,
  })
  return { viewing, fileTokens, made, asked, atOnce, copies }
}

describe('what a timeline shows', () => {
  it('is made once for a file and known from then on', async () => {
    const { viewing, made } = stage()
    expect(await viewing.knownScan(clip)).toBeNull()
    for (let nth = 0; nth < 2; nth += 1) {
      expect(valueOf(await viewing.scan(clip))).toEqual(scan)
      valueOf(await viewing.frameTimes(clip))
      expect(valueOf(await viewing.waveform(clip))).toBeNull()
    }
    expect(await viewing.knownScan(clip)).toEqual(scan)
    expect(made.sort()).toEqual(['facts', 'scan', 'times', 'waveform'])
  })

  it('is made anew when the file is another one', async () => {
    const { viewing, made } = stage()
    valueOf(await viewing.scan(clip))
    await writeFile(clip, 'another one')
    expect(await viewing.knownScan(clip)).toBeNull()
    valueOf(await viewing.scan(clip))
    expect(made.filter((what) => what === 'scan')).toHaveLength(2)
  })

  it('is made by one run for two who ask at the same time', async () => {
    const { viewing, made } = stage()
    await Promise.all([viewing.scan(clip), viewing.scan(clip)])
    expect(made.filter((what) => what === 'scan')).toHaveLength(1)
  })

  it('is a problem where the file is gone', async () => {
    const { viewing } = stage()
    const outcome = await viewing.scan(join(folder, 'gone.mp4'))
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
  })
})

describe('a filmstrip', () => {
  it('has its pictures in order, each at an address that can be loaded', async () => {
    const { viewing, fileTokens } = stage()
    const strip = valueOf(await viewing.filmstrip(clip, { start: 0, end: 10, count: 5 }))
    expect(strip.map(({ at }) => at)).toEqual([1, 3, 5, 7, 9])
    const answers = await Promise.all(
      strip.map(({ picture }) => fileTokens.serve(new Request(`http://localhost${picture}`))),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  })

  it('uses pictures of a coarser strip again and asks only for the others', async () => {
    const { viewing, asked, made } = stage()
    const part = { start: 0, end: 10 }
    const coarse = valueOf(await viewing.filmstrip(clip, { ...part, count: 5 }))
    asked.length = 0
    const fine = valueOf(await viewing.filmstrip(clip, { ...part, count: 15 }))
    expect(asked).toHaveLength(10)
    for (const picture of coarse) expect(fine).toContainEqual(picture)
    valueOf(await viewing.filmstrip(clip, { ...part, count: 15 }))
    expect(made.filter((what) => what === 'strip')).toHaveLength(2)
  })

  it('puts a picture up again that others have pushed off the shelf', async () => {
    const { viewing, fileTokens } = stage()
    const part = { start: 0, end: 10, count: 2 }
    const [before] = valueOf(await viewing.filmstrip(clip, part))
    for (let nth = 0; nth < 9; nth += 1) fileTokens.serveBytes(new Uint8Array(8 * 1024 * 1024), 'image/jpeg')
    const [after] = valueOf(await viewing.filmstrip(clip, part))
    expect(after?.picture).not.toBe(before?.picture)
    const answer = await fileTokens.serve(new Request(`http://localhost${after?.picture ?? ''}`))
    expect(answer.status).toBe(200)
  })

  it('does not look again and again for frames where there are none', async () => {
    const { viewing, made } = stage({ gap: { from: 4, to: 10 } })
    const part = { start: 0, end: 10, count: 5 }
    const strip = valueOf(await viewing.filmstrip(clip, part))
    expect(strip.map(({ at }) => at)).toEqual([1, 3])
    expect(valueOf(await viewing.filmstrip(clip, part))).toEqual(strip)
    expect(made.filter((what) => what === 'strip')).toHaveLength(1)
  })

  it('is empty beyond the end of the clip', async () => {
    const { viewing } = stage()
    expect(valueOf(await viewing.filmstrip(clip, { start: 12, end: 20, count: 3 }))).toEqual([])
  })
})

describe('a copy that windows can play', () => {
  it('is made once, in a folder that is nobody else’s', async () => {
    const { viewing, made, copies } = stage()
    const first = valueOf(await viewing.playable(clip))
    expect(valueOf(await viewing.playable(clip))).toEqual(first)
    expect(made.filter((what) => what === 'copy')).toHaveLength(1)
    expect((await stat(copies)).mode & 0o777).toBe(0o700)
    expect(await readdir(copies)).toHaveLength(1)
  })

  it('is found again by the next start', async () => {
    valueOf(await stage().viewing.playable(clip))
    const { viewing, made } = stage()
    valueOf(await viewing.playable(clip))
    expect(made).not.toContain('copy')
  })

  it('makes room: old copies and too many of them go, other files stay', async () => {
    const copies = join(folder, 'viewing')
    await mkdir(copies)
    const now = Date.now()
    const name = (nth: number) => `${nth.toString(16).padStart(32, '0')}.mp4`
    for (let nth = 0; nth < 24; nth += 1) {
      await writeFile(join(copies, name(nth)), 'copy')
      const used = new Date(now - (nth === 0 ? 30 * day : nth * 60_000))
      await utimes(join(copies, name(nth)), used, used)
    }
    await writeFile(join(copies, 'notes.txt'), 'mine')
    valueOf(await stage({ now }).viewing.playable(clip))
    const left = await readdir(copies)
    expect(left).toContain('notes.txt')
    expect(left).not.toContain(name(0))
    expect(left).not.toContain(name(23))
    expect(left).toContain(name(1))
    expect(left).toHaveLength(21)
  })
})

describe('the sound of a clip at a speed', () => {
  it('is made once for each speed, and is as long as the picture at that speed', async () => {
    const { viewing, made, copies } = stage()
    const half = valueOf(await viewing.sound(clip, 0.5))
    expect(half?.duration).toBe(20)
    expect(valueOf(await viewing.sound(clip, 0.5))).toEqual(half)
    expect(valueOf(await viewing.sound(clip, 2))?.duration).toBe(5)
    expect(made.filter((what) => what.startsWith('sound'))).toEqual(['sound at 0.5', 'sound at 2'])
    expect(await readdir(copies)).toHaveLength(2)
  })

  it('is made anew when the file is another one', async () => {
    const { viewing, made } = stage()
    valueOf(await viewing.sound(clip, 1))
    await writeFile(clip, 'another one')
    valueOf(await viewing.sound(clip, 1))
    expect(made.filter((what) => what.startsWith('sound'))).toHaveLength(2)
  })

  it('is nothing where there is none', async () => {
    const { viewing, made } = stage({ audio: null })
    expect(valueOf(await viewing.sound(clip, 1))).toBeNull()
    expect(made).toEqual(['facts'])
  })

  it('is made one at a time, and not at all for one who left before its turn', async () => {
    const hold = Promise.withResolvers<undefined>()
    const { viewing, made, atOnce } = stage({ hold: hold.promise })
    const turn = () => new Promise((later) => setImmediate(later))
    const first = viewing.sound(clip, 0.5)
    while (!made.includes('sound at 0.5')) await turn()
    const leave = new AbortController()
    const others = [viewing.sound(clip, 0.6, { signal: leave.signal }), viewing.sound(clip, 0.7)]
    for (let nth = 0; nth < 100; nth += 1) await turn()
    expect(made).not.toContain('sound at 0.7')
    leave.abort()
    hold.resolve(undefined)
    const outcomes = await Promise.all([first, ...others])
    expect(outcomes.map(({ ok: isOk }) => isOk)).toEqual([true, false, true])
    expect(made).not.toContain('sound at 0.6')
    expect(Math.max(...atOnce)).toBe(1)
  })

  it('makes room: the ones used longest ago go', async () => {
    const copies = join(folder, 'viewing')
    await mkdir(copies)
    const now = Date.now()
    for (let nth = 0; nth < 64; nth += 1) {
      const path = join(copies, `${nth.toString(16).padStart(32, '0')}.wav`)
      await writeFile(path, 'sound')
      const used = new Date(now - (nth + 1) * 60_000)
      await utimes(path, used, used)
    }
    await writeFile(join(copies, `${'f'.repeat(32)}.mp4`), 'a copy')
    valueOf(await stage({ now }).viewing.sound(clip, 1))
    const left = await readdir(copies)
    expect(left.filter((name) => name.endsWith('.wav'))).toHaveLength(60)
    expect(left).not.toContain(`${(63).toString(16).padStart(32, '0')}.wav`)
    expect(left).toContain(`${'f'.repeat(32)}.mp4`)
  })
})

describe('what can be made again', () => {
  it('leaves the disk when it is cleared: copies that no window has open, sounds and small pictures', async () => {
    const { viewing, copies } = stage()
    const name = 'a'.repeat(32)
    await mkdir(copies, { recursive: true })
    for (const ending of ['mp4', 'wav', 'webp']) await writeFile(join(copies, `${name}.${ending}`), 'kept')
    await writeFile(join(copies, 'note.txt'), 'not ours')
    await viewing.clear()
    expect(await readdir(copies)).toEqual(['note.txt'])
  })
})
