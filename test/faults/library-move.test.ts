import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { moveLibrary, type MoveCall } from '../../src/main/core/library-move.ts'
import { bytesOf, entriesOf } from '../../src/main/core/move-plan.ts'
import { openJournal, type Journal } from '../../src/main/takes/journal/journal.ts'
import { arrivingFrom, followMoves, movedTo } from '../../src/main/system/moved-home.ts'
import type { Take } from '../../src/shared/domain/take.ts'
import { aTake } from '../support/library/a-take.ts'
import { anOrder } from '../support/library/an-order.ts'
import { fullAttempt } from '../support/library/an-attempt.ts'
import { noSmallDisk, smallDisk, type SmallDisk } from '../support/processes/small-disk.ts'
import type { MoveJob } from './library-move-child.ts'

let disk: string
let home: string
let to: string

const put = (name: string, content: string) => {
  mkdirSync(join(home, name, '..'), { recursive: true })
  writeFileSync(join(home, name), content)
}

function open(folder: string): Journal {
  const opened = openJournal(join(folder, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value
}

beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'understudy-move-'))
  home = join(disk, 'old')
  to = join(disk, 'new', 'Understudy')
  put('settings.json', '{"theme":"dark"}')
  put('library/01/result.mp4', 'result of one')
  put('library/01/take.json', '{}')
  put('library/.boards.json', '[]')
  put('library/02/motion.json', '')
  put('viewing/copy.mp4', 'made again')
  put('window/profile', 'of the browser')
  put('notes of the user.txt', 'mine')
  const journal = open(home)
  const order = anOrder({})
  journal.add(order, fullAttempt({ take: order.id, number: 1, wiredAt: null }))
  journal.close()
})
afterEach(() => {
  chmodSync(disk, 0o700)
  rmSync(disk, { recursive: true, force: true })
})

/** Every file of a folder with its content, but the database and what says that it is moved. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/studio\.db|moved\.json|arriving\.json|Where is my library/.test(path))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  )
}

const moved = {
  'settings.json': '{"theme":"dark"}',
  'library/01/result.mp4': 'result of one',
  'library/01/take.json': '{}',
  'library/.boards.json': '[]',
  'library/02/motion.json': '',
}

function takesIn(folder: string): readonly string[] {
  const journal = open(folder)
  const ids = journal.load().records.map(({ order }) => order.id)
  journal.close()
  return ids
}

async function move(takes: readonly Take[] = [], call: MoveCall = {}, target = to) {
  const journal = open(home)
  const answer = await moveLibrary({ home, takes: () => takes, database: journal }, target, call)
  journal.close()
  return answer
}

function inChild(dies: string, user: { readonly uid?: number } = {}) {
  const job: MoveJob = { home, to, dies }
  const child = join(import.meta.dirname, 'library-move-child.ts')
  return spawnSync(process.execPath, [child, JSON.stringify(job)], { encoding: 'utf8', ...user })
}

/** Moves as a user whose rights count: those of root don’t. */
function moveAsUser(): unknown {
  const uid = process.getuid?.() === 0 ? 65_534 : undefined
  if (uid !== undefined) {
    chownSync(disk, uid, uid)
    for (const name of readdirSync(disk, { recursive: true, encoding: 'utf8' }))
      chownSync(join(disk, name), uid, uid)
  }
  const { stdout } = inChild('never', uid === undefined ? {} : { uid })
  return JSON.parse(stdout)
}
const posixRights = it.skipIf(process.platform === 'win32')

