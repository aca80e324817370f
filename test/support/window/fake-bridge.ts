import {
  callNames,
  eventNames,
  type Bridge,
  type CallArgs,
  type CallName,
  type EventName,
  type EventPayload,
} from '../../../src/shared/contract.ts'
import type { FileRef } from '../../../src/shared/domain/views.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import { ok, type Outcome } from '../../../src/shared/outcome.ts'
import { defaultSettings } from '../../../src/shared/domain/settings.ts'
import {
  createAnswers,
  createShelf,
  type Answers,
  type FakeBridgeOptions,
  type FakeFile,
  type Memory,
} from './fake-answers.ts'

export type Asked = { readonly name: CallName; readonly args: unknown }

export type FakeBridge = {
  readonly bridge: Bridge
  /** Every call so far, in order. */
  readonly asked: readonly Asked[]
  readonly askedFor: <N extends CallName>(name: N) => readonly CallArgs<N>[]
  /** Replaces the answer to one call. */
  readonly answer: <N extends CallName>(name: N, with_: Answers[N]) => void
  readonly announce: <N extends EventName>(name: N, payload: EventPayload<N>) => void
  readonly setConnected: (connected: boolean) => void
  readonly addFile: (file: FakeFile) => FileRef
}

/** A studio held in memory, behind the same bridge that both faces give the renderer. Rules are the real ones. */
export function createFakeBridge(options: FakeBridgeOptions = {}): FakeBridge {
  const files = createShelf()
  const memory: Memory = {
    settings: { ...defaultSettings, ...options.settings },
    takes: new Map((options.takes ?? []).map((take) => [take.id, take])),
    accounts: new Map((options.accounts ?? []).map((view) => [view.account.id, view])),
  }
  const asked: Asked[] = []
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const listenersOf = (name: string) => {
    const known = listeners.get(name) ?? new Set()
    listeners.set(name, known)
    return known
  }
  const listenTo = (name: string) => (listener: (payload: never) => void) => {
    listenersOf(name).add(listener)
    return () => void listenersOf(name).delete(listener)
  }
  const tell = (name: string, payload: unknown) => {
    listenersOf(name).forEach((listener) => {
      listener(payload as never)
    })
  }

  const answers = createAnswers(options, files, memory, tell)

  // Both tables are built from the contract's own lists of names.
  const ask = Object.fromEntries(
    callNames.map((name) => [
      name,
      (args: unknown, callId?: string) => {
        asked.push({ name, args })
        return (answers[name] as (args: unknown, callId?: string) => Promise<Outcome<unknown>>)(args, callId)
      },
    ]),
  ) as unknown as Bridge['ask']
  const listen = Object.fromEntries(
    eventNames.map((name) => [name, listenTo(name)]),
  ) as unknown as Bridge['listen']

  return {
    asked,
    bridge: {
      ask,
      listen,
      adoptFiles: async (dropped) =>
        ok(
          dropped.map((file) => {
            const known = [...files.fileTokens.values()].find(({ ref }) => ref.name === file.name)
            return known?.ref ?? files.addFile({ name: file.name })
          }),
        ),
      onConnection: listenTo('connection'),
    },
    askedFor: <N extends CallName>(name: N) =>
      asked.filter((entry) => entry.name === name).map(({ args }) => args as CallArgs<N>),
    answer: (name, with_) => {
      answers[name] = with_
    },
    announce: (name, payload) => {
      if (name === 'take:changed') memory.takes.set((payload as Take).id, payload as Take)
      tell(name, payload)
    },
    setConnected: (connected) => {
      tell('connection', connected)
    },
    addFile: files.addFile,
  }
}
