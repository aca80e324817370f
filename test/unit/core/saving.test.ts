import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freeName, startFolder, suggestedName } from '../../../src/main/core/save-suggestion.ts'
import { createStorage } from '../../../src/main/core/storage.ts'
import { createKeptFiles, proxies, sounds } from '../../../src/main/clip-preview/kept-files.ts'
import { writeNewWhole } from '../../../src/main/files/write-whole.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

describe('the name that is suggested', () => {
  const take = aTake({
    characterName: 'Hero.png',
    clipName: 'dance/../x.mp4',
    createdAt: '2026-11-20T12:00:00.000Z',
  })
  const of = (template: string, number: number | null = 7) =>
    suggestedName('result', { take, number }, template, 0)

  it('comes from the template, with the number and the day of the take', () => {
    expect(of('{character} {n} {date} {provider}')).toBe('Hero 7 2026-11-20 practice.mp4')
    expect(of('{character}-{n}', null)).toBe('Hero.mp4')
  })

  it('is always the name of a file, never a path', () => {
    expect(of('{clip}')).toBe('x.mp4')
    expect(of('...')).toBe('prepared.mp4')
  })

  it('says what it is', () => {
    const saved = { take, number: 7 }
    expect(suggestedName('marked', saved, '{n}', 0)).toBe('7-watermarked.mp4')
    expect(suggestedName('still', saved, '{n}', 0)).toBe('7.png')
    expect(suggestedName('diagnostics', null, '{n}', Date.parse('2026-11-20T12:00:00Z'))).toBe(
      'understudy-diagnostics-2026-11-20.txt',
    )
  })

  it('is free: a file, a folder and a broken link are passed by', async () => {
    const folder = await temporaryFolder()
    writeFileSync(join(folder, 'a.mp4'), '')
    mkdirSync(join(folder, 'a (2).mp4'))
    symlinkSync('/nowhere', join(folder, 'a (3).mp4'))
    expect(await freeName(folder, 'a.mp4')).toBe('a (4).mp4')
    expect(await freeName(null, 'a.mp4')).toBe('a.mp4')
  })
})

describe('saving', () => {
  it('starts where one saved last, else in the save folder, else in the downloads; what is gone is passed by', async () => {
    const folder = await temporaryFolder()
    const [last, save, downloads] = ['last', 'save', 'downloads'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    const known = { lastSaveFolder: last, saveFolder: save }
    expect(await startFolder(known, downloads)).toBeNull()
    mkdirSync(downloads)
    expect(await startFolder(known, downloads)).toBe(downloads)
    mkdirSync(save)
    expect(await startFolder(known, downloads)).toBe(save)
    mkdirSync(last)
    expect(await startFolder(known, downloads)).toBe(last)
    expect(await startFolder({ lastSaveFolder: null, saveFolder: null }, null)).toBeNull()
  })

  it('never replaces a file', async () => {
    const path = join(await temporaryFolder(), 'a.txt')
    await writeNewWhole(path, 'first')
    await expect(writeNewWhole(path, 'second')).rejects.toThrow('EEXIST')
  })
})

describe('storage', () => {
  it('measures each part and leaves out those that hold nothing; links lead out of it', async () => {
    const home = await temporaryFolder()
    const file = (name: string, bytes: number) => {
      mkdirSync(join(home, name, '..'), { recursive: true })
      writeFileSync(join(home, name), Buffer.alloc(bytes))
    }
    file('library/one/result.mp4', 1000)
    file('library/.trash/two/result.mp4', 500)
    file('viewing/a.mp4', 200)
    file('studio.db', 7)
    symlinkSync('/', join(home, 'library', 'all'))
    const cleared: string[] = []
    const clear = (part: string) => ({ clear: () => Promise.resolve(void cleared.push(part)) })
    const storage = createStorage({ home, viewing: clear('viewing'), previews: clear('previews') })
    expect(await storage.read()).toEqual([
      { part: 'takes', bytes: 1000, files: 1 },
      { part: 'trash', bytes: 500, files: 1 },
      { part: 'viewing', bytes: 200, files: 1 },
    ])
    for (const part of ['takes', 'trash', 'viewing'] as const) await storage.clear(part)
    expect(cleared).toEqual(['viewing'])
  })

  it('clears the copies that no window may be reading', async () => {
    const folder = await temporaryFolder()
    const earlier = createKeptFiles(folder, proxies, Date.now)
    const make = (target: string) => {
      writeFileSync(target, 'x')
      return Promise.resolve(ok(null))
    }
    await earlier.of('old', make)
    const now = createKeptFiles(folder, proxies, Date.now)
    const shown = await now.of('shown', make)
    const wavs = createKeptFiles(folder, sounds, Date.now)
    await wavs.of('sound', make)
    await now.clear()
    await wavs.clear()
    expect(readdirSync(folder)).toEqual([basename(shown.ok ? shown.value : '')])
    const again = await now.of('shown', () => Promise.reject(new Error('it is still there')))
    expect(again).toEqual(shown)
  })
})
