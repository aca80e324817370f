import type { Outcome, Problem } from '../../../shared/outcome.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { formatBytes, formatSeconds } from '../../../shared/units.ts'
import { takeForDone } from './takes-format.ts'
import type { Printer } from '../output.ts'

/** The last line about a take: what became of it and where its result lies. */
export function tellDone(printer: Printer, take: Take, path: Outcome<string>, problem?: Problem): void {
  const { result } = take
  const at = take.state === 'DONE' && path.ok ? path.value : null
  const told = takeForDone(take, at)
  printer.value({ event: 'done', take: problem ? { ...told, problem } : told })
  if (result === null || at === null) return
  printer.line(`${at} (${formatSeconds(result.duration)}, ${formatBytes(result.bytes)})`)
}
