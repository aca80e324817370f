import type { About, SaveTarget, FolderView } from '../../shared/domain/views.ts'
import type { Outcome } from '../../shared/outcome.ts'

/** What only a face can do: dialogs and windows of its own kind. */
export type FaceServices = {
  readonly about: Omit<About, 'mediaTools' | 'oldTools' | 'startedAt' | 'libraryNotices'>
  /** Paths from the system's open dialog; empty when it was closed. */
  readonly chooseFiles: (kind: 'character' | 'clip' | 'any') => Promise<Outcome<readonly string[]>>
  /** The path to save a result to, which does not exist yet; null when the dialog was closed. */
  readonly chooseSaveTarget: (choice: {
    readonly suggestedName: string
    readonly folder: string | null
    readonly name: string | null
  }) => Promise<Outcome<string | null>>
  /** A folder for a result: of the system's dialog, or the one named by the token; null when the dialog was closed. */
  readonly chooseFolder: (folder: string | null) => Promise<Outcome<string | null>>
  /** Shows a file in the system's file manager; where there is none, says where it lies. */
  readonly reveal: (path: string) => Promise<Outcome<SaveTarget>>
  readonly listFolder: (folder: string | null) => Promise<Outcome<FolderView>>
}
