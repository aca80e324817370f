import type { About, FolderView, SaveTarget } from '../shared/contract.ts'
import type { Outcome } from '../shared/outcome.ts'
import type { Handlers } from './dispatch.ts'
import type { Shelf } from './files/files.ts'
import type { Studio } from './studio-types.ts'

/** What only a face can do: dialogs and windows of its own kind. */
export type FaceServices = {
  readonly about: About
  /** Paths from the system's open dialog; empty when it was closed. */
  readonly chooseFiles: (kind: 'character' | 'clip' | 'any') => Promise<Outcome<readonly string[]>>
  /** The path to save a result to, which does not exist yet; null when the dialog was closed. */
  readonly chooseSaveTarget: (choice: {
    readonly suggestedName: string
    readonly folder: string | null
    readonly name: string | null
  }) => Promise<Outcome<string | null>>
  /** Shows a file in the system's file manager; where there is none, says where it lies. */
  readonly reveal: (path: string) => Promise<Outcome<SaveTarget>>
  readonly listFolder: (folder: string | null) => Promise<Outcome<FolderView>>
}

export type HandlerParts = {
  readonly studio: Studio
  readonly shelf: Shelf
  readonly sample: { readonly character: string; readonly clip: string }
  readonly face: FaceServices
}

export declare function createHandlers(parts: HandlerParts): Handlers
