import { join } from 'node:path'
import { ulid } from 'ulid'
import type { Clock, Log } from '../../system/ports.ts'
import { createPrepareQueue, type PrepareQueue } from './queue.ts'
import { queueFile } from './queue-file.ts'
import { createRunItem } from './run-item.ts'

type Parts = Parameters<typeof createRunItem>[0] & {
  readonly home: string
  readonly clock: Clock
  readonly log: Log
}

/** The queue of a library, as it was left. */
export function openPrepareQueue({ home, clock, log, ...running }: Parts): PrepareQueue {
  return createPrepareQueue({
    store: queueFile(join(home, 'prepare-queue.json'), clock.now),
    runItem: createRunItem(running),
    clock,
    newId: () => ulid(clock.now()),
    log,
  })
}
