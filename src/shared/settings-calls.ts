import { z } from 'zod'
import { call, nothing } from './call.ts'
import { settingsChange, type Settings } from './domain/settings.ts'
import { storedParts, type Stored } from './domain/stored.ts'
import { takeId } from './domain/take.ts'
import type { SavedFile, SaveTarget } from './domain/views.ts'
import type { Bytes } from './units.ts'

export const folderToken = z.string().regex(/^d_[A-Za-z0-9_-]{22}$/)

const savedToken = z.string().regex(/^s_[A-Za-z0-9_-]{22}$/)

/** What can be saved, and so gets a name and a folder to start from. */
export const savedKinds = [
  'result',
  'marked',
  'still',
  'contact-sheet',
  'support-pack',
  'diagnostics',
] as const
export type SavedKind = (typeof savedKinds)[number]

/** The calls of the contract for settings, for where files are saved, and for what this app keeps on the disk. */
export const settingsCalls = {
  'settings:read': call(nothing)<Settings>(),
  /** Accounts, the bucket and folders have calls of their own, which check them. */
  'settings:change': call(
    z.strictObject({
      change: settingsChange.omit({ accounts: true, bucket: true, saveFolder: true, lastSaveFolder: true }),
    }),
  )<Settings>(),
  /** The folder where saving starts: of the system's dialog, or the given one. Null when the user closes it. */
  'save-folder:choose': call(z.strictObject({ folder: folderToken.nullable() }))<Settings | null>(),
  /** Back to the system's downloads. */
  'save-folder:forget': call(nothing)<Settings>(),
  /** A free name, and with a file dialog of our own the folder to start from: where one saved last, else the save folder, else the downloads. */
  'save:suggest': call(z.strictObject({ what: z.enum(savedKinds), take: takeId.nullable() }))<{
    readonly name: string
    readonly folder: string | null
  }>(),
  /** Shows a file that was just saved in the system's file manager; where there is none, says where it is. */
  'saved:reveal': call(z.strictObject({ saved: savedToken }))<SaveTarget>(),
  /** What this app keeps on the disk, by part. */
  'storage:read': call(nothing)<readonly Stored[]>(),
  /** Deletes what can be made again. Answers as `storage:read` does. */
  'storage:clear': call(z.strictObject({ part: z.enum(storedParts) }))<readonly Stored[]>(),
  'library:reveal': call(nothing)<SaveTarget>(),
  /**
   * Where the library would move to: a folder of the system's dialog, or the given one, or a new one inside if that isn't
   * empty. Changes nothing. Null when the user closes the dialog.
   */
  'library:plan-move': call(z.strictObject({ folder: folderToken.nullable() }))<{
    readonly plan: string
    readonly to: string
    readonly bytes: Bytes
  } | null>(),
  /**
   * Copies the library to where it was planned, and opens it there from then on. Meanwhile every other call is refused. A
   * move that fails or is cancelled changes nothing.
   */
  'library:move': call(z.strictObject({ plan: z.string().max(64) }))<{
    readonly to: string
    readonly files: number
    readonly bytes: Bytes
  }>(),
  /** What `understudy doctor` finds, without names, paths and keys, saved as a file. Null when the user closes the dialog. */
  'diagnostics:save': call(
    z.strictObject({
      folder: folderToken.nullable(),
      name: z.string().min(1).max(200).nullable(),
    }),
  )<SavedFile | null>(),
} as const

/** What the core announces while `library:move` runs. */
export const libraryMoveEvents = {
  /** The library is being copied to another folder; null once that has ended. */
  'library:moving': z
    .strictObject({ to: z.string(), fraction: z.number().min(0).max(1).nullable() })
    .nullable(),
  /** It is in this folder now. This core answers nothing any more. */
  'library:moved': z.strictObject({ to: z.string() }),
} as const
