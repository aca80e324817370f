import type { KeyState } from '../../shared/domain/account.ts'
import type { SettingsChange, Settings } from '../../shared/domain/settings.ts'
import type { Milliseconds } from '../../shared/units.ts'

/** Time, passed in so that tests can own it. */
export type Clock = {
  /** Wall-clock milliseconds since 1970, for display and for records only. */
  readonly now: () => Milliseconds
  /** For intervals: never jumps. */
  readonly monotonic: () => Milliseconds
  /** Resolves early, without an error, when the signal fires. */
  readonly sleep: (duration: Milliseconds, signal?: AbortSignal) => Promise<void>
}

export type ToolRun = {
  readonly command: string
  readonly args: readonly string[]
  readonly signal?: AbortSignal | undefined
  /**
   * Killed after this long, whatever it does. Only for questions that take as long for every file: work that keeps
   * coming is never too slow.
   */
  readonly wallLimit?: Milliseconds
  /** Killed after this long without a sign of work, unless it waits for its input. Output is such a sign. */
  readonly stallLimit?: Milliseconds
  /** True: it takes only what other programs leave of the processor. */
  readonly yields?: boolean
  /** Standard output as it comes; without it, output is collected. */
  readonly onOutput?: (chunk: Uint8Array) => void
  /** Standard error as it arrives; the last lines are kept anyway. True where it is a sign of progress. */
  readonly onComplaint?: (chunk: Uint8Array) => boolean
  /** Written to standard input, which is then closed; without it there is none. */
  readonly input?: AsyncIterable<Uint8Array>
}

export type ToolExit = {
  readonly ended: 'exit' | 'cancelled' | 'wall-limit' | 'stalled' | 'missing'
  readonly exitCode: number | null
  readonly stdout: Uint8Array
  /** The last lines of standard error. */
  readonly stderr: string
}

/** Runs one program without a shell. Never rejects; the process and its children are gone when it resolves. */
export type RunTool = (run: ToolRun) => Promise<ToolExit>

/** Where ffmpeg and ffprobe are; null when this machine has none. */
export type ToolPaths = { readonly ffmpeg: string | null; readonly ffprobe: string | null }

export type SettingsStore = {
  readonly read: () => Settings
  readonly change: (change: SettingsChange) => Settings
}

/** Keys of accounts, by name. `read` answers null when there is none; what `write` cannot protect lives in memory. */
export type Secrets = {
  readonly read: (name: string) => Promise<string | null>
  readonly state: (name: string) => Promise<KeyState>
  readonly write: (name: string, key: string) => Promise<KeyState>
  readonly remove: (name: string) => Promise<void>
}

/** Moves a file or folder into the system’s bin, from where the user can put it back. Rejects if that isn’t possible. */
export type Bin = (path: string) => Promise<void>

/** One line for the person who maintains the app; never contains a key or a whole path of the user. */
export type Log = (line: string, about?: { readonly take?: string; readonly error?: unknown }) => void
