import type { Outcome } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Bench } from '../core/open-studio.ts'
import type { SettingsStore } from '../system/ports.ts'
import type { Studio } from '../core/studio.ts'
import type { DoctorReport } from '../core/doctor.ts'
import { type ExitCode, exitCodeOf } from './exit-codes.ts'
import type { Printer } from './output.ts'

/** Where a library is; null for the usual place. */
type Home = string | null

/** Everything of the outside world that a command may touch. */
export type Outside = {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Is a person watching standard output? */
  readonly isTTY: boolean
  /** Asks the person at the terminal; null where there is none to ask. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<boolean>) | null
  /** The settings alone; takes no lock. */
  readonly openSettings: (home: Home) => SettingsStore
  /** Facts, rules and preparation; takes no lock. */
  readonly openWorkshop: (home: Home) => Promise<Outcome<Bench>>
  /** The library; held until the studio is closed. */
  readonly openStudio: (home: Home) => Promise<Outcome<Studio>>
  /** What this machine has; changes nothing. */
  readonly examine: (home: Home) => Promise<DoctorReport>
  readonly newTakeId: () => string
  readonly isFile: (path: string) => boolean
  readonly now: () => Milliseconds
  readonly cwd: string
  readonly version: string
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal
}

/** What one running command works with. */
export type Session = Pick<Outside, 'ask' | 'isFile' | 'newTakeId' | 'now' | 'signal'> & {
  readonly printer: Printer
  readonly openSettings: () => SettingsStore
  readonly openWorkshop: () => ReturnType<Outside['openWorkshop']>
  readonly openStudio: () => ReturnType<Outside['openStudio']>
  readonly examine: () => ReturnType<Outside['examine']>
}

/** Opens, uses and always closes; a library that can't be opened is reported and decides the exit code. */
export async function using<T extends { readonly close: () => Promise<void> }>(
  { printer }: Pick<Session, 'printer'>,
  opening: Promise<Outcome<T>>,
  use: (opened: T) => Promise<ExitCode>,
): Promise<ExitCode> {
  const opened = await opening
  if (!opened.ok) {
    printer.problem(opened.problem)
    return exitCodeOf(opened.problem)
  }
  try {
    return await use(opened.value)
  } finally {
    await opened.value.close()
  }
}
