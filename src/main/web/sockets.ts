import type { WebSocket } from 'ws'
import { z } from 'zod'
import type { EventName } from '../../shared/contract.ts'
import { MiB } from '../../shared/units.ts'
import type { Dispatch } from '../dispatch.ts'

export const maxMessageBytes = MiB

/** A page that reads this far behind is stuck; it connects again and asks for everything when it wakes up. */
const maxUnreadBytes = 64 * MiB

const question = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().max(80),
  args: z.unknown(),
  callId: z.string().max(40).optional(),
})
type Question = z.infer<typeof question>

function readQuestion(text: string): Question | null {
  try {
    return question.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function send(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > maxUnreadBytes) socket.terminate()
  else socket.send(text)
}

/** The pages that are connected. */
export type Sockets = {
  /** Tells every page. */
  readonly announce: (name: EventName, payload: unknown) => void
  readonly accept: (socket: WebSocket, dispatch: Dispatch) => void
  readonly count: () => number
  /** Calls back on every change of the count; the answer removes the listener. */
  readonly onCount: (listener: (count: number) => void) => () => void
  readonly close: () => void
}

/** Speaks the contract over WebSockets: questions in, answers and events out. */
export function createSockets(): Sockets {
  const open = new Set<WebSocket>()
  const listeners = new Set<(count: number) => void>()
  const changed = () => listeners.forEach((listener) => listener(open.size))

  async function answer(socket: WebSocket, dispatch: Dispatch, text: string) {
    const asked = readQuestion(text)
    // 1008: policy violation. Our own page never sends anything else.
    if (asked === null) socket.close(1008, 'This is not a question of the contract.')
    else {
      const answered = await dispatch.ask(asked.name, asked.args, asked.callId)
      send(socket, JSON.stringify({ id: asked.id, answer: answered }))
    }
  }

  return {
    announce: (event, payload) => {
      const text = JSON.stringify({ event, payload })
      for (const socket of open) send(socket, text)
    },
    accept: (socket, dispatch) => {
      open.add(socket)
      changed()
      socket.on('message', (data: Buffer, binary) => {
        // 1003: unsupported data.
        if (binary) socket.close(1003)
        else void answer(socket, dispatch, data.toString('utf8'))
      })
      // A broken connection is followed by `close`, which is where it is dealt with.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        if (open.size === 0) dispatch.cancelAll()
        changed()
      })
    },
    count: () => open.size,
    onCount: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => {
      for (const socket of open) socket.terminate()
    },
  }
}
