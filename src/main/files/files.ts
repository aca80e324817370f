import type { FileRef, FolderView, MediaUrl } from '../../shared/domain/views.ts'
import type { Outcome } from '../../shared/outcome.ts'

/** Stands between paths and the renderer: the renderer holds random tokens, this keeps what they mean. */
export type Shelf = {
  /** A token for a file the user chose; a problem when it is missing, empty, a folder or unreadable. */
  readonly adopt: (path: string) => Promise<Outcome<FileRef>>
  readonly path: (token: string) => Outcome<string>
  /** A URL a player can load, with ranges, for as long as this process runs. */
  readonly publish: (path: string) => MediaUrl
  /** The same for bytes made on the fly, such as a first picture. */
  readonly publishBytes: (bytes: Uint8Array, contentType: string) => MediaUrl
  /** Answers `media://` and `/media/` requests with exact byte ranges. */
  readonly serve: (request: Request) => Promise<Response>
}

/** The browser face's own file dialog: lists folders inside the user's home and mounted media, nothing else. */
export type FolderLister = {
  readonly list: (folder: string | null) => Promise<Outcome<FolderView>>
  readonly folderPath: (token: string) => Outcome<string>
}
