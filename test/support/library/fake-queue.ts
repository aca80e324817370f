import { createPrepareQueue, type QueueParts } from '../../../src/main/prepare/queue/queue.ts'
import type { QueueStore } from '../../../src/main/prepare/queue/queue-file.ts'
import { noItems, type QueueState } from '../../../src/main/prepare/queue/state.ts'
import { ok } from '../../../src/shared/outcome.ts'

/** A queue on no disk; what was written is kept in order. */
export function memoryStore(first: QueueState = noItems): QueueStore & { readonly written: QueueState[] } {
  const written: QueueState[] = []
  return {
    written,
    read: () => ({ queue: written.at(-1) ?? first, notice: null }),
    write: (queue) => {
      written.push(queue)
      return Promise.resolve()
    },
  }
}

let count = 0
const newId = () => `01JQ${String((count += 1)).padStart(22, '0')}`

/** A queue whose preparations are made at once, unless the test says otherwise. */
export const fakeQueue = (parts: Partial<QueueParts> = {}) =>
  createPrepareQueue({
    store: memoryStore(),
    runItem: ({ name }) => Promise.resolve(ok({ name, files: ['clip.mp4', 'certificate.json'] })),
    clock: { now: () => Date.parse('2026-11-20T12:00:00.000Z'), monotonic: () => 0 },
    newId,
    log: () => undefined,
    ...parts,
  })
