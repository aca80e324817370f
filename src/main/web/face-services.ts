import { fail } from '../../shared/outcome.ts'
import type { FolderLister } from '../files/files.ts'
import type { FaceServices } from '../api/handlers.ts'
import type { Machine } from './machine.ts'
import type { StartProgram } from './programs.ts'
import { reveal } from './reveal.ts'
import { saveTarget } from './save-target.ts'

type Parts = {
  readonly about: FaceServices['about']
  readonly lister: FolderLister
  readonly machine: Machine
  readonly start: StartProgram
}

/** What a face does by itself, where there are no dialogs but our own. */
export const createFaceServices = ({ about, lister, machine, start }: Parts): FaceServices => ({
  about,
  chooseFiles: () =>
    Promise.resolve(
      fail('usage', 'This face has no dialog of the system.', {
        advice: 'Use the file dialog in the window.',
      }),
    ),
  chooseSaveTarget: async ({ folder, name, suggestedName }) => {
    if (folder === null)
      return fail('usage', 'There is no folder to save to yet.', { advice: 'Choose a folder first.' })
    const path = lister.folderPath(folder)
    return path.ok ? saveTarget({ folder: path.value, name, suggestedName }) : path
  },
  chooseFolder: (folder) =>
    Promise.resolve(
      folder === null
        ? fail('usage', 'There is no folder to save to yet.', { advice: 'Choose a folder first.' })
        : lister.folderPath(folder),
    ),
  reveal: (path) => reveal(machine, start, path),
  listFolder: lister.list,
})
