import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Milliseconds } from '../../shared/units.ts'
import type { Clock, Log, RunTool, ToolPaths } from '../system/ports.ts'
import type { PracticeTask } from './store.ts'
import type { Render } from './work.ts'

/** A request with a known purpose, and where its answer goes. */
type Exchange = {
  readonly kind: 'submit' | 'query' | 'result'
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Does what a request asks for, and returns what writes the answer. */
type Handle = () => Promise<WriteAnswer>
export type WriteAnswer = (response: ServerResponse) => Promise<void> | void

export type PracticeOptions = {
  /** Holds every task; created when missing. One server at a time. */
  readonly folder: string
  /** The folder of the bundled sample, whose dancer and character are known; without it, neither is. */
  readonly sample?: string
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
  /** Answers each request; by default with what handling it gives. */
  readonly respond?: (exchange: Exchange, handle: Handle) => Promise<void>
  /** Makes results; by default with ffmpeg from the image and the clip. */
  readonly render?: Render
}

export type PracticeServer = {
  readonly origin: string
  /** Every task ever committed to the folder and not yet wiped, oldest first. */
  readonly tasks: () => readonly PracticeTask[]
  /** Submits received since the start, accepted or not. */
  readonly submits: () => number
  /** Unfinished tasks stay on disk and continue at the next start. */
  readonly close: () => Promise<void>
}
