import { randomInt } from 'node:crypto'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { openAccounts } from '../accounts/open-accounts.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { systemClock } from '../system/clock.ts'
import { type FileTokens, createFileTokens } from '../files/file-tokens.ts'
import { closeHome, privateFolder } from '../files/private.ts'
import { createMedia } from '../media/create-media.ts'
import { findTools, toolPaths, toolsWhenNeeded } from '../media/find-tools.ts'
import { createRunTool, signalGroup } from '../processes/run-tool.ts'
import type { Network } from '../network/connect.ts'
import { stateFolder } from '../system/environment.ts'
import { arrivingFrom, movedTo } from '../system/moved-home.ts'
import { machineId } from '../system/machine-id.ts'
import type { Bin, Log, Secrets, SettingsStore } from '../system/ports.ts'
import { createProcesses } from '../processes/find-process.ts'
import { createLeftovers, type TrackFile } from '../processes/leftovers.ts'
import { libraryIsElsewhere, stillArriving } from './move-problems.ts'
import { createStudio, settingsOf, type HandedOver, type Studio } from './studio.ts'
import { sendQueueFile, takeQueueName } from '../takes/queue/send-queue-file.ts'
import { createKnownPlaces } from '../takes/place/known-places.ts'
import type { Accounts } from '../accounts/types.ts'
import type { Workshop } from '../prepare/types.ts'
import { createScanOf } from '../prepare/check-inputs.ts'
import { createWorkshop, type WorkshopParts } from '../prepare/prepare.ts'

/** What every face provides. */
export type CoreParts = {
  readonly home: string
  readonly network: Network
  readonly settings: SettingsStore
  readonly secrets: Secrets
  /** Read-only files that come with the app, including the sample. */
  readonly resources: string
  readonly log: Log
  readonly bin: Bin
  /** Of a studio of this process that was stopped; else it is opened. */
  readonly opened?: HandedOver
}

/** Creates the home folder, which only this user may open. */
function makeHome({ home, log }: CoreParts): Outcome<null> {
  // The library that is still here is an older one.
  const to = movedTo(home)
  if (to !== null) return libraryIsElsewhere(to)
  const from = arrivingFrom(home)
  if (from !== null) return stillArriving(from)
  try {
    if (!privateFolder(home)) log('other users of this computer can read the library folder')
    return ok(null)
  } catch (error) {
    return fail('folder-unwritable', `The folder ${home} can’t be created.`, {
      advice: 'Choose another one with UNDERSTUDY_HOME.',
      detail: error instanceof Error ? error.message : String(error),
    })
  }
}

/** Uniform from 0 to 1, only to spread requests over time. */
const random = () => randomInt(2 ** 32) / 2 ** 32

/** Empty where the system knows no name, as in some containers. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}

function machine({ home, log }: CoreParts) {
  // Only for tools that end at once and need no tracking.
  const plain = createRunTool()
  const clock = systemClock
  const leftovers = createLeftovers({
    folder: join(home, 'work'),
    processes: createProcesses(plain),
    clock,
    log,
    end: (pid) => signalGroup(pid, 'SIGKILL'),
  })
  const run = createRunTool({ trackTool: leftovers.trackTool })
  const foundTools = toolsWhenNeeded(() => findTools({ run: plain }))
  return { run, plain, leftovers, foundTools, tools: () => foundTools().then(toolPaths), clock }
}

export async function joinStudio(parts: CoreParts, fileTokens: FileTokens) {
  const made = makeHome(parts)
  if (!made.ok) return made
  const { foundTools, ...tools } = machine(parts)
  const place = {
    machine: await machineId({ run: tools.plain }),
    known: createKnownPlaces(join(stateFolder(process.env), 'libraries'), parts.log),
  }
  const user = { homeFolder: homedir(), userName: userName() }
  const studio = createStudio({ ...parts, ...tools, place, user, fileTokens, random })
  if (!studio.ok) return studio
  // Only now: the files of the journal exist, with the permissions of their library.
  closeHome(parts.home)
  return ok({ studio: studio.value, findTools: foundTools })
}

/** The core without a window, for the command line. Open takes resume only when asked for. */
export async function openStudio(parts: CoreParts): Promise<Outcome<Studio>> {
  const joined = await joinStudio(parts, createFileTokens({ mediaBase: '/media/' }))
  return joined.ok ? ok(joined.value.studio) : joined
}

/** What works without the library: it takes no lock and never submits anything. */
export type Bench = Workshop & {
  readonly accounts: Accounts
  /** Whether the queue of takes is paused, so that nobody is asked to pay for what isn’t sent. */
  readonly isSendingPaused: () => boolean
  readonly trackFile: TrackFile
  /** Cleans up after processes that were killed. */
  readonly sweep: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Checks, preparation and free questions to accounts. */
export function openWorkshop(parts: CoreParts & Pick<WorkshopParts, 'adviceOn'>): Promise<Outcome<Bench>> {
  const { run, leftovers, tools, clock } = machine(parts)
  const media = createMedia({ tools, run, workFolder: leftovers.folder, trackFile: leftovers.trackFile })
  const settings = settingsOf(parts.settings)
  const { accounts, close } = openAccounts({
    ...parts,
    settings,
    run,
    clock,
    random,
    practice: () => Promise.reject(new Error('the practice provider needs a library')),
    openTakesOf: () => 0,
  })
  const fileTokens = createFileTokens({ mediaBase: '/media/' })
  const workshop = createWorkshop({
    media,
    clock,
    fileTokens,
    prices: () => settings.read().prices,
    scanOf: createScanOf(media),
    adviceOn: parts.adviceOn,
  })
  return Promise.resolve(
    ok({
      ...workshop,
      accounts,
      isSendingPaused: () =>
        movedTo(parts.home) === null &&
        sendQueueFile(join(parts.home, takeQueueName), clock.now).read(false).arranged.paused,
      trackFile: leftovers.trackFile,
      sweep: leftovers.sweep,
      close: async () => {
        await close()
        await leftovers.close()
      },
    }),
  )
}
