import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { formatBytes } from '../../../shared/units.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { option } from '../options.ts'
import { tensOf } from '../output.ts'
import type { LibraryRequest } from '../requests.ts'
import { using, type Session } from '../session.ts'
import { example } from './media-flags.ts'

const flags = z.object({ to: z.string() })

export function addLibrary(
  program: Command,
  cwd: string,
  onRequest: (request: Outcome<LibraryRequest>) => void,
): void {
  const library = program.command('library').description('move the library to another folder')
  library
    .command('move')
    .description('copy the library to a new or empty folder, check the copy, and use it from then on')
    .addOption(option('to', 'folder', 'the new folder of the library').makeOptionMandatory())
    .addHelpText('after', example('library move --to /media/big/Understudy'))
    .action((given: unknown) => {
      onRequest(ok({ command: 'library move', to: resolve(cwd, flags.parse(given).to) }))
    })
}

/** Moves the library. The old one is left as it is, with a note. */
export function runLibrary({ to }: LibraryRequest, session: Session): Promise<ExitCode> {
  const { printer, signal } = session
  const onProgress = tensOf((text) => {
    if (printer.terminal) printer.line(text)
  })
  return using(session, session.openStudio(), async (studio) => {
    const moved = await studio.move(to, { signal, onProgress })
    if (!moved.ok) {
      printer.problem(moved.problem)
      return exitCodeOf(moved.problem)
    }
    const { files, bytes } = moved.value
    printer.value(moved.value)
    printer.line(`The library is now in ${moved.value.to} (${String(files)} files, ${formatBytes(bytes)}).`)
    printer.note('The old files are still there. A note beside them says what was copied and what to keep.')
    return exitCodes.done
  })
}
