import type { WebSocket } from 'ws'
import type { EventName } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/outcome.ts'
import { MiB } from '../../shared/units.ts'
import type { WebCore } from './core.ts'

export const maxMessageBytes = MiB

/** A page that reads this far behind is stuck; it connects again and asks for everything when it wakes up. */
const maxUnreadBytes = 64 * MiB

function send(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > maxUnreadBytes) socket.terminate()
  else socket.send(text)
}

/** The pages that are connected. */
export type Sockets = {
  /** Tells every page. */
  readonly announce: (name: EventName, payload: unknown) => void
  /** Questions may come before the core is open; they wait for it. */
  readonly accept: (socket: WebSocket, core: () => Promise<Outcome<WebCore>>) => void
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

  async function answer(socket: WebSocket, core: () => Promise<Outcome<WebCore>>, text: string) {
    const opened = await core()
    if (!opened.ok) {
      // The process is about to end, and says why where it was started. 1011: internal error.
      socket.close(1011)
      return
    }
    const answered = await opened.value.answer(text)
    // 1008: policy violation. Our own page never sends anything else.
    if (answered === null) socket.close(1008, 'This request is unknown.')
    else send(socket, answered)
  }

  return {
    announce: (event, payload) => {
      const text = JSON.stringify({ event, payload })
      for (const socket of open) send(socket, text)
    },
    accept: (socket, core) => {
      open.add(socket)
      changed()
      socket.on('message', (data: Buffer, binary) => {
        // 1003: unsupported data.
        if (binary) socket.close(1003)
        else void answer(socket, core, data.toString('utf8'))
      })
      // A broken connection is followed by `close`, which is where it is dealt with.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        changed()
        void core().then((opened) => {
          if (opened.ok && open.size === 0) opened.value.cancelAll()
        })
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
