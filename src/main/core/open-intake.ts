import { join } from 'node:path'
import type { Bytes } from '../../shared/units.ts'
import { createIntake, type Intake } from '../files/intake.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { Studio } from './studio.ts'

/** How much of what was dropped stays only because the pair is still offered. */
const keptCopies: Bytes = 4_000_000_000

/**
 * The private folder for what comes as bytes and not as a path. To be opened once the library is ours: before, the files
 * in it could be those of a studio that is running.
 */
export async function openIntake(home: string, studio: Studio, fileTokens: FileTokens): Promise<Intake> {
  const folder = join(home, 'dropped')
  const intake = createIntake({ folder, fileTokens })
  const wanted = [
    ...studio.takes.neededSources(),
    ...studio.queue.neededSources(),
    ...studio.recents.copies(folder, keptCopies),
    ...studio.desk.files(),
  ]
  await intake.sweep(new Set(wanted))
  return intake
}
