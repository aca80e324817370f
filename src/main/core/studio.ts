import { randomBytes } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import type { Settings, SettingsChange } from '../../shared/domain/settings.ts'
import { createElementLibrary } from '../accounts/element-library.ts'
import { openAccounts } from '../accounts/open-accounts.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import { intakeFolder } from '../files/intake.ts'
import { createMedia } from '../media/create-media.ts'
import type { Network } from '../network/connect.ts'
import type { Bin, Clock, Log, RunTool, Secrets, SettingsStore, ToolPaths } from '../system/ports.ts'
import type { Leftovers } from '../processes/leftovers.ts'
import { practiceOf } from './own-practice.ts'
import { settingsProblem } from './settings-store.ts'
import { moveLibrary, type MoveCall, type Moved } from './library-move.ts'
import { mayMove } from './move-plan.ts'
import { beingMoved } from './move-problems.ts'
import { guardsPassed } from '../takes/submit/admit.ts'
import { createSerialQueue } from '../system/scheduling.ts'
import { detectSleep, stopInTime } from '../takes/sleep-and-stop.ts'
import { libraryNotices } from '../takes/problems.ts'
import { createCatalogue, type Catalogue } from '../takes/catalogue.ts'
import { openLibraryJournal, type OpenedLibrary } from '../takes/recovery/open-library.ts'
import { createStills, type Stills } from '../takes/stills.ts'
import { createPosterStore } from '../takes/posters/poster-store.ts'
import { createScreening } from '../takes/screening.ts'
import { createSupportPack, type Personal } from '../takes/support/support-pack.ts'
import { createUploadSweep } from '../takes/remove-uploads.ts'
import { bindToPlace, type Binding } from '../takes/place/bind.ts'
import { sendQueueFile, takeQueueName } from '../takes/queue/send-queue-file.ts'
import { createLibrary } from '../takes/takes.ts'
import { openPrepareQueue, type PrepareQueue } from '../prepare/queue/queue.ts'
import { createPreviews, type Previews } from '../prepare/previews.ts'
import { createDesk, type Desk } from '../prepare/desk.ts'
import { createRecents, recentsFile, type Recents } from '../prepare/recents.ts'
import { createClipPreview, type ClipPreview } from '../clip-preview/clip-preview.ts'
import { createWorkshop } from '../prepare/prepare.ts'
import type { Timestamp } from '../../shared/units.ts'
import type { LibraryNotice } from '../../shared/domain/views.ts'
import type { Workshop } from '../prepare/types.ts'
import type { Accounts, Elements, Spending } from '../accounts/types.ts'
import type { Takes } from '../takes/types.ts'

export type HandedOver = OpenedLibrary & Pick<Studio, 'startedAt'>

export type Studio = {
  readonly startedAt: Timestamp
  /** What is wrong with the library as a whole, the most serious first. */
  readonly libraryNotices: readonly LibraryNotice[]
  /** Where the library was before it was moved here; null from the second opening on. */
  readonly movedFrom: string | null
  readonly workshop: Workshop
  readonly viewing: ClipPreview
  readonly queue: PrepareQueue
  readonly recents: Recents
  readonly desk: Desk
  readonly previews: Previews
  readonly accounts: Accounts
  readonly elements: Elements
  readonly spending: Spending
  readonly takes: Takes
  readonly catalogue: Catalogue
  readonly stills: Stills
  /** Why the library can’t be moved there now. Changes nothing. */
  readonly mayMove: (to: string) => Promise<Outcome<null>>
  /**
   * Stops this studio, so that nothing writes, copies the library to another folder, and has it opened there from the next
   * start on. Close this one then; or, where it failed, open another with `handOver`.
   */
  readonly move: (to: string, call?: MoveCall) => Promise<Outcome<Moved>>
  /** The open library of a studio that was stopped, for the next one of this process: its lock is never let go. */
  readonly handOver: () => HandedOver
  readonly settings: {
    readonly read: () => Settings
    readonly change: (change: SettingsChange) => Settings
    readonly subscribe: (listener: (settings: Settings) => void) => () => void
  }
  /**
   * Stops following takes, ends every process it started and closes the library. Open takes resume at the next
   * start.
   */
  readonly close: () => Promise<void>
}

type StudioPorts = {
  /** Of a studio whose move failed; else it is opened now. */
  readonly opened?: HandedOver
  readonly network: Network
  readonly home: string
  readonly clock: Clock
  readonly run: RunTool
  /** What a kill would leave behind. `run` records its tools there. */
  readonly leftovers: Leftovers
  readonly tools: () => Promise<ToolPaths>
  readonly secrets: Secrets
  readonly settings: SettingsStore
  readonly fileTokens: FileTokens
  /** Holds the sample, which the practice provider knows. */
  readonly resources: string
  readonly log: Log
  readonly bin: Bin
  /** Who must not be named in a support pack. */
  readonly user: Omit<Personal, 'secrets'>
  /** Distinguishes a library from a copy of it. */
  readonly place: Pick<Binding, 'machine' | 'known'>
  /** From 0 to 1, for jitter only. */
  readonly random: () => number
}

