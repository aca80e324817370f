import { isAbsolute } from 'node:path'
import { serialize } from 'node:v8'
import type { BrowserWindow, IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { z } from 'zod'
import { adoptFilesChannel, callNames, type EventName } from '../../shared/contract.ts'
import type { FileRef } from '../../shared/views.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { MiB } from '../../shared/units.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Shelf } from '../files/files.ts'
import type { Log } from '../ports.ts'
import { isAppUrl, type AppOrigin } from './origin.ts'

const largestPayload = MiB
const droppedPaths = z.array(z.string().max(32_768).refine(isAbsolute)).min(1).max(100)

type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>
type Contents = Pick<WebContents, 'send' | 'isDestroyed' | 'on'>
type Core = { readonly dispatch: Dispatch; readonly shelf: Pick<Shelf, 'adopt'> }

/** The wire between the window and the core. */
export type Wire = {
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
    if (frame.parent !== null) return 'it is not the top frame'
    if (!isAppUrl(frame.url, origin)) return 'it is not the page of the studio'
    return event.sender === contents ? null : 'it is not the window of the studio'
  } catch {
    // Electron throws when a property of a disposed frame is read.
    return 'its frame is gone'
  }
}

function tooLarge(payload: readonly unknown[]): boolean {
  try {
    return serialize(payload).byteLength > largestPayload
  } catch {
    return true
  }
}

async function adoptAll(paths: unknown, shelf: Core['shelf']): Promise<Outcome<readonly FileRef[]>> {
  const parsed = droppedPaths.safeParse(paths)
  if (!parsed.success)
    return fail('usage', 'Between 1 and 100 files of this computer can be taken in at once.')
  const adopted = await Promise.all(parsed.data.map((path) => shelf.adopt(path)))
  const refs: FileRef[] = []
  for (const outcome of adopted) {
    if (!outcome.ok) return outcome
    refs.push(outcome.value)
  }
  return ok(refs)
}

/** The only user of `ipcMain`: who asks is checked here, what is asked is checked by the dispatch. */
export function createWire({ ipcMain, origin, log }: Parts): Wire {
  let present: Contents | null = null
  let core: Core | null = null

  const open = (channel: string, run: (...payload: unknown[]) => Promise<Outcome<unknown>>) => {
    ipcMain.handle(channel, async (event, ...payload: unknown[]) => {
      const strange = strangeSender(event, present, origin)
      if (strange !== null) {
        log(`${channel} was refused: ${strange}`)
        return fail('usage', 'Only the window of the studio may ask this.')
      }
      if (tooLarge(payload)) return fail('usage', `${channel} was asked with more than it takes.`)
      return await run(...payload)
    })
  }

  return {
    answer: ({ dispatch, shelf }) => {
      core = { dispatch, shelf }
      for (const name of callNames) open(name, (args, id) => dispatch.ask(name, args, id))
      open(adoptFilesChannel, (paths) => adoptAll(paths, shelf))
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
