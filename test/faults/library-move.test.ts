import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { moveLibrary } from '../../src/main/core/library-move.ts'
import { followMoves, movedTo } from '../../src/main/system/moved-home.ts'
import { aTake } from '../support/library/a-take.ts'
import {
  disk,
  home,
  to,
  put,
  open,
  filesOf,
  moved,
  move,
  inChild,
  expectWhole,
  setStage,
} from './library-move-stage.ts'

setStage()

describe('Moving a library', () => {
  it('copies everything, is found from the old place, and leaves the old one and the user’s files alone', async () => {
    const before = filesOf(home)
    const told: (number | null)[] = []
    const answer = await move([aTake({ state: 'DONE' })], { onProgress: (fraction) => told.push(fraction) })
    expect(answer).toMatchObject({ ok: true, value: { to } })
    expectWhole(to)
    expect(filesOf(to)).toEqual(moved)
    expect(filesOf(home)).toEqual(before)
    expect(existsSync(join(to, 'arriving.json'))).toBe(false)
    expect(told.at(-1)).toBe(1)
  })

  it('says in the old folder what was copied by name, and that the user’s own files were not', async () => {
    await move()
    const note = readFileSync(join(home, 'Where is my library.txt'), 'utf8')
    expect(note.split('\n')).toEqual([
      'This library was moved. It is now in this folder:',
      to,
      '',
      'These were copied. You can delete them here:',
      'library',
      'settings.json',
      'studio.db',
      '',
      'Keep moved.json and the folder “dropped”. Without them Understudy doesn’t find this library.',
      'Other files in this folder were not moved.',
      '',
    ])
  })

  it.each(['win32', 'linux', 'darwin'] as const)(
    'on %s, takes nothing of a window’s profile but the key of saved keys, if it is kept there',
    async (platform) => {
      put('window/Local State', '{"os_crypt":{"encrypted_key":"a"}}')
      const journal = open(home)
      await moveLibrary({ home, takes: () => [], database: journal, platform }, to)
      journal.close()
      const key = platform === 'win32' ? { 'window/Local State': '{"os_crypt":{"encrypted_key":"a"}}' } : {}
      expect(filesOf(to)).toEqual({ ...moved, ...key })
    },
  )

  it('is found over several moves, also where what was between them is deleted', async () => {
    await move()
    const third = join(disk, 'third')
    const journal = open(to)
    await moveLibrary({ home: to, takes: () => [], database: journal }, third)
    journal.close()
    expect(followMoves(home)).toBe(third)
    for (const name of ['library', 'studio.db', 'settings.json']) rmSync(join(to, name), { recursive: true })
    expect(followMoves(home)).toBe(third)
  })

  it('never opens the old one in place of a new one that can’t be reached', async () => {
    await move()
    rmSync(to, { recursive: true })
    expect(followMoves(home)).toBe(home)
    expect(movedTo(home)).toBe(to)
  })

  it.each(['begin', 'copy library/01/result.mp4', 'database', 'name the database', 'switch', 'switched'])(
    'killed at “%s”, is whole in exactly one place, and can be moved again',
    async (step) => {
      expect(inChild(step).signal).toBe('SIGKILL')
      const isMoved = step === 'switched'
      expectWhole(isMoved ? to : home)
      if (isMoved) return
      expect(await move()).toMatchObject({ ok: true })
      expectWhole(to)
      expect(filesOf(to)).toEqual(moved)
    },
  )

  it('that is cancelled leaves nothing behind', async () => {
    const stop = new AbortController()
    const answer = await move([], {
      signal: stop.signal,
      onStep: (step) => {
        if (step === 'database') stop.abort()
      },
    })
    expect(answer).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    expectWhole(home)
    expect(existsSync(to)).toBe(false)
  })

  it('stops where a copy isn’t what the original is', async () => {
    const answer = await move([], {
      onStep: (step) => {
        // Written by another program while it is copied: the next file is not the one that was listed.
        if (step === 'copy library/01/result.mp4')
          writeFileSync(join(to, 'library/01/result.mp4'), 'of another')
      },
    })
    expect(answer).toMatchObject({ ok: false, problem: { code: 'folder-unwritable' } })
    expectWhole(home)
    expect(existsSync(to)).toBe(false)
  })
})

describe('A library is not moved', () => {
  it.each(['PREPARING', 'READY', 'WIRE', 'ACKED', 'HELD', 'UNKNOWN', 'DOWNLOADING'] as const)(
    'while a take is in the state %s',
    async (state) => {
      const answer = await move([aTake({ state }), aTake({ state: 'DONE' })])
      expect(answer).toMatchObject({
        ok: false,
        problem: { message: '1 take is still running, so the library can’t be moved now.' },
      })
      expect(existsSync(to)).toBe(false)
    },
  )

  it('into a folder that holds something, and nothing there is changed', async () => {
    mkdirSync(to, { recursive: true })
    writeFileSync(join(to, 'settings.json'), 'of another library')
    expect(await move()).toMatchObject({ ok: false, problem: { code: 'file-exists' } })
    expect(readFileSync(join(to, 'settings.json'), 'utf8')).toBe('of another library')
  })

  it('into itself, or around itself, also by a link', async () => {
    const link = join(disk, 'link')
    symlinkSync(home, link)
    for (const target of [home, join(home, 'library', 'deeper'), disk, join(link, 'x')])
      expect(await move([], {}, target)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(existsSync(join(home, 'moved.json'))).toBe(false)
  })
  it.each(['library', 'settings.json'])(
    'where its own “%s” is a link: the copy would be one too',
    async (name) => {
      renameSync(join(home, name), join(disk, name))
      symlinkSync(join(disk, name), join(home, name))
      const answer = await move()
      expect(answer).toMatchObject({
        ok: false,
        problem: { message: `“${name}” in the library folder is a link. The library was not moved.` },
      })
      expect([existsSync(to), movedTo(home)]).toEqual([false, null])
    },
  )

  it.each([
    ['a way out of it', () => '../../../elsewhere'],
    ['a way to what doesn’t move', () => '../../viewing/copy.mp4'],
    ['the full path of the old folder', () => join(home, 'library/01/result.mp4')],
  ])('where a link in it is %s', async (_, target) => {
    symlinkSync(target(), join(home, 'library/02/link'))
    const answer = await move()
    expect(answer).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(answer).toHaveProperty('problem.message', expect.stringContaining('library/02/link'))
    expect([existsSync(to), movedTo(home)]).toEqual([false, null])
  })
})

it('keeps the links of a library that lead to the same from everywhere', async () => {
  writeFileSync(join(disk, 'elsewhere'), 'on the disk')
  symlinkSync('../01/result.mp4', join(home, 'library/02/inside'))
  symlinkSync(join(disk, 'elsewhere'), join(home, 'library/02/outside'))
  expect(await move()).toMatchObject({ ok: true })
  const read = (name: string) => readFileSync(join(to, 'library/02', name), 'utf8')
  expect([read('inside'), read('outside')]).toEqual(['result of one', 'on the disk'])
})
