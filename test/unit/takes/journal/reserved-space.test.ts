import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createReservedSpace } from '../../../../src/main/takes/journal/writes.ts'
import { MiB } from '../../../../src/shared/units.ts'
import { noSmallDisk, smallDisk, type SmallDisk } from '../../../support/processes/small-disk.ts'

let folder: string
let path: string
const said: { readonly line: string; readonly error: unknown }[] = []
const log = (line: string, about: { readonly error?: unknown } = {}) =>
  said.push({ line, error: about.error })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-ballast-'))
  path = join(folder, 'studio.db.ballast')
  said.length = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('the room that is kept', () => {
  it('is four MiB that really lie on the disk', () => {
    expect(createReservedSpace(path, log).ensure()).toBe(true)
    const { size, blocks } = statSync(path)
    expect(size).toBe(4 * MiB)
    expect(blocks * 512).toBeGreaterThanOrEqual(4 * MiB)
    expect(readdirSync(folder)).toEqual(['studio.db.ballast'])
    expect(said).toEqual([])
  })

  it('is noise, which no disk can keep in less room, and for this user alone', () => {
    createReservedSpace(path, log).ensure()
    expect(deflateRawSync(readFileSync(path)).length).toBeGreaterThanOrEqual(4 * MiB)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('is given back once, and made anew by whoever asks next', () => {
    const ballast = createReservedSpace(path, log)
    expect(ballast.release()).toBe(false)
    expect(ballast.ensure()).toBe(true)
    expect(ballast.release()).toBe(true)
    expect(existsSync(path)).toBe(false)
    expect(ballast.release()).toBe(false)
    expect(ballast.ensure()).toBe(true)
    expect(existsSync(path)).toBe(true)
  })

  it('is found by the next process, and one that was cut off is made anew', () => {
    createReservedSpace(path, log).ensure()
    const { ino } = statSync(path)
    expect(createReservedSpace(path, log).ensure()).toBe(true)
    expect(statSync(path).ino).toBe(ino)
    truncateSync(path, MiB)
    expect(createReservedSpace(path, log).ensure()).toBe(true)
    expect(statSync(path).size).toBe(4 * MiB)
    truncateSync(path, MiB)
    expect(createReservedSpace(path, log).release()).toBe(false)
  })

  it('has no room to give where its file was taken away, and says so without a fault', () => {
    const ballast = createReservedSpace(path, log)
    ballast.ensure()
    rmSync(path)
    expect(() => ballast.release()).not.toThrow()
    expect(ballast.ensure()).toBe(true)
    expect(existsSync(path)).toBe(true)
  })

  it('does without where the folder is gone, and says so', () => {
    const ballast = createReservedSpace(join(folder, 'gone', 'ballast'), log)
    expect(ballast.ensure()).toBe(false)
    expect(said).toEqual([
      {
        line: 'the disk space reserved for paid takes couldn’t be kept',
        error: expect.objectContaining({ code: 'ENOENT' }) as unknown,
      },
    ])
    expect(ballast.isDiskFull()).toBe(false)
  })

  it('knows a disk that takes more, and leaves nothing there', () => {
    writeFileSync(path, '')
    expect(createReservedSpace(path, log).isDiskFull()).toBe(false)
    expect(readdirSync(folder)).toEqual(['studio.db.ballast'])
  })
})

describe.skipIf(!existsSync('/dev/full'))('a disk that takes nothing more', () => {
  it('is called full, and what was tried is cleared away', () => {
    symlinkSync('/dev/full', `${path}.probe`)
    expect(createReservedSpace(path, log).isDiskFull()).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  it('gets no room from which it could be given back', () => {
    symlinkSync('/dev/full', path)
    const ballast = createReservedSpace(path, log)
    expect(ballast.ensure()).toBe(false)
    expect(ballast.release()).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    expect(said).toMatchObject([{ error: { code: 'ENOSPC' } }])
    expect(ballast.ensure()).toBe(true)
  })
})

describe.skipIf(noSmallDisk !== null)(`a disk with little room (${String(noSmallDisk)})`, () => {
  let disk: SmallDisk
  afterEach(() => disk.remove())

  it.each([
    ['15m', false],
    ['16m', true],
  ] as const)('of %s: the room is kept only where four times as much is free: %s', async (free, kept) => {
    const mounted = join(folder, 'disk')
    mkdirSync(mounted)
    disk = await smallDisk(mounted, free)
    const ballast = createReservedSpace(join(mounted, 'ballast'), log)
    expect(ballast.ensure()).toBe(kept)
    expect(readdirSync(mounted)).toEqual(kept ? ['ballast'] : [])
    expect(ballast.isDiskFull()).toBe(false)
    writeFileSync(join(mounted, 'film'), '')
    expect(said).toEqual([])
  })

  it('that runs full is told from one that can be written', async () => {
    const mounted = join(folder, 'disk')
    mkdirSync(mounted)
    disk = await smallDisk(mounted, '1m')
    const ballast = createReservedSpace(join(mounted, 'ballast'), log)
    writeFileSync(join(mounted, 'film'), Buffer.alloc(MiB - 128 * 1024))
    expect(ballast.isDiskFull()).toBe(false)
    writeFileSync(join(mounted, 'more'), Buffer.alloc(100 * 1024))
    expect(ballast.isDiskFull()).toBe(true)
    expect(readdirSync(mounted)).toEqual(['film', 'more'])
  })
})
