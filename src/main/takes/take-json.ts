import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Take } from '../../shared/domain/take.ts'
import type { Timestamp } from '../../shared/units.ts'
import { writeWholeSync } from '../files/write-whole.ts'
import type { Journal } from './journal/journal.ts'
import type { KeptMarks } from './marks/kept-marks.ts'
import type { TakeRecord } from './record.ts'
import { toTakeJson } from './recovery/read-take-json.ts'
import { makeTakeFolder } from './take-folder.ts'
import { noProgress, takeOf } from './view.ts'

type TakeJsonParts = {
  readonly library: string
  readonly journal: Pick<Journal, 'events' | 'attempts' | 'uploads' | 'keptMarks' | 'trashedAt'>
}

/**
 * Writes `take.json`: the take as every face shows it and, under `record`, everything needed to restore it without
 * the journal.
 */
export function writeTakeJson(
  { library, journal }: TakeJsonParts,
  record: TakeRecord,
  { durable = false }: { readonly durable?: boolean } = {},
): void {
  const { order, attempt } = record
  const { folder } = makeTakeFolder(library, order.id)
  const history = journal.events(order.id)
  // Its place in the queue changes without it.
  const { queued: _queued, ...take } = takeOf(record, noProgress, null)
  const takeJson = {
    ...take,
    marks: journal.keptMarks(order.id),
    trashedAt: journal.trashedAt(order.id),
    commands: attempt.commands,
    history,
    record: toTakeJson({
      order,
      attempts: [...journal.attempts(order.id).filter(({ number }) => number < attempt.number), attempt],
      history,
      uploads: journal.uploads(order.id),
    }),
  }
  write(join(folder, 'take.json'), takeJson, durable)
}

function write(path: string, takeJson: object, durable = false): void {
  writeWholeSync(path, `${JSON.stringify(takeJson, null, 2)}\n`, { durable })
}

type Patch = { readonly marks: KeptMarks } | { readonly trashedAt: Timestamp | null }

/**
 * Puts a part into `take.json` and leaves the rest of it as it is: while the journal can’t be written, only this file
 * has what happened to the take. False if there is no such file to put it into. `holder`: the folder around that of
 * the take.
 */
export function patchTakeJson(
  holder: string,
  id: string,
  patch: Patch,
  { durable = false }: { readonly durable?: boolean } = {},
): boolean {
  const path = join(holder, id, 'take.json')
  if (!existsSync(path)) return false
  const takeJson = JSON.parse(readFileSync(path, 'utf8')) as unknown
  if (takeJson === null || typeof takeJson !== 'object' || Array.isArray(takeJson)) return false
  write(path, { ...takeJson, ...patch }, durable)
  return true
}

/** Whether `take.json` has this state. A kill after the journal was written leaves the file one step behind. */
export async function isTakeJsonCurrent(
  library: string,
  take: Pick<Take, 'id' | 'state' | 'since'>,
): Promise<boolean> {
  try {
    const text = await readFile(join(library, take.id, 'take.json'), 'utf8')
    const { state, since } = JSON.parse(text) as Partial<Take>
    return state === take.state && since === take.since
  } catch {
    return false
  }
}
