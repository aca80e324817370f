import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStills } from '../../../src/main/takes/stills.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'

/** One grey pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2mJ2VQAAAABJRU5ErkJggg==',
  'base64',
)

let folder: string
let dropped: string
let picture: string
let out: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-stills-'))
  dropped = join(folder, 'dropped')
  out = join(folder, 'out')
  picture = join(dropped, 'slot', 'still.png')
  await mkdir(join(dropped, 'slot'), { recursive: true })
  await mkdir(out)
  await writeFile(picture, png)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const tracked: string[] = []
const needed = new Set<string>()
const stills = () =>
  createStills({
    dropped,
    trackFile: (path) => {
      tracked.push(path)
      return () => tracked.splice(tracked.indexOf(path), 1)
    },
    isNeeded: (path) => needed.has(path),
  })
const to = (name: string) => () => Promise.resolve(ok(join(out, name)))

describe('a still', () => {
  it('is saved as it was made, and the copy of the window is gone', async () => {
    expect(await stills().save(picture, to('a.png'))).toEqual(ok(join(out, 'a.png')))
    expect((await readFile(join(out, 'a.png'))).equals(png)).toBe(true)
    expect([await readdir(out), await readdir(dropped), tracked]).toEqual([['a.png'], [], []])
  })

  it('is nowhere when the dialog was closed', async () => {
    expect(await stills().save(picture, () => Promise.resolve(ok(null)))).toEqual(ok(null))
    expect([await readdir(out), await readdir(dropped)]).toEqual([[], []])
  })

  it('replaces nothing, and can be saved again under another name', async () => {
    await writeFile(join(out, 'a.png'), 'an older one')
    expect(await stills().save(picture, to('a.png'))).toMatchObject({ problem: { code: 'file-exists' } })
    const refused = fail('file-exists', '“a.png” already exists.')
    expect(await stills().save(picture, () => Promise.resolve(refused))).toEqual(refused)
    expect(await readFile(join(out, 'a.png'), 'utf8')).toBe('an older one')
    expect((await stills().save(picture, to('b.png'))).ok).toBe(true)
    expect(await readdir(out)).toEqual(['a.png', 'b.png'])
  })

  it('keeps what was dropped on the window, and what a take still has to read', async () => {
    const character = join(dropped, 'other', 'character.png')
    await mkdir(join(dropped, 'other'))
    await writeFile(character, png)
    needed.add(picture)
    expect((await stills().save(character, to('a.png'))).ok).toBe(true)
    expect((await stills().save(picture, to('b.png'))).ok).toBe(true)
    needed.clear()
    expect([await readFile(character), await readFile(picture)]).toEqual([png, png])
  })

  it('that is a file of the user’s own stays where it is', async () => {
    const own = join(folder, 'own.png')
    await writeFile(own, png)
    const nested = join(dropped, 'slot', 'deeper', 'own.png')
    await mkdir(join(dropped, 'slot', 'deeper'))
    await writeFile(nested, png)
    expect((await stills().save(own, to('a.png'))).ok).toBe(true)
    expect((await stills().save(nested, to('b.png'))).ok).toBe(true)
    expect(await readFile(own)).toEqual(png)
    expect(await readFile(nested)).toEqual(png)
    expect(await readFile(picture)).toEqual(png)
  })

  it.each([
    ['no PNG', Buffer.from('GIF89a and more of it')],
    ['empty', Buffer.alloc(0)],
    ['cut off', png.subarray(0, -5)],
    ['followed by something else', Buffer.concat([png, Buffer.from('#!/bin/sh\n')])],
  ])('is refused before anything is asked when it is %s', async (_what, bytes) => {
    await writeFile(picture, bytes)
    const asked = () => Promise.reject(new Error('nothing is asked'))
    expect(await stills().save(picture, asked)).toMatchObject({ problem: { code: 'not-an-image' } })
  })

  it('is refused when it is too large, and when it is gone', async () => {
    const asked = () => Promise.reject(new Error('nothing is asked'))
    await truncate(picture, 256 * 1024 * 1024 + 1)
    expect(await stills().save(picture, asked)).toMatchObject({ problem: { code: 'file-too-large' } })
    await rm(picture)
    expect(await stills().save(picture, asked)).toMatchObject({ problem: { code: 'file-missing' } })
  })

  it('leaves nothing half-written where it can’t be written', async () => {
    await writeFile(join(out, 'file'), '')
    const outcome = await stills().save(picture, to(join('file', 'a.png')))
    expect(outcome).toMatchObject({ problem: { code: 'folder-unwritable' } })
    expect([await readdir(out), tracked]).toEqual([['file'], []])
  })

  it('is not saved under the ending of another format', async () => {
    expect(await stills().save(picture, to('a.jpg'))).toMatchObject({ problem: { code: 'usage' } })
    expect(await readdir(out)).toEqual([])
  })
})
