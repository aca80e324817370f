import {
  adoptFilesChannel,
  callNames,
  eventNames,
  type Bridge,
  type CallName,
  type EventName,
} from '../shared/contract.ts'
import type { FileRef } from '../shared/views.ts'
import { fail, ok, type Outcome } from '../shared/outcome.ts'

type Relay = (event: unknown, payload: unknown) => void

/** What the bridge needs of Electron; nothing of it is reachable from what it returns. */
export type Outside = {
  readonly invoke: (channel: string, ...args: unknown[]) => Promise<unknown>
  readonly on: (channel: string, relay: Relay) => unknown
  readonly off: (channel: string, relay: Relay) => unknown
  /** Empty for a file that lies on no disk; throws for what is no file. */
  readonly pathOf: (file: File) => string
}

const verbs = <N extends string, V>(names: readonly N[], verb: (name: N) => V) =>
  Object.freeze(Object.fromEntries(names.map((name) => [name, verb(name)])))

function pathOnDisk(file: File, pathOf: Outside['pathOf']): Outcome<string> {
  try {
    const path = pathOf(file)
    if (path !== '') return ok(path)
  } catch {
    return fail('usage', 'What was dropped is not a file.')
  }
  return fail('file-missing', `“${file.name}” is not a file on this computer.`, {
    advice: 'Save it to a folder first, then drop it from there.',
  })
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
  const adoptFiles: Bridge['adoptFiles'] = (files) => {
    const paths: string[] = []
    for (const file of files) {
      const path = pathOnDisk(file, pathOf)
      if (!path.ok) return Promise.resolve(path)
      paths.push(path.value)
    }
    // Main answers this channel with references and nothing else.
    return invoke(adoptFilesChannel, paths) as Promise<Outcome<readonly FileRef[]>>
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
