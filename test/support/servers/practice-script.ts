import { copyFile, rename } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { PracticeOptions } from '../../../src/main/practice/practice.ts'
import { refusal, type ServiceCode } from '../../../src/main/practice/refusals.ts'
import { createRender } from '../../../src/main/practice/render/render.ts'
import { taskOf, type PracticeTask } from '../../../src/main/practice/store.ts'
import type { Bytes } from '../../../src/shared/units.ts'

type Reply = { readonly status: number; readonly body: string }

/** How one request goes wrong. What is left out goes right. */
type Turn = {
  /** Answers with this documented refusal; nothing is committed. */
  readonly refuse?: ServiceCode
  /** After the request has had its effect: cut the connection, never answer, or send these bytes. */
  readonly then?: 'reset' | 'hang' | Reply
}

/** `commit: false`: the request has no effect, whatever `then` says. */
type SubmitTurn = Turn & { readonly commit?: boolean }

/** Cuts the connection after this many bytes of the body. */
type ResultTurn = Turn & { readonly cutAfter?: Bytes }

type TaskTurn = {
  /** Stays in `processing` until this resolves. */
  readonly hold?: Promise<void>
  /** Ends in `failed` with this message. */
  readonly fail?: string
  /** Delivers a copy of this file instead of rendering. */
  readonly deliver?: string
}

/** Makes the practice provider misbehave. Requests are numbered from 1 by kind, well-formed or not. */
export type PracticeScript = {
  readonly submit?: (nth: number) => SubmitTurn | undefined
  readonly query?: (nth: number) => Turn | undefined
  readonly task?: (task: PracticeTask) => TaskTurn | undefined
  readonly result?: (nth: number) => ResultTurn | undefined
}

type Respond = NonNullable<PracticeOptions['respond']>
type Render = NonNullable<PracticeOptions['render']>

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

function refuse(response: ServerResponse, code: ServiceCode): void {
  const { status, message } = refusal(code)
  send(response, { status, body: JSON.stringify({ code, message, request_id: 'scripted' }) })
}

/** Lets `bytes` of a body through, then closes the connection. */
function cutAfter(response: ServerResponse, bytes: Bytes): void {
  const write = response.write.bind(response)
  let left = bytes
  response.write = (chunk: Uint8Array) => {
    const part = chunk.subarray(0, left)
    left -= part.length
    return left > 0 ? write(part) : write(part, () => response.destroy())
  }
}

function respondBy(script: PracticeScript): Respond {
  const count = { submit: 0, query: 0, result: 0 }
  return async ({ kind, request, response }, handle) => {
    count[kind] += 1
    const turn: SubmitTurn & ResultTurn = script[kind]?.(count[kind]) ?? {}
    // Read to its end, so that the client gets the answer and no reset.
    if (turn.refuse !== undefined || turn.commit === false) request.resume()
    if (turn.refuse !== undefined) {
      refuse(response, turn.refuse)
      return
    }
    const answer = turn.commit === false ? null : await handle()
    if (turn.then === 'reset') response.socket?.resetAndDestroy()
    else if (turn.then === 'hang') return
    else if (turn.then !== undefined) send(response, turn.then)
    else if (answer === null) refuse(response, 5000)
    else {
      if (turn.cutAfter !== undefined) cutAfter(response, turn.cutAfter)
      await answer(response)
    }
  }
}

/** Resolves when `promise` does or when the signal fires, whichever is first. */
function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    promise.then(resolve, reject)
  })
}

const renderBy =
  (turnOf: NonNullable<PracticeScript['task']>, otherwise: Render): Render =>
  async (job, signal) => {
    const turn = turnOf(taskOf(job.record)) ?? {}
    if (turn.hold !== undefined) await untilAborted(turn.hold, signal)
    if (turn.fail !== undefined) return { rendered: false, why: turn.fail }
    if (turn.deliver === undefined) return otherwise(job, signal)
    await copyFile(turn.deliver, `${job.target}.part`)
    await rename(`${job.target}.part`, job.target)
    return { rendered: true }
  }

/** The options of a practice provider that follows a script. */
export function scripted(
  script: PracticeScript,
  { run, tools, clock }: Pick<PracticeOptions, 'run' | 'tools' | 'clock'>,
): Pick<PracticeOptions, 'respond' | 'render'> {
  const render = createRender({ run, ffmpeg: tools.ffmpeg, clock, sample: null })
  return { respond: respondBy(script), ...(script.task && { render: renderBy(script.task, render) }) }
}
