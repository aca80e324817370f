import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Problem } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { createKeeper } from '../../files/set-aside.ts'
import { writeWhole } from '../../files/write-whole.ts'
import { afterRestart, noItems, storedItem, type QueueState } from './state.ts'
import { queueMovedAside, queueTrouble } from '../problems.ts'

const version = 1

const stored = z.object({
  version: z.number(),
  paused: z.boolean(),
  items: z.array(z.unknown()),
})

/** Where the queue is stored; a test can do without a disk. */
export type QueueStore = {
  readonly read: () => { readonly queue: QueueState; readonly notice: Problem | null }
  /** Throws errors of the file system; the queue on the disk is then unchanged. */
  readonly write: (queue: QueueState) => Promise<void>
}

function readText(path: string) {
  try {
    const raw = stored.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return raw.success ? raw.data : null
  } catch {
    return null
  }
}

/** One file, replaced as a whole. What this version cannot read is moved aside, never lost. */
export function queueFile(path: string, now: () => Milliseconds): QueueStore {
  const keeper = createKeeper(path, now)
  const aside = (trouble: string): Problem => queueMovedAside(keeper.keep(), trouble)
  return {
    read: () => {
      if (!existsSync(path)) return { queue: noItems, notice: null }
      const raw = readText(path)
      if (!raw) return { queue: noItems, notice: aside(queueTrouble.unreadable) }
      if (raw.version > version) return { queue: noItems, notice: aside(queueTrouble.newer) }
      const items = raw.items.flatMap((item) => {
        const read = storedItem.safeParse(item)
        return read.success ? [read.data] : []
      })
      const lost = raw.items.length - items.length
      const notice = lost === 0 ? null : aside(queueTrouble.lostEntries(lost))
      return { queue: afterRestart({ paused: raw.paused, pausedBy: null, items }), notice }
    },
    write: async ({ paused, items }) => {
      keeper.beforeWrite()
      await writeWhole(path, JSON.stringify({ version, paused, items }), { durable: true })
    },
  }
}
