import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newAttempt, type Attempt, type Order } from '../../../src/main/takes/attempt.ts'
import { writeTakeJson } from '../../../src/main/takes/take-json.ts'
import { someSettings } from '../clips/facts.ts'
import { anOrder } from './an-order.ts'
import type { Bench } from './library.ts'

export const finishedId = (nth: number) => `01ARZ3NDEKTSV4RRFFQ6T${String(nth).padStart(5, '0')}`
export const taskOf = (nth: number) => `task-${String(nth)}`

const kling = someSettings({ provider: 'kling', model: 'kling-v3' })

type Given = { readonly order?: Partial<Order>; readonly attempt?: Partial<Attempt> }

/** Adds a paid take that is over to an open library, with a folder of its own. It is listed at the next start. */
export function addOver(
  { folder, journal }: Pick<Bench, 'folder' | 'journal'>,
  nth: number,
  given: Given = {},
) {
  const id = finishedId(nth)
  const order = anOrder({ id, clipName: `clip ${String(nth)}.mp4`, settings: kling, ...given.order })
  const attempt: Attempt = {
    ...newAttempt(id, 1, `own-${String(nth)}`, order.createdAt),
    state: 'DONE',
    taskId: taskOf(nth),
    wiredAt: order.createdAt,
    result: { bytes: 6, sha256: 'ab', duration: 6, width: 720, height: 1280, frameRate: 30 },
    ...given.attempt,
  }
  journal.add(order, attempt)
  const library = join(folder, 'library')
  mkdirSync(join(library, id), { recursive: true })
  writeFileSync(join(library, id, 'result.mp4'), `film ${String(nth)}`)
  writeTakeJson({ library, journal }, { order, attempt })
  return id
}
