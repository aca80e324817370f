import { chmod, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { closeHome, privateFolder } from '../../../src/main/files/private.ts'
import { temporaryFolder } from './temporary-folder.ts'

const modeOf = async (path: string) => (await stat(path)).mode & 0o7777

describe.skipIf(process.platform === 'win32')('a private folder', () => {
  it.each([0, 0o022, 0o077, 0o277])('is open to its user alone, with a umask of %o', async (umask) => {
    const path = join(await temporaryFolder(), 'a', 'b')
    const before = process.umask(umask)
    onTestFinished(() => void process.umask(before))
    // The folder above is made too, and nothing could be made in it if the umask took its rights away.
    if (umask === 0o277)
      await mkdir(join(path, '..'), { mode: 0o700 }).then(() => chmod(join(path, '..'), 0o700))
    expect(privateFolder(path)).toBe(true)
    expect(await modeOf(path)).toBe(0o700)
  })

  it('that others could open before is closed to them', async () => {
    const path = join(await temporaryFolder(), 'a')
    await mkdir(path)
    await chmod(path, 0o755)
    expect(privateFolder(path)).toBe(true)
    expect(await modeOf(path)).toBe(0o700)
  })

  it('is never made of one that belongs to everybody', async () => {
    const path = join(await temporaryFolder(), 'tmp')
    await mkdir(path)
    await chmod(path, 0o1777)
    expect(privateFolder(path)).toBe(false)
    expect(await modeOf(path)).toBe(0o1777)
  })
})

describe.skipIf(process.platform === 'win32')('the home folder', () => {
  it('is closed file by file, and what else is in there stays as it is', async () => {
    const home = await temporaryFolder()
    const files = [
      'studio.db',
      'studio.db-wal',
      'settings.json',
      'keys.json',
      'prepare-queue.json',
      'take-queue.json',
      'desk.json',
      'recents.json.new',
      'notes.txt',
    ]
    for (const name of files) await writeFile(join(home, name), '')
    for (const name of ['library', 'dropped', 'holiday']) await mkdir(join(home, name))
    for (const name of files) await chmod(join(home, name), 0o666)
    for (const name of ['library', 'dropped', 'holiday']) await chmod(join(home, name), 0o777)
    closeHome(home)
    for (const name of files.slice(0, -1))
      expect([name, await modeOf(join(home, name))]).toEqual([name, 0o600])
    for (const name of ['library', 'dropped']) expect(await modeOf(join(home, name))).toBe(0o700)
    expect(await modeOf(join(home, 'notes.txt'))).toBe(0o666)
    expect(await modeOf(join(home, 'holiday'))).toBe(0o777)
  })
})
