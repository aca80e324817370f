import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { checkForPrograms, formatCheck } from './format-check.ts'
import { using, type Session } from '../session.ts'
import { partOf } from '../performed-part.ts'
import type { CheckRequest } from '../requests.ts'

/** Says what the rules make of a character and a clip; changes nothing. */
export function runCheck(request: CheckRequest, session: Session): Promise<ExitCode> {
  const { printer, signal } = session
  return using(session, session.openWorkshop(), async (workshop) => {
    const { character, clip, settings } = request
    const part = await partOf(workshop, request, signal)
    const checked = part.ok
      ? await workshop.check({ character, clip, settings, window: part.value }, { signal })
      : part
    if (checked.ok) {
      printer.value(checkForPrograms(checked.value))
      printer.line(formatCheck(checked.value, printer.terminal))
    }
    const problem = checked.ok ? checked.value.refused : checked.problem
    if (problem === null) return exitCodes.done
    printer.problem(problem)
    return exitCodeOf(problem)
  })
}
