import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSettingsFile } from '../../src/main/settings-file.ts'
import { defaultSettings } from '../../src/shared/settings.ts'

describe('settings', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'understudy-settings-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  const aStore = () => openSettingsFile(home)

  it('are the defaults at the first start', () => {
    expect(aStore().read()).toEqual(defaultSettings)
  })

  it('are kept in settings.json in the folder of the library, for every face', async () => {
    expect(aStore().change({ theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark' })
    expect(aStore().read().theme).toBe('dark')
    expect(JSON.parse(await readFile(join(home, 'settings.json'), 'utf8'))).toMatchObject({ theme: 'dark' })
  })

  it('keep what can be understood of a file that another version wrote', async () => {
    await writeFile(join(home, 'settings.json'), JSON.stringify({ theme: 'dark', volume: 'loud', later: 1 }))
    expect(aStore().read()).toEqual({ ...defaultSettings, theme: 'dark' })
  })

  it('touch nothing before they are first read', () => {
    const place = join(home, 'not', 'made', 'yet')
    openSettingsFile(place)
    expect(existsSync(place)).toBe(false)
  })

  it('do not keep the studio from opening when the file is damaged', async () => {
    await writeFile(join(home, 'settings.json'), '{"theme": "da')
    expect(aStore().read()).toEqual(defaultSettings)
  })
})
