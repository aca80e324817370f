import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { MiB, type Bytes, type Milliseconds } from '../../shared/units.ts'
import { systemClock } from '../system/clock.ts'
import { afterWork, processorUsed, type ProcessorTime } from '../system/processor-time.ts'
import type { WorkAnswer, WorkName, WorkOrder } from './picture-work.ts'
import type { PictureQuestion, PictureReply, PictureThreadTask } from './picture-worker.ts'

export type WorkRunning = {
  readonly signal?: AbortSignal | undefined
  /** May throw, which ends the work. */
  readonly onStep?: (() => void) | undefined
  /** Memory in the order that the caller needs no more: it is passed on instead of copied. */
  readonly handOver?: readonly ArrayBuffer[] | undefined
}

export type ThreadLimits = ProcessorTime & {
  /** Bytes that the library may use for pictures, in one thread. */
  readonly memory: Bytes
  /** How long a thread may work without a step or an answer. */
  readonly patience: Milliseconds
  /** How long a thread without work is kept: starting the next one takes half a second. */
  readonly idle: Milliseconds
}

const usual: ThreadLimits = {
  memory: 1_536 * MiB,
  patience: 120_000,
  idle: 20_000,
  clock: systemClock,
  used: processorUsed,
}

/** Beside this file in the sources; one entry of the build, whose parts are in a folder of their own. */
function workerPath(): string {
  const here = import.meta.dirname
  if (import.meta.filename.endsWith('.ts')) return join(here, 'picture-worker.ts')
  return join(basename(here) === 'chunks' ? join(here, '..') : here, 'picture-worker.js')
}

export type PictureThreads = {
  /** Does one piece of work in a thread of its own; rejects with what went wrong there. */
  readonly ask: <Name extends WorkName>(
    name: Name,
    order: WorkOrder<Name>,
    running?: WorkRunning,
  ) => Promise<WorkAnswer<Name>>
}

/** What came of a question, or why the thread cannot be used any more. */
function replyOf(
  thread: Worker,
  { question, handOver = [] }: Posted,
  ending: Ending,
): Promise<WorkAnswer<WorkName>> {
  const { signal, patience, onStep } = ending
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    let heard = new AbortController()
    const finish = (end: () => void) => {
      over.abort()
      signal?.removeEventListener('abort', onAbort)
      thread.off('message', onMessage).off('error', broke).off('exit', onExit)
      end()
    }
    const broke = (error: Error) => {
      finish(() => {
        reject(error)
      })
    }
    const onAbort = () => {
      broke(new Error('It was cancelled.'))
    }
    const awaitWord = () => {
      heard.abort()
      heard = new AbortController()
      const { signal: nextWord } = heard
      void afterWork(patience, ending, AbortSignal.any([nextWord, over.signal])).then(() => {
        if (!nextWord.aborted && !over.signal.aborted) broke(new Error('It takes too long to decode.'))
      })
    }
    const take = (reply: PictureReply) => {
      if (reply.kind === 'done') {
        finish(() => {
          resolve(reply.answer)
        })
      } else if (reply.kind === 'failed') {
        broke(Object.assign(new Error(reply.message), reply.code !== undefined && { code: reply.code }))
      } else if (reply.kind === 'step') {
        awaitWord()
        onStep?.()
      }
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    const onMessage = (reply: PictureReply) => {
      try {
        take(reply)
      } catch (error) {
        // A step may end the work by throwing.
        broke(error instanceof Error ? error : new Error(String(error)))
      }
    }
    const onExit = () => {
      broke(new Error('The decoder ended without an answer.'))
    }
    thread.on('message', onMessage).on('error', broke).on('exit', onExit)
    awaitWord()
    thread.postMessage(question, [...handOver])
  })
}

type Posted = { readonly question: PictureQuestion; readonly handOver: WorkRunning['handOver'] }
type Ending = Pick<WorkRunning, 'signal' | 'onStep'> & Pick<ThreadLimits, 'patience' | 'clock' | 'used'>

/**
 * Threads that hold the picture library as WebAssembly. One thread does one piece of work at a time; what is cancelled,
 * fails or takes too long ends its thread, whatever a crafted file does there. Memory for pictures is given back only
 * with the thread, so one without work ends soon.
 */
export function createPictureThreads(limits: ThreadLimits = usual): PictureThreads {
  const { memory, idle } = limits
  let spare: Worker | null = null
  /** A thread without work has waited long enough, or broke. */
  const forget = function (this: Worker) {
    if (spare === this) spare = null
    void this.terminate()
  }

  function take(): Worker {
    if (spare !== null) {
      const thread = spare
      spare = null
      thread.off('message', forget).off('error', forget).off('exit', forget)
      thread.ref()
      return thread
    }
    const workerData: PictureThreadTask = { memory, idle }
    // What the library says goes nowhere.
    return new Worker(workerPath(), { workerData, env: {}, stdout: true, stderr: true })
  }

  function keep(thread: Worker): void {
    if (spare !== null) {
      void thread.terminate()
      return
    }
    spare = thread
    thread.on('message', forget).on('error', forget).on('exit', forget)
    // A thread that waits for work must not keep the process; to listen to it does.
    thread.unref()
  }

  return {
    ask: async <Name extends WorkName>(
      name: Name,
      order: WorkOrder<Name>,
      { signal, onStep, handOver }: WorkRunning = {},
    ) => {
      signal?.throwIfAborted()
      const thread = take()
      try {
        const question = { name, order: order as unknown as WorkOrder<WorkName> }
        const posted = { question, handOver }
        const answer = await replyOf(thread, posted, { ...limits, signal, onStep })
        keep(thread)
        return answer as WorkAnswer<Name>
      } catch (error) {
        void thread.terminate()
        throw error
      }
    },
  }
}
