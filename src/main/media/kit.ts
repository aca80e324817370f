import type { Milliseconds } from '../../shared/units.ts'
import type { RunTool } from '../system/ports.ts'
import type { NoteFile } from '../processes/leftovers.ts'

/** What every piece of media work needs. */
export type Kit = {
  readonly run: RunTool
  readonly ffmpeg: string
  readonly ffprobe: string
  /** Private to this app; for scratch files with names of our own. */
  readonly workFolder: string
  /** Where temporary files stand while they are written, for the next start should we be killed. */
  readonly noteFile: NoteFile
  /** Without a word for this long, a tool hangs. */
  readonly stallLimit: Milliseconds
}

const plain = /^[\w@%+=:,./-]+$/

/** For people to read and copy; what is run is the list of arguments, without any shell. */
export const commandLine = (command: string, args: readonly string[]): string =>
  [command, ...args].map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
