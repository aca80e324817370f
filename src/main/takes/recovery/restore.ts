import { statSync } from 'node:fs'
import { moveAside } from '../../files/aside.ts'
import type { Journal } from '../journal/journal.ts'
import type { KeptTake } from '../record.ts'
import type { Upload } from '../journal/upload-rows.ts'
import { resultPlace } from '../result-place.ts'
import type { LostTake } from './read-folders.ts'

/** The files that more than one take says are its own. */
function contested(uploads: readonly Upload[]): ReadonlySet<string> {
  const owners = new Map<string, string>()
  const names = uploads.filter(({ name, take }) => {
    const owner = owners.get(name) ?? take
    owners.set(name, owner)
    return owner !== take
  })
  return new Set(names.map(({ name }) => name))
}

/** A result of another size is not the one that was verified; the user may have worked on it. */
function keepChanged(library: string, { attempts }: KeptTake): void {
  const newest = attempts.at(-1)
  if (newest?.state !== 'VERIFIED' || newest.result === null) return
  const { result } = resultPlace(library, newest)
  try {
    if (statSync(result).size !== newest.result.bytes) moveAside(result)
  } catch {
    // It is not there, or in use by another program: that must not keep the list from being made.
  }
}

/** Puts takes into the list; one that does not fit in costs no other its place, and is named with its task. */
export function bringBack(
  journal: Pick<Journal, 'restore'>,
  library: string,
  takes: readonly KeptTake[],
): { readonly back: readonly KeptTake[]; readonly lost: readonly LostTake[] } {
  const doubtful = contested(takes.flatMap(({ uploads }) => uploads))
  const own = ({ name }: Upload) => !doubtful.has(name)
  const misfits = new Set(
    journal.restore(takes.map((take) => ({ ...take, uploads: take.uploads.filter(own) }))),
  )
  const lost = takes.filter(({ order }) => misfits.has(order.id))
  const back = takes.filter(({ order }) => !misfits.has(order.id))
  for (const take of back) keepChanged(library, take)
  return {
    back,
    lost: lost.map(({ order, attempts }) => ({ id: order.id, taskId: attempts.at(-1)?.taskId ?? null })),
  }
}
