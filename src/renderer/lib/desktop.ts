import type { Bridge } from '../../shared/contract.ts'
import { connectSocket } from './socket-bridge.ts'

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in the browser face. */
    readonly understudy?: Bridge
  }
}

let socketBridge: Bridge | undefined

/** The core, whichever face this page runs in. */
export function desktop(): Bridge {
  if (window.understudy) return window.understudy
  socketBridge ??= connectSocket({
    open: () => new WebSocket(new URL('/socket', window.location.href)),
    upload: (name, file) =>
      fetch('/upload', { method: 'POST', body: file, headers: { 'x-file-name': encodeURIComponent(name) } }),
    later: (run, delay) => void window.setTimeout(run, delay),
  })
  return socketBridge
}
