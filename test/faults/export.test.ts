import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { publishNew } from '../../src/main/files/durable.ts'
import { exportResult } from '../../src/main/takes/results.ts'
import { MiB } from '../../src/shared/units.ts'
import { tracesIn } from '../support/processes/a-parent.ts'
import { dropFolder, makeFolder } from '../support/library/library.ts'
import { noSmallDisk, smallDisk } from '../support/processes/small-disk.ts'

const unnoted = () => () => undefined

const film = Buffer.alloc(3 * MiB, 'a paid result ')
const because = noSmallDisk === null ? '' : ` (${noSmallDisk})`

let folder: string
let source: string
let out: string
beforeEach(() => {
  folder = makeFolder()
  source = join(folder, 'result.mp4')
  out = join(folder, 'out')
  mkdirSync(out)
  writeFileSync(source, film)
  onTestFinished(() => {
    dropFolder(folder)
  })
})

async function diskAtOut(size: string) {
  const disk = await smallDisk(out, size)
  onTestFinished(disk.remove)
  return disk
}

/** What it said, after which the result is where it was. */
async function refusal(target: string) {
  const saved = await exportResult(source, target, unnoted)
  if (saved.ok) throw new Error('it was exported')
  expect(readFileSync(source).equals(film)).toBe(true)
  expect(saved.problem.advice).toBeTruthy()
  return saved.problem
}

describe('an export', () => {
  it('77 · where a file of that name stands: it stays as it was', async () => {
    const target = join(out, 'film.mp4')
    writeFileSync(target, 'an older film')
    expect(await refusal(target)).toMatchObject({ code: 'file-exists' })
    expect([readFileSync(target, 'utf8'), readdirSync(out)]).toEqual(['an older film', ['film.mp4']])
  })

  it.skipIf(noSmallDisk !== null)(`77 · to a full disk: said, and nothing left on it${because}`, async () => {
    await diskAtOut('1m')
    expect(await refusal(join(out, 'film.mp4'))).toMatchObject({ code: 'disk-full' })
    expect(readdirSync(out)).toEqual([])
  })

  it.skipIf(noSmallDisk !== null)(
    `77 · to a disk that may only be read: said, and the old film stays${because}`,
    async () => {
      const disk = await diskAtOut('8m')
      writeFileSync(join(out, 'film.mp4'), 'an older film')
      await disk.makeReadOnly()
      for (const name of ['film.mp4', 'other.mp4'])
        expect(await refusal(join(out, name))).toMatchObject({ code: 'folder-unwritable' })
      expect(readFileSync(join(out, 'film.mp4'), 'utf8')).toBe('an older film')
      expect(readdirSync(out)).toEqual(['film.mp4'])
    },
  )

  it('77 · to a folder that is gone, or is none: said', async () => {
    expect(await refusal(join(out, 'network drive', 'film.mp4'))).toMatchObject({ code: 'folder-unwritable' })
    writeFileSync(join(out, 'no folder'), '')
    expect(await refusal(join(out, 'no folder', 'film.mp4'))).toMatchObject({ code: 'folder-unwritable' })
    expect(readdirSync(out)).toEqual(['no folder'])
  })

  it('writes no MP4 under a name that says it is something else', async () => {
    expect(await refusal(join(out, 'film.gif'))).toMatchObject({ code: 'usage' })
    expect(readdirSync(out)).toEqual([])
  })

  it('77 · of a result that is gone: said to be gone, instead of blaming the folder', async () => {
    rmSync(source)
    const saved = await exportResult(source, join(out, 'film.mp4'), unnoted)
    expect(saved).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
    expect(readdirSync(out)).toEqual([])
  })

  it('77 · to a disk without links: whole, and an older film stays there too', async () => {
    const noLinks = () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' }))
    const finished = join(out, 'finished')
    const target = join(out, 'film.mp4')
    writeFileSync(finished, film)
    await publishNew(finished, target, noLinks)
    expect([readFileSync(target).equals(film), readdirSync(out)]).toEqual([true, ['film.mp4']])
    writeFileSync(finished, 'another film')
    await expect(publishNew(finished, target, noLinks)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(readFileSync(target).equals(film)).toBe(true)
  })
})

describe('kill -9 in the middle of an export', () => {
  const module = (name: string) => JSON.stringify(join(import.meta.dirname, '../..', name))

  it('78 · leaves no half film under its name, and the next start deletes the copy', async () => {
    const target = join(out, 'film.mp4')
    const work = join(folder, 'work')
    // Long enough to be killed in; it takes no room until it is copied.
    truncateSync(source, 400 * MiB)
    const script = `
      import { readdirSync } from 'node:fs'
      import { systemClock } from ${module('src/main/system/clock.ts')}
      import { createRunTool } from ${module('src/main/processes/run-tool.ts')}
      import { createProcesses } from ${module('src/main/processes/find-process.ts')}
      import { createLeftovers } from ${module('src/main/processes/leftovers.ts')}
      import { exportResult } from ${module('src/main/takes/results.ts')}
      const { trackFile } = createLeftovers({
        folder: ${JSON.stringify(work)}, processes: createProcesses(createRunTool()),
        clock: systemClock, log: console.error, end: () => {},
      })
      void exportResult(${JSON.stringify(source)}, ${JSON.stringify(target)}, trackFile)
      const look = () => {
        if (readdirSync(${JSON.stringify(out)}).length > 0) process.kill(process.pid, 'SIGKILL')
        setImmediate(look)
      }
      look()`
    const copying = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
    expect(await once(copying, 'exit')).toEqual([null, 'SIGKILL'])
    expect(readdirSync(out)).toEqual([expect.stringMatching(/^\.[0-9a-f]+\.part$/)])

    const leftovers = tracesIn(work)
    await leftovers.sweep()
    expect([readdirSync(out), readdirSync(work)]).toEqual([[], []])

    truncateSync(source, film.length)
    expect(await exportResult(source, target, leftovers.trackFile)).toMatchObject({ ok: true })
    expect([readFileSync(target).equals(film), readdirSync(out)]).toEqual([true, ['film.mp4']])
    await leftovers.close()
    expect(existsSync(work)).toBe(false)
  })
})