/** The settings, announcing every change. */
export function settingsOf(store: SettingsStore): Studio['settings'] {
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

/** Builds the core. It holds the library’s lock until it is closed, and every open take resumes where it was. */
export function createStudio(ports: StudioPorts): Outcome<Studio> {
  const { home, network, clock, log, fileTokens, leftovers } = ports
  const startedAt = ports.opened?.startedAt ?? new Date(clock.now()).toISOString()
  const folder = join(home, 'library')
  const opened = ports.opened
    ? ok(ports.opened)
    : openLibraryJournal({
        path: join(home, 'studio.db'),
        library: folder,
        log,
        now: () => new Date(clock.now()).toISOString(),
      })
  if (!opened.ok) return opened
  const { journal, notice } = opened.value
  journal.hold(null)
  const bound = bindToPlace({
    ...ports.place,
    journal,
    path: join(home, 'studio.db'),
    newLibraryId: randomName,
    now: () => new Date(clock.now()).toISOString(),
    log,
  })
  if (!bound.ok) {
    journal.close()
    return bound
  }
  const { folder: workFolder, trackFile } = leftovers
  // Only now that we hold the library’s lock: any other process that had it is gone.
  const swept = leftovers.sweep().catch((error: unknown) => {
    log('the search for leftovers of a killed Understudy failed', { error })
  })
  const media = createMedia({ tools: ports.tools, run: ports.run, workFolder, trackFile })
  const settings = settingsOf(ports.settings)
  const limits = () => settings.read()
  const practice = practiceOf(ports)
  let warning: Problem | null = null
  const { accounts, pace, ...reaching } = openAccounts({
    ...ports,
    settings,
    practice: practice.provider,
    warn: (problem) => {
      warning = problem
    },
    openTakesOf: (provider, account) => library.openTakesOf(provider, account),
  })
  const inTurn = createSerialQueue()
  const viewingFolder = join(home, 'viewing')
  const store = createPosterStore({ library: folder, cache: viewingFolder, clock, log })
  const library = createLibrary({
    network,
    clock,
    log,
    journal,
    media,
    trackFile,
    rename,
    library: folder,
    bin: ports.bin,
    ...accounts,
    limits,
    pace,
    inTurn,
    keepStills: store.keepStills,
    sending: bound.value.sending,
    queueStore: sendQueueFile(join(home, takeQueueName), clock.now),
    randomName,
    newOwnId: randomName,
    newTakeId: () => ulid(clock.now()),
  })
  const catalogue = createCatalogue({ library, journal, folder, clock, log })
  settings.subscribe(library.widened)
  const sweep = createUploadSweep({ journal, clock, log, hostOf: accounts.hostOf, record: library.record })
  settings.subscribe(sweep.again)
  sweep.start()
  accounts.subscribe(() => {
    library.accountsChanged()
  })
  const stopHeartbeat = detectSleep(clock, () => void library.lookAtAll())
  const viewing = createClipPreview({ media, fileTokens, clock, folder: viewingFolder })
  const screening = createScreening({
    ...{ library, catalogue, folder, media, fileTokens, viewing, store, trackFile, log },
  })
  const support = createSupportPack({
    ...{ library, folder, journal, media, trackFile, clock, motion: screening.motion },
    personal: { ...ports.user, secrets: accounts.secretsNow },
  })
  const workshop = createWorkshop({
    media,
    fileTokens,
    clock,
    prices: () => limits().prices,
    scanOf: viewing.knownScan,
  })
  const previews = createPreviews({ workshop, fileTokens, folder: join(home, 'previews') })
  const queue = openPrepareQueue({ home, workshop, trackFile, inTurn, clock, log })
  let stopping: Promise<void> | undefined
  async function stopAll() {
    stopHeartbeat()
    await sweep.stop()
    await previews.close()
    await queue.close()
    await catalogue.stop()
    await stopInTime(library.stop, clock)
    await practice.close()
    await reaching.close()
    await swept
    await leftovers.close()
  }
  const stop = () => (stopping ??= stopAll())
  let isOpen = true
  const moving = { home, takes: library.list, database: journal }
  return ok({
    startedAt,
    movedFrom: bound.value.movedFrom,
    get libraryNotices() {
      return libraryNotices({
        broken: library.problem,
        opened: notice,
        displaced: bound.value.notice,
        left: sweep.problem(),
        clock: warning,
        settings: settingsProblem(settings.read().guards),
        queue: queue.notice(),
        takeQueue: library.queueNotice(),
        search: catalogue.problem,
      })
    },
    workshop,
    viewing,
    queue,
    recents: createRecents({ file: recentsFile(home), clock, log }),
    desk: createDesk({ home, log }),
    previews,
    takes: {
      ...library,
      ...screening,
      ...support,
    },
    catalogue,
    stills: createStills({
      dropped: intakeFolder(home),
      trackFile,
      isNeeded: (path) => library.neededSources().has(path) || queue.neededSources().has(path),
    }),
    accounts,
    elements: createElementLibrary({ network, providerById: accounts.byId, media, fileTokens, workFolder }),
    spending: {
      list: journal.spend,
      guards: (amount) => guardsPassed(limits().guards, amount, library.committedSince, clock.now()),
    },
    settings,
    mayMove: (to) => mayMove(moving, to),
    move: async (to, call) => {
      await stop()
      // What would still come is refused, and found again at the next start as after a kill.
      journal.hold(beingMoved.problem)
      return moveLibrary(moving, to, call)
    },
    handOver: () => ({ ...opened.value, startedAt }),
    close: async () => {
      await stop()
      if (isOpen) journal.close()
      isOpen = false
    },
  })
}