/** The only place that opens, with everything in it. */
function expectWhole(place: string): void {
  expect(followMoves(home)).toBe(place)
  expect([movedTo(place), arrivingFrom(place)]).toEqual([null, null])
  expect(filesOf(place)).toMatchObject(moved)
  expect(takesIn(place)).toEqual([anOrder({}).id])
  const other = place === home ? to : home
  const isShut =
    movedTo(other) !== null || arrivingFrom(other) !== null || !existsSync(join(other, 'studio.db'))
  expect(isShut).toBe(true)
}

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

  posixRights('copies a file that may only be read, with its rights', () => {
    chmodSync(join(home, 'library/01/result.mp4'), 0o440)
    expect(moveAsUser()).toMatchObject({ ok: true })
    expect(statSync(join(to, 'library/01/result.mp4')).mode & 0o777).toBe(0o440)
    expectWhole(to)
  })

  posixRights('names the file at which it stopped', () => {
    chmodSync(join(home, 'library/01/result.mp4'), 0)
    expect(moveAsUser()).toMatchObject({
      ok: false,
      problem: {
        code: 'folder-unwritable',
        message: `“library/01/result.mp4” couldn’t be copied to “${to}”. The library was not moved.`,
      },
    })
    chmodSync(join(home, 'library/01/result.mp4'), 0o600)
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

describe('The copy of the list of takes', () => {
  const copy = () => join(to, 'studio.db.new')
  const damages: readonly (readonly [string, () => void])[] = [
    [
      'is overwritten in part',
      () => {
        const bytes = readFileSync(copy())
        bytes.fill(0x5a, 4096, 4096 + 20_480)
        writeFileSync(copy(), bytes)
      },
    ],
    [
      'is cut in half',
      () => {
        truncateSync(copy(), Math.floor(statSync(copy()).size / 2))
      },
    ],
    [
      'lacks a row',
      () => {
        const other = new DatabaseSync(copy())
        other.exec('DELETE FROM attempts')
        other.close()
      },
    ],
    [
      'is gone',
      () => {
        rmSync(copy())
      },
    ],
  ]
  it.each(damages)('that %s is not what the library opens with', async (_, damage) => {
    const answer = await move([], {
      onStep: (step) => {
        if (step === 'name the database') damage()
      },
    })
    expect(answer).toMatchObject({
      ok: false,
      problem: {
        message: 'The copy of “studio.db” isn’t the same as the original. The library was not moved.',
      },
    })
    expectWhole(home)
    expect(existsSync(to)).toBe(false)
  })

  it('leaves no file beside it that only its check made', async () => {
    await move()
    expect(readdirSync(to).toSorted()).toEqual(['library', 'settings.json', 'studio.db'])
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

describe.skipIf(noSmallDisk !== null)('Moving a library to a disk with too little room', () => {
  let small: SmallDisk
  const place = () => join(disk, 'small')
  const onDisk = async (size: string) => {
    small = await smallDisk(place(), size)
    to = join(place(), 'Understudy')
  }
  afterEach(() => small.remove())

  it('is refused for the list of takes alone, before anything is made', async () => {
    await onDisk('16k')
    const answer = await move()
    expect(answer).toMatchObject({ ok: false, problem: { code: 'disk-full' } })
    expect(answer).toHaveProperty('problem.message', expect.stringContaining('The library needs'))
    expect(existsSync(to)).toBe(false)
  })

  it.each(['copy library/01/result.mp4', 'database'])('says so when it fills up at “%s”', async (full) => {
    await onDisk('2m')
    const answer = await move([], {
      onStep: (step) => {
        if (step !== full) return
        expect(() => {
          writeFileSync(join(place(), 'of another program'), Buffer.alloc(4_000_000))
        }).toThrow('ENOSPC')
      },
    })
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'disk-full', message: `The disk of “${to}” is full.` },
    })
    expectWhole(home)
    expect(existsSync(to)).toBe(false)
  })
})

it('counts the list of takes in what moves', async () => {
  const planned = bytesOf(await entriesOf(home))
  expect(await move()).toMatchObject({ ok: true })
  const files = Object.values(moved).reduce((sum, content) => sum + content.length, 0)
  expect(planned).toBe(files + statSync(join(to, 'studio.db')).size)
})

it('keeps the links of a library that lead to the same from everywhere', async () => {
  writeFileSync(join(disk, 'elsewhere'), 'on the disk')
  symlinkSync('../01/result.mp4', join(home, 'library/02/inside'))
  symlinkSync(join(disk, 'elsewhere'), join(home, 'library/02/outside'))
  expect(await move()).toMatchObject({ ok: true })
  const read = (name: string) => readFileSync(join(to, 'library/02', name), 'utf8')
  expect([read('inside'), read('outside')]).toEqual(['result of one', 'on the disk'])
})
