import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Take } from '../../shared/domain/take.ts'
import { writeWholeSync } from '../files/write-whole.ts'
import type { Journal } from './journal/journal.ts'
import type { TakeRecord } from './record.ts'
import { toTakeJson } from './recovery/read-take-json.ts'
import { makeTakeFolder } from './take-folder.ts'
import { noProgress, takeOf } from './view.ts'

type TakeJsonParts = {
  readonly library: string
  readonly journal: Pick<Journal, 'events' | 'attempts' | 'uploads'>
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
  const takeJson = {
    ...takeOf(record, noProgress),
    commands: attempt.commands,
    history,
    record: toTakeJson({
      order,
      attempts: [...journal.attempts(order.id).filter(({ number }) => number < attempt.number), attempt],
      history,
      uploads: journal.uploads(order.id),
    }),
  }
  writeWholeSync(join(folder, 'take.json'), `${JSON.stringify(takeJson, null, 2)}\n`, { durable })
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
