import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVault, vaultFile } from '../../../src/main/electron/secrets.ts'
import { aSafeStorage } from '../../support/window/electron-double.ts'

const key = 'canary-key-4711'
type Storage = Parameters<typeof aSafeStorage>[0]

describe('keys of accounts', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'understudy-keys-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  const path = () => join(home, 'keys.json')
  const aVault = (storage: Storage, platform: NodeJS.Platform = 'linux') =>
    createVault({
      safeStorage: aSafeStorage(storage),
      platform,
      file: vaultFile(path()),
      log: () => undefined,
    })
  const everythingOnDisk = async () => {
    const names = await readdir(home)
    return (await Promise.all(names.map((name) => readFile(join(home, name), 'utf8')))).join('\n')
  }

  it('are there at the next start, and on disk only as ciphertext with its backend', async () => {
    expect(await aVault({ backend: 'gnome_libsecret' }).write('kling', key)).toBe('kept')
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({
      kling: { backend: 'gnome_libsecret', version: 1, ciphertext: expect.any(String) as string },
    })
    expect(await everythingOnDisk()).not.toContain(key)
    const next = aVault({ backend: 'gnome_libsecret' })
    expect(await next.read('kling')).toBe(key)
    expect(await next.state('kling')).toBe('kept')
  })

  it.skipIf(process.platform === 'win32')('lie in a file that nobody else may read', async () => {
    await aVault({ backend: 'kwallet6' }).write('kling', key)
    expect((await stat(path())).mode & 0o777).toBe(0o600)
  })

  it.each<[string, Storage]>([
    ['the backend is a known password', { backend: 'basic_text' }],
    ['the backend is unknown', { backend: 'unknown' }],
    ['encryption is not available', { backend: 'gnome_libsecret', available: false }],
  ])('never touch the disk when %s, and last until the app ends', async (_why, storage) => {
    const vault = aVault(storage)
    expect(await vault.write('kling', key)).toBe('this-session')
    expect(await vault.read('kling')).toBe(key)
    expect(await vault.state('kling')).toBe('this-session')
    expect(await readdir(home)).toEqual([])
    expect(await aVault(storage).read('kling')).toBeNull()
  })

  it('leave the disk when a new one can no longer be protected', async () => {
    await aVault({ backend: 'gnome_libsecret' }).write('kling', key)
    await aVault({ backend: 'basic_text' }).write('kling', 'another')
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({})
  })

  it('are needed again after the backend changed, and are not deleted', async () => {
    await aVault({ backend: 'gnome_libsecret' }).write('kling', key)
    const changed = aVault({ backend: 'kwallet6' })
    expect(await changed.read('kling')).toBeNull()
    expect(await changed.state('kling')).toBe('needed-again')
    expect(await aVault({ backend: 'gnome_libsecret' }).read('kling')).toBe(key)
  })

  it('are needed again when they cannot be decrypted', async () => {
    const ciphertext = Buffer.from('another machine:yek').toString('base64')
    await writeFile(path(), JSON.stringify({ kling: { backend: 'kwallet6', version: 1, ciphertext } }))
    const vault = aVault({ backend: 'kwallet6' })
    expect(await vault.read('kling')).toBeNull()
    expect(await vault.state('kling')).toBe('needed-again')
  })

  it('are encrypted anew when the system rotated its own key', async () => {
    await aVault({ backend: 'kwallet6' }).write('kling', key)
    const before = await stat(path())
    expect(await aVault({ backend: 'kwallet6', rotated: true }).read('kling')).toBe(key)
    expect((await stat(path())).ino).not.toBe(before.ino)
    expect(await aVault({ backend: 'kwallet6' }).read('kling')).toBe(key)
  })

  it.each<[NodeJS.Platform, string]>([
    ['darwin', 'keychain'],
    ['win32', 'dpapi'],
  ])('name the keeper of %s, where Electron names none', async (platform, backend) => {
    await aVault({ backend: 'unknown' }, platform).write('kling', key)
    expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({ kling: { backend } })
  })

  it.each(['', '{', '[]', '{"kling":"clear text"}', '{"kling":{"backend":1}}'])(
    'are simply not there in a damaged file: %s',
    async (content) => {
      await writeFile(path(), content)
      expect(await aVault({ backend: 'kwallet6' }).state('kling')).toBe('none')
    },
  )

  it('do not overwrite each other when written at the same time', async () => {
    const vault = aVault({ backend: 'kwallet6' })
    const names = ['kling', 'oxen', 'modelslab', 'highway']
    await Promise.all(names.map((name) => vault.write(name, `${key}-${name}`)))
    for (const name of names) expect(await vault.read(name)).toBe(`${key}-${name}`)
  })

  it('are gone after they are removed, and the others stay', async () => {
    const vault = aVault({ backend: 'kwallet6' })
    await vault.write('kling', key)
    await vault.write('oxen', 'other')
    await vault.remove('kling')
    expect([await vault.read('kling'), await vault.read('oxen')]).toEqual([null, 'other'])
  })
})
