import type * as net from 'node:net'
import type { Milliseconds } from '../../shared/units.ts'
import { cancelledConnection } from './unreached.ts'

/** Each step of making a connection may take so long without a sign of life. */
export const stepLimit: Milliseconds = 10_000

/** Nothing came in time. */
export class NoSign extends Error {
  override readonly name = 'NoSign'
}

/** Waits for the event that makes a socket ready; on error, silence or cancel the socket is destroyed. */
export function ready<S extends net.Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal | undefined,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.setTimeout(0)
      socket.off('timeout', onSilence)
      socket.off('error', abandon)
      socket.off('close', onClose)
      socket.off(event, onReady)
      signal?.removeEventListener('abort', onAbort)
      act()
    }
    const abandon = (error: Error) => {
      settle(() => {
        // What a dying socket still says is of no interest.
        socket.on('error', () => undefined)
        socket.destroy()
        reject(error)
      })
    }
    const onSilence = () => {
      abandon(new NoSign('no answer in time'))
    }
    const onClose = () => {
      abandon(new Error('the connection was closed'))
    }
    const onAbort = () => {
      abandon(cancelledConnection())
    }
    const onReady = () => {
      settle(() => {
        resolve(socket)
      })
    }
    socket.setTimeout(stepLimit, onSilence)
    socket.once('error', abandon)
    socket.once('close', onClose)
    socket.once(event, onReady)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted) onAbort()
  })
}
