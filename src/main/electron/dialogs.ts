import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { BrowserWindow, Dialog, FileFilter, OpenDialogOptions, SaveDialogOptions, Shell } from 'electron'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { WindowNotice } from '../../shared/domain/views.ts'
import { withExtension } from '../files/with-extension.ts'
import type { FaceServices } from '../api/face-services.ts'
import { fileExists, fileGone, hasSystemDialogs } from './problems.ts'

type Kind = 'character' | 'clip' | 'any'

const images = ['jpg', 'jpeg', 'png', 'apng', 'webp', 'avif', 'heic', 'heif', 'gif', 'tif', 'tiff', 'bmp']
const videos = [
  ...['mp4', 'mov', 'm4v', 'webm', 'mkv', 'avi', '3gp', '3g2', 'ts', 'mts', 'm2ts'],
  ...['flv', 'wmv', 'asf', 'mpg', 'mpeg', 'vob', 'ogv', 'mxf', 'qt'],
]
/** They are a character or a clip, as they are used. */
const moving = ['gif', 'png', 'apng', 'avif']
const everything: FileFilter = { name: 'All files', extensions: ['*'] }

// Filters are a help for the eye: what a file really is, is found out from its content.
const filters: Readonly<Record<Kind, FileFilter[]>> = {
  character: [{ name: 'Images', extensions: images }, everything],
  clip: [{ name: 'Videos', extensions: [...videos, ...moving] }, everything],
  any: [{ name: 'Images and videos', extensions: [...images, ...videos] }, everything],
}
const titles: Readonly<Record<Kind, string>> = {
  character: 'Choose a character',
  clip: 'Choose a clip',
  any: 'Choose a character and a clip',
}

const saving = {
  result: { title: 'Save the result', kind: 'Video' },
  still: { title: 'Save the still', kind: 'Image' },
  'contact-sheet': { title: 'Save the contact sheet', kind: 'Image' },
  'support-pack': { title: 'Save the support pack', kind: 'Zip archive' },
  diagnostics: { title: 'Save the diagnostics', kind: 'Text' },
} as const

export type DialogParts = {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>
  readonly shell: Pick<Shell, 'showItemInFolder'>
  /** The window that a dialog belongs to; null when there is none. */
  readonly window: () => BrowserWindow | null
  readonly version: string
  readonly home: string
  /** The system's folder for downloads. */
  readonly downloads: () => string
  /** What happened to the window before this page; null once it was told. */
  readonly takeNotice: () => WindowNotice | null
}

function saveTarget(path: string): Outcome<string> {
  return existsSync(path) ? fileExists(path) : ok(path)
}

/** The system's own dialogs and file manager. */
export function createFaceServices({
  dialog,
  shell,
  window,
  version,
  home,
  downloads,
  takeNotice,
}: DialogParts): FaceServices {
  const openDialog = (options: OpenDialogOptions) => {
    const owner = window()
    return owner === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(owner, options)
  }
  const saveDialog = (options: SaveDialogOptions) => {
    const owner = window()
    return owner === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(owner, options)
  }
  const about: FaceServices['about'] = {
    version,
    face: 'electron',
    platform: process.platform,
    nativeDialogs: true,
    library: home,
    get windowNotice() {
      return takeNotice()
    },
  }
  return {
    about,
    chooseFiles: async (kind) => {
      const properties: OpenDialogOptions['properties'] =
        kind === 'any' ? ['openFile', 'multiSelections'] : ['openFile']
      const choice = await openDialog({ title: titles[kind], filters: filters[kind], properties })
      return ok(choice.canceled ? [] : choice.filePaths)
    },
    chooseSaveTarget: async ({ what, suggestedName, start, name }) => {
      const extension = extname(suggestedName).slice(1)
      const choice = await saveDialog({
        title: saving[what].title,
        defaultPath: start === null ? (name ?? suggestedName) : join(start, name ?? suggestedName),
        filters:
          extension === ''
            ? [everything]
            : [{ name: saving[what].kind, extensions: [extension] }, everything],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (choice.canceled || choice.filePath === '') return ok(null)
      // GTK's dialog does not add the extension that the user left out.
      return saveTarget(withExtension(choice.filePath, suggestedName))
    },
    chooseFolder: async (_folder, title) => {
      const choice = await openDialog({
        title,
        properties: ['openDirectory', 'createDirectory'],
      })
      return ok(choice.canceled ? null : (choice.filePaths[0] ?? null))
    },
    downloads,
    folderToken: () => Promise.resolve(null),
    reveal: (path) => {
      if (!existsSync(path)) return Promise.resolve(fileGone(path))
      shell.showItemInFolder(path)
      return Promise.resolve(ok({ name: basename(path), folder: basename(dirname(path)) }))
    },
    listFolder: () => Promise.resolve(hasSystemDialogs),
  }
}
