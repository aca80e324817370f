import type { Bytes, Milliseconds } from '../../shared/units.ts'
import type { Clock, Log, RunTool, ToolPaths } from '../system/ports.ts'
import type { ServiceCode } from './refusals.ts'

/** The official words, older generation. */
type TaskWord = 'submitted' | 'processing' | 'succeed' | 'failed'

/** One accepted task, as tests and logs see it. */
export type PracticeTask = {
  readonly id: string
  readonly ownId: string | null
  readonly status: TaskWord
  readonly statusMessage: string | null
  readonly prompt: string
  readonly createdAt: Milliseconds
}

export type Reply = {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** How one request goes wrong. What is left out goes right. */
export type Turn = {
  /** Waits before anything is looked at. */
  readonly wait?: Promise<void>
  /** Answers with this documented refusal; nothing is committed. */
  readonly refuse?: ServiceCode
  /** After the request has had its effect: answer, cut the connection, never answer, or send these bytes. */
  readonly then?: 'answer' | 'reset' | 'hang' | Reply
}

type SubmitTurn = Turn & {
  /** `false`: the request has no effect, whatever `then` says. */
  readonly commit?: boolean
}

export type TaskTurn = {
  /** Stays in `processing` until this resolves. */
  readonly hold?: Promise<void>
  /** Ends in `failed` with this message. */
  readonly fail?: string
  /** Delivers a copy of this file instead of rendering. */
  readonly deliver?: string
}

/** Cuts the connection after this many bytes of the body. */
type ResultTurn = Turn & { readonly cutAfter?: Bytes }

/** Makes the service misbehave, for tests. Requests are numbered from 1 by kind, well-formed or not. */
export type PracticeScript = {
  readonly submit?: (nth: number) => SubmitTurn | undefined
  readonly query?: (nth: number) => Turn | undefined
  readonly task?: (task: PracticeTask) => TaskTurn | undefined
  readonly result?: (nth: number) => ResultTurn | undefined
}

export type PracticeOptions = {
  /** Holds every task; created when missing. One server at a time. */
  readonly folder: string
  readonly run: RunTool
  readonly tools: ToolPaths
  readonly clock: Clock
  /** What clients must send as `Authorization: Bearer …`. */
  readonly key: string
  readonly log: Log
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** The least time a task spends in each state. */
  readonly durations?: { readonly submitted: Milliseconds; readonly processing: Milliseconds }
  /** How many tasks may be open at once. */
  readonly parallel?: number
  readonly script?: PracticeScript
}

export type PracticeServer = {
  readonly origin: string
  /** Every task ever committed to the folder and not yet wiped, oldest first. */
  readonly tasks: () => readonly PracticeTask[]
  /** Submits received since the start, accepted or not. */
  readonly submits: () => number
  /** Unfinished tasks stay on disk and go on at the next start. */
  readonly close: () => Promise<void>
}
