import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ok, type Outcome } from '../shared/outcome.ts'
import type { Settings } from '../shared/settings.ts'
import { createAccounts } from './accounts.ts'
import type { Shelf } from './files/files.ts'
import { createLoopbackHost } from './hosting/loopback.ts'
import { createMedia } from './media/create-media.ts'
import { createPracticeServer } from './practice/server.ts'
import type { Clock, Log, RunTool, Secrets, SettingsStore, ToolPaths } from './ports.ts'
import type { Studio } from './studio-types.ts'
import { createTurns } from './in-turn.ts'
import { openJournal } from './takes/journal.ts'
import { createScreening } from './takes/screening.ts'
import { createLibrary } from './takes/takes.ts'
import { createWorkshop } from './workshop/workshop.ts'

export type StudioPorts = {
  readonly home: string
  readonly clock: Clock
  readonly run: RunTool
  readonly tools: ToolPaths
  readonly secrets: Secrets
  readonly settings: SettingsStore
  readonly shelf: Shelf
  readonly log: Log
  /** From 0 to 1, for jitter only. */
  readonly random: () => number
}

/** Starts once, on first use; a failed start is tried again the next time. */
function lazily<T>(start: () => Promise<T>) {
  let started: Promise<T> | undefined
  return {
    get: () => {
      started ??= start().catch((error: unknown) => {
        started = undefined
        throw error
      })
      return started
    },
    current: () => started,
  }
}

function practiceOf(ports: StudioPorts) {
  const key = randomBytes(16).toString('hex')
  const { run, tools, clock, log } = ports
  const folder = join(ports.home, 'practice')
  const server = lazily(() => createPracticeServer({ folder, run, tools, clock, key, log }))
  return {
    account: async () => ({ origin: (await server.get()).origin, key }),
    close: async () => {
      const running = await server.current()
      await running?.close()
    },
  }
}

function settingsOf(store: SettingsStore): Studio['settings'] {
  const listeners = new Set<(settings: Settings) => void>()
  return {
    read: store.read,
    change: (change) => {
      const settings = store.change(change)
      for (const listener of listeners) listener(settings)
      return settings
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const randomName = () => randomBytes(16).toString('base64url')

/** Joins the core. It holds the library's lock until it is closed, and every open take goes on from where it was. */
export function createStudio(ports: StudioPorts): Outcome<Studio> {
  const { home, clock, log, shelf } = ports
  const journal = openJournal(join(home, 'studio.db'), log)
  if (!journal.ok) return journal
  const folder = join(home, 'library')
  const media = createMedia({ tools: ports.tools, run: ports.run, workFolder: join(home, 'work') })
  const practice = practiceOf(ports)
  const loopbackHost = createLoopbackHost()
  const accounts = createAccounts({
    secrets: ports.secrets,
    random: ports.random,
    loopbackHost,
    practice: practice.account,
  })
  const library = createLibrary({
    clock,
    log,
    journal: journal.value,
    media,
    library: folder,
    ...accounts,
    inTurn: createTurns(),
    randomName,
    newOwnId: randomName,
  })
  const screening = createScreening({ library, folder, media, shelf })
  return ok({
    workshop: createWorkshop({ media, shelf, clock }),
    takes: { ...library, ...screening },
    settings: settingsOf(ports.settings),
    close: async () => {
      await library.stop()
      await practice.close()
      await loopbackHost.close()
      journal.value.close()
    },
  })
}
