import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { BrowserWindow, OpenDialogOptions, SaveDialogOptions } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFaceServices } from '../../../src/main/electron/dialogs.ts'
import { aWindow } from '../../support/window/electron-double.ts'

type Options = OpenDialogOptions & SaveDialogOptions

function aFace(answer: { files?: string[]; save?: string }, window: BrowserWindow | null = null) {
  const shown: Options[] = []
  const owners: unknown[] = []
  const revealed: string[] = []
  // The first argument is the owner only when there is one.
  const note = (args: readonly unknown[]) => {
    owners.push(args.length === 2 ? args[0] : null)
    shown.push(args.at(-1) as Options)
  }
  const face = createFaceServices({
    takeNotice: () => null,
    dialog: {
      showOpenDialog: (...args: unknown[]) => {
        note(args)
        return Promise.resolve({ canceled: answer.files === undefined, filePaths: answer.files ?? [] })
      },
      showSaveDialog: (...args: unknown[]) => {
        note(args)
        return Promise.resolve({ canceled: answer.save === undefined, filePath: answer.save ?? '' })
      },
    },
    shell: { showItemInFolder: (path) => revealed.push(path) },
    window: () => window,
    version: '0.1.0',
    home: '/data/Understudy',
    downloads: () => '/home/user/Downloads',
  })
  return { face, shown, owners, revealed }
}
const suggestion = {
  what: 'result',
  suggestedName: 'hero with dance.mp4',
  start: null,
  folder: null,
  name: null,
} as const

describe('the dialogs of the system', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-dialogs-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('offer the kinds of files that were asked for, first of all', async () => {
    const { face, shown } = aFace({ files: ['/home/user/hero.png'] })
    await face.chooseFiles('character')
    await face.chooseFiles('clip')
    await face.chooseFiles('any')
    expect(shown.map((options) => options.filters?.[0]?.name)).toEqual([
      'Images',
      'Videos',
      'Images and videos',
    ])
    expect(shown[0]?.filters?.[0]?.extensions).toContain('heic')
    expect(shown[1]?.filters?.[0]?.extensions).toContain('mov')
    expect(shown.map((options) => options.properties?.includes('multiSelections'))).toEqual([
      false,
      false,
      true,
    ])
  })

  it('answer what was chosen, and nothing when they were closed', async () => {
    const files = ['/home/user/hero.png', '/home/user/dance.mp4']
    expect(await aFace({ files }).face.chooseFiles('any')).toEqual({ ok: true, value: files })
    expect(await aFace({}).face.chooseFiles('any')).toEqual({ ok: true, value: [] })
    expect(await aFace({}).face.chooseSaveTarget(suggestion)).toEqual({ ok: true, value: null })
  })

  it('offer folders for a result, new ones too, and answer nothing when they were closed', async () => {
    const { face, shown } = aFace({ files: ['/media/stick'] })
    expect(await face.chooseFolder(null, 'Choose a folder for the result')).toEqual({
      ok: true,
      value: '/media/stick',
    })
    expect(shown[0]?.properties).toEqual(['openDirectory', 'createDirectory'])
    expect(await aFace({}).face.chooseFolder(null, 'Choose a folder for the result')).toEqual({
      ok: true,
      value: null,
    })
  })

  it('belong to the window when there is one', async () => {
    const window = aWindow()
    const { face, owners } = aFace({ files: [] }, window)
    await face.chooseFiles('any')
    await face.chooseSaveTarget(suggestion)
    expect(owners).toEqual([window, window])
  })

  it('suggest a name, and add the extension that was left out', async () => {
    const { face, shown } = aFace({ save: join(folder, 'mine') })
    expect(await face.chooseSaveTarget(suggestion)).toEqual({ ok: true, value: join(folder, 'mine.mp4') })
    expect(shown[0]?.defaultPath).toBe('hero with dance.mp4')
    await face.chooseSaveTarget({ ...suggestion, start: folder })
    expect(shown[1]?.defaultPath).toBe(join(folder, 'hero with dance.mp4'))
    const dotted = aFace({ save: join(folder, 'dance v1.2') }).face
    expect(await dotted.chooseSaveTarget(suggestion)).toEqual({
      ok: true,
      value: join(folder, 'dance v1.2.mp4'),
    })
  })

  it('say what is saved: a result or a still', async () => {
    const { face, shown } = aFace({})
    await face.chooseSaveTarget(suggestion)
    await face.chooseSaveTarget({ ...suggestion, what: 'still', suggestedName: 'dance.png' })
    expect(shown.map(({ title, filters }) => [title, filters?.[0]])).toEqual([
      ['Save the result', { name: 'Video', extensions: ['mp4'] }],
      ['Save the still', { name: 'Image', extensions: ['png'] }],
    ])
  })

  it('never answer with a file that exists', async () => {
    await writeFile(join(folder, 'mine.mp4'), 'x')
    for (const save of [join(folder, 'mine.mp4'), join(folder, 'mine')])
      expect(await aFace({ save }).face.chooseSaveTarget(suggestion)).toMatchObject({
        ok: false,
        problem: { code: 'file-exists', message: '“mine.mp4” already exists.' },
      })
  })

  it('show a file in its folder, and say so when it is gone', async () => {
    const { face, revealed } = aFace({})
    const path = join(folder, 'result.mp4')
    expect(await face.reveal(path)).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
    await writeFile(path, 'x')
    expect(await face.reveal(path)).toEqual({
      ok: true,
      value: { name: 'result.mp4', folder: basename(folder) },
    })
    expect(revealed).toEqual([path])
  })

  it('replace the browser face’s own list of folders', async () => {
    expect(await aFace({}).face.listFolder(null)).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })
})
