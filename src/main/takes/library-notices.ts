import type { LibraryNotice } from '../../shared/domain/views.ts'
import type { Problem } from '../../shared/outcome.ts'

type Troubles = {
  /** Nothing can be noted down any more, or takes cannot be read. */
  readonly broken: Problem | null
  /** What happened when the library was opened. */
  readonly opened: Problem | null
  /** Unsent takes of a library that was copied or put back. */
  readonly displaced?: Problem | null
  /** Files that stay in a bucket. */
  readonly left: Problem | null
  /** The clock of this computer is wrong. */
  readonly clock: Problem | null
  /** Settings that could not be read. */
  readonly settings: Problem | null
  /** The queue of preparations could not be read. */
  readonly queue?: Problem | null
}

/** A take or a task that is named may have been paid for. */
const namesAny = ({ detail }: Problem) => /\b[0-9A-HJKMNP-TV-Z]{26}\b|\btask /.test(detail ?? '')

/** What is wrong with a library as a whole, the gravest first. */
export function libraryNotices({
  broken,
  opened,
  displaced,
  left,
  clock,
  settings,
  queue,
}: Troubles): readonly LibraryNotice[] {
  return [
    ...(broken ? [{ problem: broken, stays: true }] : []),
    ...(opened ? [{ problem: opened, stays: namesAny(opened) }] : []),
    ...(displaced ? [{ problem: displaced, stays: false }] : []),
    ...(settings ? [{ problem: settings, stays: false }] : []),
    ...(queue ? [{ problem: queue, stays: false }] : []),
    ...(left ? [{ problem: left, stays: false }] : []),
    ...(clock ? [{ problem: clock, stays: false }] : []),
  ]
}
