import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSettingsFile } from '../../../src/main/core/settings-store.ts'
import { defaultSettings } from '../../../src/shared/domain/settings.ts'

describe('settings', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'understudy-settings-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  const aStore = () => openSettingsFile(home, () => Date.parse('2026-11-20T12:00:00.000Z'))

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

  describe('that are damaged', () => {
    const file = () => join(home, 'settings.json')
    const aside = 'settings.json.damaged-2026-11-20T12-00-00-000Z'
    const lost = { perTake: null, perDay: null, lost: aside }

    it.each(['{"guards": {"perTake": 1', '', '[]', 'null'])(
      'are kept under another name, and the limits are known to be lost: %j',
      async (text) => {
        await writeFile(file(), text)
        expect(aStore().read()).toEqual({ ...defaultSettings, guards: lost })
        expect((await readdir(home)).sort()).toEqual(['settings.json', aside])
        expect(await readFile(join(home, aside), 'utf8')).toBe(text)
        // At the next start as well.
        expect(aStore().read().guards).toEqual(lost)
      },
    )

    it('are noticed while the studio runs', async () => {
      const store = aStore()
      store.change({ theme: 'dark' })
      await writeFile(file(), '{"theme": "da')
      expect(store.read().guards).toEqual(lost)
      await writeFile(join(home, 'settings.json'), JSON.stringify({ theme: 'light' }))
      expect(store.read().theme).toBe('light')
    })

    it('keep the limits lost through any other change, until a limit is set', async () => {
      await writeFile(file(), 'x')
      const store = aStore()
      expect(store.change({ theme: 'dark' }).guards).toEqual(lost)
      expect(store.change({ guards: { ...lost, perDay: 5 } }).guards).toEqual({ perTake: null, perDay: 5 })
    })

    it('count as lost where nothing can be put aside', async () => {
      await writeFile(file(), 'x')
      await writeFile(join(home, aside), 'an older one')
      expect(aStore().read()).toEqual({
        ...defaultSettings,
        guards: { ...lost, lost: 'settings.json' },
      })
      expect(await readFile(file(), 'utf8')).toBe('x')
    })

    it('read as before with the mark that some editors put before the text', async () => {
      await writeFile(file(), '\uFEFF{"theme": "dark"}')
      expect(aStore().read().theme).toBe('dark')
    })
  })
})
