import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Clock } from '../../src/main/system/ports.ts'
import { bearer } from '../../src/main/providers/http/authorization.ts'
import { createKling } from '../../src/main/providers/kling/official.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import type { HttpClient } from '../../src/main/providers/http/client.ts'
import type { JournalPorts } from '../../src/main/takes/journal/journal.ts'
import { MiB } from '../../src/shared/units.ts'
import { openLibrary, type Bench } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'
import { smallDisk } from '../support/processes/small-disk.ts'

type Disk = {
  readonly home: string
  readonly fill: () => void
  /** Nothing is left, not even what was kept for this. */
  readonly fillAll: () => void
  readonly free: () => void
}

type Hooks = {
  /** Looked at just before INTENT. */
  readonly beforeIntent?: () => void
  /** Just before WIRE, when the connection stands. */
  readonly beforeWire?: () => void
  /** The provider has answered, and nobody has noted that down. */
  readonly onAnswer?: () => void
}

/** Takes every byte of the disk under `home` that is left. */
function fillUp(home: string, filler: string): void {
  const file = openSync(filler, 'a')
  try {
    for (let piece = MiB; piece >= 1;) {
      try {
        if (writeSync(file, Buffer.alloc(piece)) < piece) piece = Math.floor(piece / 2)
      } catch {
        piece = Math.floor(piece / 2)
      }
    }
  } finally {
    closeSync(file)
  }
  const { bavail } = statfsSync(home)
  if (bavail !== 0) throw new Error(`${String(bavail)} blocks are still free`)
}

/** Libraries on disks that fill up and fail; all of them are closed and gone when the test ends. */
export function journalStage() {
  const stage = libraryStage()
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A real disk with enough room for one take, its room that is kept, and its result. */
  async function disk(): Promise<Disk> {
    const home = join(stage.folder, 'disk')
    const { remove } = await smallDisk(home, '96m')
    closing.push(remove)
    const filler = join(home, 'filler')
    const fill = () => {
      fillUp(home, filler)
    }
    return {
      home,
      fill,
      fillAll: () => {
        rmSync(join(home, 'studio.db.ballast'), { force: true })
        fill()
      },
      free: () => {
        rmSync(filler)
      },
    }
  }

  function opened(home: string, origin: string, hooks: Hooks = {}, ports: JournalPorts = {}): Bench {
    const adapter = (_clock: Clock, http: HttpClient): Provider => {
      const real = createKling({
        ...{ id: 'kling', authorization: bearer('canary-key'), http, settle: 0 },
        ...{ baseUrl: new URL(origin), loopback: true, cadence: { first: 1, gap: () => 1 } },
      })
      return {
        ...real,
        outage: () => {
          hooks.beforeIntent?.()
          return null
        },
        submit: async (request, onWire, signal) => {
          const wired = () => {
            hooks.beforeWire?.()
            onWire()
          }
          const answer = await real.submit(request, wired, signal)
          hooks.onAnswer?.()
          return answer
        },
      }
    }
    const bench = openLibrary({ folder: home, origin, adapter, ports })
    let isOpen = true
    const close = async () => {
      if (isOpen) await bench.close()
      isOpen = false
    }
    closing.push(close)
    return { ...bench, close }
  }

  return { ...stage, home: () => stage.folder, provider: stage.provider, disk, opened }
}
