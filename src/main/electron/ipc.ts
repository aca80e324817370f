import { isAbsolute } from 'node:path'
import { serialize } from 'node:v8'
import type { BrowserWindow, IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { z } from 'zod'
import { adoptBytesChannel, adoptFilesChannel, callNames, type EventName } from '../../shared/contract.ts'
import type { FileRef } from '../../shared/domain/views.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { MiB, type Bytes } from '../../shared/units.ts'
import type { Dispatch } from '../api/dispatch.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { Intake } from '../files/intake.ts'
import type { Log } from '../system/ports.ts'
import { isAppUrl, type AppOrigin } from './security.ts'
import { tooManyFiles, fileWithoutContent, foreignWindow, tooManyArguments } from './problems.ts'

const largestPayload = MiB
/** The preload sends no more. */
const largestFile = 257 * MiB
const droppedPaths = z.array(z.string().max(32_768).refine(isAbsolute)).min(1).max(100)

type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>
type Contents = Pick<WebContents, 'send' | 'isDestroyed' | 'on'>
type Core = {
  readonly dispatch: Dispatch
  readonly fileTokens: Pick<FileTokens, 'register'>
  readonly intake: Pick<Intake, 'take'>
}

/** Calls and events between the window and the core. */
export type Ipc = {
  /** Opens every channel of the contract; once. */
  readonly answer: (core: Core) => void
  /** From now on this window is the one that is answered and told. */
  readonly attach: (window: Pick<BrowserWindow, 'on'> & { readonly webContents: Contents }) => void
  readonly announce: (name: EventName, payload: unknown) => void
}

type Parts = { readonly ipcMain: Pick<IpcMain, 'handle'>; readonly origin: AppOrigin; readonly log: Log }

/** Why this sender is not the studio's own page; null when it is. */
function strangeSender(event: Sender, contents: unknown, origin: AppOrigin): string | null {
  try {
    // First and in the same turn: `senderFrame` is null once the frame has navigated or is gone.
    const frame = event.senderFrame
    if (frame === null || frame.detached) return 'its frame is gone'
    if (frame.parent !== null) return 'it isn’t the top frame'
    if (!isAppUrl(frame.url, origin)) return 'it isn’t Understudy’s page'
    return event.sender === contents ? null : 'it isn’t Understudy’s window'
  } catch {
    // Electron throws when a property of a disposed frame is read.
    return 'its frame is gone'
  }
}

/** A file is not copied to be counted. */
const sizeOf = (part: unknown): Bytes =>
  part instanceof Uint8Array ? part.byteLength : serialize(part).byteLength

function tooLarge(payload: readonly unknown[], limit: Bytes): boolean {
  try {
    return payload.reduce((sum: Bytes, part) => sum + sizeOf(part), 0) > limit
  } catch {
    return true
  }
}

async function adoptAll(
  paths: unknown,
  fileTokens: Core['fileTokens'],
): Promise<Outcome<readonly FileRef[]>> {
  const parsed = droppedPaths.safeParse(paths)
  if (!parsed.success) return tooManyFiles
  const adopted = await Promise.all(parsed.data.map((path) => fileTokens.register(path)))
  const refs: FileRef[] = []
  for (const outcome of adopted) {
    if (!outcome.ok) return outcome
    refs.push(outcome.value)
  }
  return ok(refs)
}

const pasted = z.tuple([z.string().max(1024), z.instanceof(Uint8Array)])

async function adoptBytes(payload: readonly unknown[], intake: Core['intake']): Promise<Outcome<FileRef>> {
  const parsed = pasted.safeParse(payload)
  if (!parsed.success) return fileWithoutContent
  const [name, bytes] = parsed.data
  // oxlint-disable-next-line typescript/require-await -- An intake reads a stream; here all of it is there.
  const content = (async function* () {
    yield bytes
  })()
  return intake.take({ name, bytes: bytes.byteLength, content })
}

/** The only user of `ipcMain`: who asks is checked here, what is asked is checked by the dispatch. */
export function createIpc({ ipcMain, origin, log }: Parts): Ipc {
  let present: Contents | null = null
  let core: Core | null = null

  const open = (
    channel: string,
    run: (...payload: unknown[]) => Promise<Outcome<unknown>>,
    limit = largestPayload,
  ) => {
    ipcMain.handle(channel, async (event, ...payload: unknown[]) => {
      const strange = strangeSender(event, present, origin)
      if (strange !== null) {
        log(`${channel} was refused: ${strange}`)
        return foreignWindow
      }
      if (tooLarge(payload, limit)) return tooManyArguments(channel)
      return await run(...payload)
    })
  }

  return {
    answer: ({ dispatch, fileTokens, intake }) => {
      core = { dispatch, fileTokens, intake }
      for (const name of callNames) open(name, (args, id) => dispatch.ask(name, args, id))
      open(adoptFilesChannel, (paths) => adoptAll(paths, fileTokens))
      open(adoptBytesChannel, (...payload) => adoptBytes(payload, intake), largestFile)
    },
    attach: (window) => {
      const contents = window.webContents
      present = contents
      const nobodyWaits = () => core?.dispatch.cancelAll()
      contents.on('render-process-gone', nobodyWaits)
      window.on('closed', () => {
        if (present === contents) present = null
        nobodyWaits()
      })
    },
    announce: (name, payload) => {
      if (present !== null && !present.isDestroyed()) present.send(name, payload)
    },
  }
}
