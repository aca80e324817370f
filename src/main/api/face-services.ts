import type { About, SaveTarget, FolderView } from '../../shared/domain/views.ts'
import type { Outcome } from '../../shared/outcome.ts'

/** What only a face can do: its own dialogs and windows. */
export type FaceServices = {
  readonly about: Omit<About, 'mediaTools' | 'oldTools' | 'startedAt' | 'libraryNotices' | 'movedFrom'>
  /** Paths from the system’s open dialog; empty if the user closed it. */
  readonly chooseFiles: (kind: 'character' | 'clip' | 'any') => Promise<Outcome<readonly string[]>>
  /** A path to save to that doesn’t exist yet; null if the user closed the dialog. */
  readonly chooseSaveTarget: (choice: {
    readonly what: 'result' | 'still' | 'contact-sheet' | 'support-pack' | 'diagnostics'
    readonly suggestedName: string
    /** Where the system's dialog starts; null where the system decides. */
    readonly start: string | null
    readonly folder: string | null
    readonly name: string | null
  }) => Promise<Outcome<string | null>>
  /** A folder from the system’s dialog or named by the token; null if the user closed the dialog. */
  readonly chooseFolder: (folder: string | null, title: string) => Promise<Outcome<string | null>>
  /** The system's folder for downloads; null where there is none. */
  readonly downloads: () => string | null
  /** A folder as our own file dialog names it; null where that may not show it, or the system has one. */
  readonly folderToken: (path: string) => Promise<string | null>
  /** Shows a file in the system’s file manager, or says where it is if there is none. */
  readonly reveal: (path: string) => Promise<Outcome<SaveTarget>>
  readonly listFolder: (folder: string | null) => Promise<Outcome<FolderView>>
}
