import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { bytesOf, entriesOf } from '../../src/main/core/move-plan.ts'
import { noSmallDisk, smallDisk, type SmallDisk } from '../support/processes/small-disk.ts'
import { disk, home, to, moved, move, inChild, expectWhole, setStage } from './library-move-stage.ts'

setStage()

const isRoot = process.getuid?.() === 0
/** Root may read and write whatever the rights say, unless it gives that up. */
const asUser = isRoot ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []
const moveAsUser = (): unknown => JSON.parse(inChild('never', asUser).stdout)
const canBeUser = !isRoot || spawnSync('setpriv', ['--version']).status === 0
const posixRights = it.skipIf(process.platform === 'win32' || !canBeUser)

describe('The rights of files', () => {
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

describe.skipIf(noSmallDisk !== null)('Moving a library to a disk with too little room', () => {
  let small: SmallDisk
  const place = () => join(disk, 'small')
  const target = () => join(place(), 'Understudy')
  const onDisk = async (size: string) => {
    small = await smallDisk(place(), size)
  }
  afterEach(() => small.remove())

  it('is refused for the list of takes alone, before anything is made', async () => {
    await onDisk('16k')
    const answer = await move([], {}, target())
    expect(answer).toMatchObject({ ok: false, problem: { code: 'disk-full' } })
    expect(answer).toHaveProperty('problem.message', expect.stringContaining('The library needs'))
    expect(existsSync(target())).toBe(false)
  })

  it.each(['copy library/01/result.mp4', 'database'])('says so when it fills up at “%s”', async (full) => {
    await onDisk('2m')
    const answer = await move(
      [],
      {
        onStep: (step) => {
          if (step !== full) return
          expect(() => {
            writeFileSync(join(place(), 'of another program'), Buffer.alloc(4_000_000))
          }).toThrow('ENOSPC')
        },
      },
      target(),
    )
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'disk-full', message: `The disk of “${target()}” is full.` },
    })
    expectWhole(home)
    expect(existsSync(target())).toBe(false)
  })
})

it('counts the list of takes in what moves', async () => {
  const planned = bytesOf(await entriesOf(home))
  expect(await move()).toMatchObject({ ok: true })
  const files = Object.values(moved).reduce((sum, content) => sum + content.length, 0)
  expect(planned).toBe(files + statSync(join(to, 'studio.db')).size)
})
