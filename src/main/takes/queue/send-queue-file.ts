import { existsSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Problem } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { createKeeper } from '../../files/set-aside.ts'
import { writeWhole, writeWholeSync } from '../../files/write-whole.ts'
import { takeQueueUnread } from './problems.ts'

const version = 1

/** Beside the journal. */
export const takeQueueName = 'take-queue.json'

const stored = z.object({ version: z.number(), paused: z.boolean(), order: z.array(z.string()) })

/** What the user decided about the queue. */
export type Arranged = {
  readonly paused: boolean
  /** Ids of takes. Those that don’t wait are ignored. */
  readonly order: readonly string[]
}

/** Where that is kept; a test can do without a disk. */
export type SendQueueStore = {
  /** `mayWrite`: false where this process or version may only read. */
  readonly read: (mayWrite: boolean) => { readonly arranged: Arranged; readonly notice: Problem | null }
  /** Throws errors of the file system; what is on the disk is then unchanged. */
  readonly write: (arranged: Arranged) => Promise<void>
}

const usual: Arranged = { paused: false, order: [] }
/** Nobody knows whether it was paused, and what was sent can’t be taken back. */
const unread: Arranged = { paused: true, order: [] }

function readStored(path: string) {
  try {
    return stored.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

const textOf = ({ paused, order }: Arranged) => JSON.stringify({ version, paused, order })

function putBack(path: string, aside: string): void {
  try {
    renameSync(join(dirname(path), aside), path)
  } catch {
    // A disk that refuses this too must not stop the library.
  }
}

/** After this, the next start has nothing to report. */
function startOver(path: string, aside: string): void {
  try {
    writeWholeSync(path, textOf(unread), { durable: true })
  } catch {
    // The next start must find the same and report it again. Finding nothing, it would send.
    if (!existsSync(path)) putBack(path, aside)
  }
}

/** One file, replaced as a whole. What this version can’t read is kept aside. */
export function sendQueueFile(path: string, now: () => Milliseconds): SendQueueStore {
  const keeper = createKeeper(path, now)
  return {
    read: (mayWrite) => {
      if (!existsSync(path)) return { arranged: usual, notice: null }
      const raw = readStored(path)
      if (raw?.version === version)
        return { arranged: { paused: raw.paused, order: raw.order }, notice: null }
      // The library itself says why it is only read, and sends nothing.
      if (!mayWrite) return { arranged: unread, notice: null }
      const aside = keeper.keep()
      if (aside !== null) startOver(path, aside)
      return { arranged: unread, notice: takeQueueUnread(aside) }
    },
    write: async (arranged) => {
      keeper.beforeWrite()
      await writeWhole(path, textOf(arranged), { durable: true })
    },
  }
}
