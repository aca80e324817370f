import {
  adoptBytesChannel,
  adoptFilesChannel,
  callNames,
  eventNames,
  type Bridge,
  type CallName,
  type EventName,
} from '../shared/contract.ts'
import type { FileRef } from '../shared/domain/views.ts'
import { fail, ok, type Outcome } from '../shared/outcome.ts'
import { formatBytes, MiB } from '../shared/units.ts'

type Relay = (event: unknown, payload: unknown) => void

/** What the bridge needs of Electron; nothing of it is reachable from what it returns. */
export type Outside = {
  readonly invoke: (channel: string, ...args: unknown[]) => Promise<unknown>
  readonly on: (channel: string, relay: Relay) => unknown
  readonly off: (channel: string, relay: Relay) => unknown
  /** Empty for a file that isn't on a disk; throws for anything else. */
  readonly pathOf: (file: File) => string
}

const verbs = <N extends string, V>(names: readonly N[], verb: (name: N) => V) =>
  Object.freeze(Object.fromEntries(names.map((name) => [name, verb(name)])))

type Adopted = Promise<Outcome<readonly FileRef[]>>

/** More than any image in a clipboard; a video is not held in memory twice. */
const mostBytes = 256 * MiB

/** Hands a file over that has no path: a picture from the clipboard, or one dragged out of another window. */
async function adoptBytes(file: File, invoke: Outside['invoke']): Adopted {
  if (file.size > mostBytes)
    return fail('file-too-large', `“${file.name}” is larger than ${formatBytes(mostBytes)}.`, {
      advice: 'Save it to a folder first, then drop it from there.',
    })
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    // Main answers this channel with one reference and nothing else.
    const adopted = (await invoke(adoptBytesChannel, file.name, bytes)) as Outcome<FileRef>
    return adopted.ok ? ok([adopted.value]) : adopted
  } catch {
    return fail('file-missing', `“${file.name}” can no longer be read.`, {
      advice: 'Save it to a folder first, then drop it from there.',
    })
  }
}

/** The short list of verbs the renderer gets; it is derived from the contract, so no name can be added here. */
export function createBridge({ invoke, on, off, pathOf }: Outside): Bridge {
  const ask = (name: CallName) => (args: unknown, callId?: string) => invoke(name, args, callId)
  const listen = (name: EventName) => (listener: (payload: unknown) => void) => {
    // The Electron event object ends here: it would hand the page a way to send.
    const relay: Relay = (_event, payload) => {
      listener(payload)
    }
    on(name, relay)
    return () => {
      off(name, relay)
    }
  }
  // Main answers this channel with references and nothing else.
  const adoptPaths = (paths: readonly string[]) => invoke(adoptFilesChannel, paths) as Adopted
  const adoptFiles: Bridge['adoptFiles'] = async (files) => {
    let paths: readonly string[]
    try {
      paths = files.map(pathOf)
    } catch {
      return fail('usage', 'What was dropped is not a file.')
    }
    if (!paths.includes('')) return adoptPaths(paths)
    const refs: FileRef[] = []
    for (const [nth, file] of files.entries()) {
      const path = paths[nth] ?? ''
      const adopted = await (path === '' ? adoptBytes(file, invoke) : adoptPaths([path]))
      if (!adopted.ok) return adopted
      refs.push(...adopted.value)
    }
    return ok(refs)
  }
  const onConnection: Bridge['onConnection'] = (listener) => {
    listener(true)
    return () => undefined
  }
  // `fromEntries` forgets which names it was given; they are exactly those of the contract.
  return Object.freeze({
    ask: verbs(callNames, ask),
    listen: verbs(eventNames, listen),
    adoptFiles,
    onConnection,
  }) as unknown as Bridge
}
