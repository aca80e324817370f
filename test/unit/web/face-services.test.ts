import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolderLister } from '../../../src/main/web/folder-list.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import { createFaceServices } from '../../../src/main/web/core.ts'
import { fileManager } from '../../../src/main/web/save-target.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

async function aFaceAtHome(display = true) {
  const disk = await temporaryFolder()
  const home = join(disk, 'home')
  await mkdir(join(home, 'Videos'), { recursive: true })
  const lister = createFolderLister({
    fileTokens: createFileTokens({ mediaBase: '/media/' }),
    roots: () => Promise.resolve([{ name: 'Home', path: home }]),
  })
  const started: unknown[] = []
  const services = createFaceServices({
    about: { version: '1', face: 'browser', platform: 'linux', nativeDialogs: false, library: home },
    lister,
    machine: { platform: 'linux', env: display ? { DISPLAY: ':0' } : {}, home, root: false },
    start: (...program) => {
      started.push(program)
      return { ended: Promise.resolve(true), stop: () => undefined }
    },
  })
  const start = await services.listFolder(null)
  const homeToken = start.ok ? start.value.entries[0]!.token : ''
  const save = (
    name: string | null,
    folder: string | null = homeToken,
    suggestedName = 'clip-understudy.mp4',
  ) => services.chooseSaveTarget({ what: 'result', suggestedName, start: null, folder, name })
  return { disk, home, services, started, save, startToken: start.ok ? start.value.token : '' }
}

describe('saving a result from the browser', () => {
  it('goes to the chosen folder under the chosen name, or the suggested one', async () => {
    const { home, save } = await aFaceAtHome()
    expect(await save('Dance 1.mp4')).toEqual({ ok: true, value: join(home, 'Dance 1.mp4') })
    expect(await save(null)).toEqual({ ok: true, value: join(home, 'clip-understudy.mp4') })
    expect(await readdir(home)).toEqual(['Videos'])
  })

  it('names the folder behind a token, and none without one', async () => {
    const { home, services, startToken } = await aFaceAtHome()
    const places = await services.listFolder(null)
    const token = places.ok ? places.value.entries[0]!.token : ''
    expect(await services.chooseFolder(token, '')).toEqual({ ok: true, value: home })
    for (const none of [null, startToken, `d_${'x'.repeat(22)}`])
      expect((await services.chooseFolder(none, '')).ok).toBe(false)
  })

  it('starts in a folder that the file dialog may show, and in no other', async () => {
    const { disk, home, services } = await aFaceAtHome()
    expect(services.downloads()).toBe(join(home, 'Downloads'))
    const token = (await services.folderToken(join(home, 'Videos'))) ?? ''
    expect(await services.listFolder(token)).toMatchObject({ ok: true, value: { name: 'Videos' } })
    for (const other of [disk, join(home, 'gone'), '/']) expect(await services.folderToken(other)).toBeNull()
  })

  it('keeps the extension of what is saved', async () => {
    const { home, save } = await aFaceAtHome()
    expect(await save('Dance')).toEqual({ ok: true, value: join(home, 'Dance.mp4') })
    expect(await save('Dance v1.2')).toEqual({ ok: true, value: join(home, 'Dance v1.2.mp4') })
    expect(await save('Dance.MP4')).toEqual({ ok: true, value: join(home, 'Dance.MP4') })
  })

  it('makes a suggested name fit that no file system could hold', async () => {
    const { save } = await aFaceAtHome()
    const target = await save(null, undefined, `${'舞'.repeat(90)}-understudy.mp4`)
    expect(target).toMatchObject({ ok: true, value: expect.stringMatching(/舞\.mp4$/) })
  })

  it.each(['../x', '/etc/x', 'a/b', 'a\\b', '..', '.hidden', 'NUL', 'a\0b', ' ', 'a:b'])(
    'refuses the name %j',
    async (name) => {
      const { save } = await aFaceAtHome()
      expect(await save(name)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    },
  )

  it('never replaces what is there: a file, a folder or a broken link', async () => {
    const { home, save } = await aFaceAtHome()
    await writeFile(join(home, 'file.mp4'), 'x')
    await mkdir(join(home, 'folder.mp4'))
    await symlink('/nowhere', join(home, 'link.mp4'))
    for (const name of ['file', 'folder', 'link.mp4'])
      expect(await save(name)).toMatchObject({ ok: false, problem: { code: 'file-exists' } })
  })

  it('needs a folder that the file dialog has shown', async () => {
    const { save, startToken } = await aFaceAtHome()
    expect(await save('x', null)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(await save('x', startToken)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(await save('x', 'd_AAAAAAAAAAAAAAAAAAAAAA')).toMatchObject({ ok: false })
  })

  it('does not follow a link that took the place of the folder', async () => {
    const { disk, home, save } = await aFaceAtHome()
    await rename(home, join(disk, 'moved'))
    await mkdir(join(disk, 'vault'))
    await symlink(join(disk, 'vault'), home)
    expect(await save('x')).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })
})

describe('showing a file in its folder', () => {
  it('opens the file manager where there is a display', async () => {
    const { home, services, started } = await aFaceAtHome()
    await writeFile(join(home, 'a.mp4'), 'x')
    expect(await services.reveal(join(home, 'a.mp4'))).toEqual({
      ok: true,
      value: { name: 'a.mp4', folder: home },
    })
    expect(started).toEqual([['xdg-open', [home], { outlives: true }]])
  })

  it('only says where it lies where there is none', async () => {
    const { home, services, started } = await aFaceAtHome(false)
    await writeFile(join(home, 'a.mp4'), 'x')
    expect(await services.reveal(join(home, 'a.mp4'))).toEqual({
      ok: true,
      value: { name: 'a.mp4', folder: home },
    })
    expect(started).toEqual([])
  })

  it('says so when it is gone', async () => {
    const { home, services, started } = await aFaceAtHome()
    expect(await services.reveal(join(home, 'a.mp4'))).toMatchObject({
      ok: false,
      problem: { code: 'file-missing' },
    })
    expect(started).toEqual([])
  })

  it('selects it on macOS and Windows', () => {
    expect(fileManager('darwin', '/v/a.mp4')).toEqual(['open', ['-R', '/v/a.mp4']])
    expect(fileManager('win32', 'C:\\v\\a.mp4')).toEqual(['explorer.exe', ['/select,C:\\v\\a.mp4']])
  })
})

describe('the dialog of the system', () => {
  it('is not something this face has', async () => {
    const { services } = await aFaceAtHome()
    expect(services.about.nativeDialogs).toBe(false)
    expect(await services.chooseFiles('any')).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })
})
