import { isPractice } from '../../../shared/domain/account.ts'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { movedTo } from '../../system/moved-home.ts'
import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Log } from '../../system/ports.ts'
import { isToBeSent } from '../attempt.ts'
import type { Journal } from '../journal/journal.ts'
import { NotWritten } from '../journal/writes.ts'
import { step } from '../state-machine.ts'
import type { TakeRecord } from '../record.ts'
import type { KnownPlaces } from './known-places.ts'
import { becameDrafts, maybeSentFromCopy } from './problems.ts'
import { doubtAbout, type Doubt, type FileMark, type Place } from './place.ts'

export type Binding = {
  readonly journal: Journal
  /** The database. */
  readonly path: string
  readonly machine: string | null
  readonly known: KnownPlaces
  readonly newLibraryId: () => string
  /** ISO time. */
  readonly now: () => string
  readonly log: Log
}

export type Bound = {
  /** About takes that need the user’s consent again; null where there are none. */
  readonly notice: Problem | null
  /** The folder that says that this library was moved here since it was opened last; null where it wasn't. */
  readonly movedFrom: string | null
  /** Call this before a paid request is sent: from then on, earlier copies of the library are older. */
  readonly sending: () => void
}

/** A system that does not record when a file was created returns the time of its last change, or 1970. */
function markOf(path: string): FileMark {
  const { ino, birthtimeNs, ctimeNs } = statSync(path, { bigint: true })
  const isKnown = birthtimeNs > 0n && birthtimeNs !== ctimeNs
  return { inode: String(ino), born: isKnown ? String(birthtimeNs) : null }
}

/** Practice is free and keeps its tasks inside the library. */
const mayCost = ({ order, attempt }: TakeRecord) =>
  isToBeSent(attempt) && !isPractice(order.settings.provider)

function makeDrafts({ journal, now }: Binding, doubt: Doubt): readonly string[] {
  const unsent = journal.load().records.filter(mayCost)
  const event = { type: 'displaced', problem: maybeSentFromCopy(doubt) } as const
  for (const { attempt } of unsent) journal.record(step(attempt, event, now()), event)
  return unsent.map(({ order }) => order.id)
}

function bind(binding: Binding): Bound {
  const { journal, path, machine, known, newLibraryId, log } = binding
  const here = { machine, file: markOf(path) }
  const noted = journal.place()
  const before = noted === null ? null : known.read(noted.library)
  const doubt = doubtAbout(noted, here, before)
  // First: if this fails, the library isn’t bound to this place yet.
  const drafts = doubt === null ? [] : makeDrafts(binding, doubt)
  let place: Place = {
    ...here,
    library: noted === null || doubt !== null ? newLibraryId() : noted.library,
    count: noted?.count ?? 0,
  }
  const advance = () => {
    place = { ...place, count: place.count + 1 }
    // In this order: a library ahead of the outside count was interrupted here, one behind it is an older copy.
    journal.setPlace(place)
    known.write(place.library, { count: place.count, path, replaced: false })
  }
  try {
    advance()
    if (doubt !== null && noted !== null && before?.path === path)
      known.write(noted.library, { ...before, replaced: true })
  } catch (error) {
    log('the place of the library couldn’t be recorded', { error })
  }
  const from = before === null || before.path === path ? null : dirname(before.path)
  return {
    movedFrom: from !== null && movedTo(from) === dirname(path) ? from : null,
    notice: doubt === null || drafts.length === 0 ? null : becameDrafts(doubt, drafts),
    sending: advance,
  }
}

/**
 * Binds a library to this computer and this database file. If it was copied or restored from a backup, takes that were
 * about to be sent need the user’s consent again, because the other copy may have sent them. Sent tasks are followed.
 */
export function bindToPlace(binding: Binding): Outcome<Bound> {
  if (binding.journal.readOnly !== null)
    return ok({ notice: null, movedFrom: null, sending: () => undefined })
  try {
    return ok(bind(binding))
  } catch (error) {
    if (error instanceof NotWritten) return { ok: false, problem: error.problem }
    throw error
  }
}
