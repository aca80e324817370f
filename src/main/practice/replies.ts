import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Reply, Turn } from './practice.ts'
import { refusal, type Refusal } from './refusals.ts'
import { untilAborted } from './until-aborted.ts'

/** The official envelope around a good answer. */
export const good = (data: unknown): Reply => envelope(200, 0, 'SUCCEED', data)

export const bad = ({ status, code, message }: Refusal): Reply => envelope(status, code, message, undefined)

const envelope = (status: number, code: number, message: string, data: unknown): Reply => ({
  status,
  body: JSON.stringify({ code, message, request_id: randomUUID(), data }),
})

export function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body)
}

/** Plays a scripted turn around `effect`, which does the work and says what a sane service would answer. */
export async function playTurn(
  turn: Turn,
  response: ServerResponse,
  signal: AbortSignal,
  effect: () => Promise<Reply> | Reply,
): Promise<void> {
  await untilAborted(turn.wait, signal)
  const reply = turn.refuse === undefined ? await effect() : bad(refusal(turn.refuse))
  const end = turn.then ?? 'answer'
  if (end === 'answer') send(response, reply)
  else if (end === 'reset') response.socket?.resetAndDestroy()
  else if (end !== 'hang') send(response, end)
}
