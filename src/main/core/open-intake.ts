import type { FileRef } from '../../shared/domain/views.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { createIntake, intakeFolder, type Intake } from '../files/intake.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { Studio } from './studio.ts'

/** How many bytes of dropped files are kept only because their pair is still offered. */
const keptCopies: Bytes = 4_000_000_000

type IntakeParts = {
  readonly studio: Studio
  readonly fileTokens: FileTokens
  /** Refuses files while the library is being moved. */
  readonly admit: (run: () => Promise<Outcome<FileRef>>) => Promise<Outcome<FileRef>>
}

/**
 * The private folder for files that arrive as bytes and not as a path. Opened only once the library is locked:
 * before that, its files could belong to a running studio.
 */
export async function openIntake(home: string, { studio, fileTokens, admit }: IntakeParts): Promise<Intake> {
  const folder = intakeFolder(home)
  const intake = createIntake({ folder, fileTokens })
  const wanted = [
    ...studio.takes.neededSources(),
    ...studio.queue.neededSources(),
    ...studio.recents.copies(folder, keptCopies),
    ...studio.desk.files(),
  ]
  await intake.sweep(new Set(wanted))
  return { ...intake, take: (upload) => admit(() => intake.take(upload)) }
}
