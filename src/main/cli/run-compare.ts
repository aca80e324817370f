import { fail } from '../../shared/outcome.ts'
import { formatBytes } from '../../shared/units.ts'
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts'
import { exists } from './out-folder.ts'
import { durationOf } from './performed-part.ts'
import { using, type Session } from './session.ts'
import { tensOf } from './progress.ts'
import type { CompareRequest } from './requests.ts'

/** Writes reference and result side by side as one video. */
export function runCompare(request: CompareRequest, session: Session): Promise<ExitCode> {
  const { printer, signal } = session
  const { reference, result, offset, sound, out } = request
  const onProgress = tensOf((text) => {
    if (printer.terminal) printer.line(text)
  })
  return using(session, session.openWorkshop(), async (workshop) => {
    const later = (await exists(out))
      ? fail('file-exists', `“${out}” is there already and is not replaced.`, {
          advice: 'Choose another name.',
        })
      : await durationOf(workshop, reference, offset, signal)
    const job = { reference, result, sound, target: out }
    const written = later.ok
      ? await workshop.sideBySide({ ...job, offset: later.value }, { signal, onProgress })
      : later
    if (!written.ok) {
      printer.problem(written.problem)
      return exitCodeOf(written.problem)
    }
    printer.value(written.value)
    printer.line(`Wrote ${written.value.path} (${formatBytes(written.value.bytes)})`)
    return exitCodes.done
  })
}
