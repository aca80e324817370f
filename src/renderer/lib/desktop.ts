import { callNames, eventNames, type Bridge, type CallName, type EventName } from '../../shared/contract.ts'
import type { FileRef } from '../../shared/domain/views.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'

/** The parts of a `WebSocket` that are used here. */
export type SocketLike = {
  readonly readyState: number
  readonly send: (text: string) => void
  onopen: ((event: Event) => void) | null
  onclose: ((event: CloseEvent) => void) | null
  onmessage: ((event: MessageEvent) => void) | null
}

type SocketWorld = {
  readonly open: () => SocketLike
  readonly upload: (name: string, file: File) => Promise<Response>
  readonly later: (run: () => void, delayMilliseconds: number) => void
}

type Message =
  | { readonly id: string; readonly answer: Outcome<unknown> }
  | { readonly event: EventName; readonly payload: unknown }

const OPEN = 1
const firstPause = 250
const longestPause = 5_000

const silent = () =>
  fail('internal', 'Understudy isn’t responding.', {
    advice: 'This window keeps reconnecting. Submitted takes continue.',
  })

/** Tells the core's listeners apart by event name. */
function createAnnouncer() {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  return {
    announce: (name: string, payload: unknown) =>
      listeners.get(name)?.forEach((listener) => listener(payload)),
    listen: (name: string, listener: (payload: unknown) => void) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => void set.delete(listener)
    },
  }
}

/** Our own server on our own origin writes these; anything else is left alone. */
function readMessage(data: unknown): Message | null {
  if (typeof data !== 'string') return null
  const parsed: unknown = JSON.parse(data)
  return typeof parsed === 'object' && parsed !== null && ('id' in parsed || 'event' in parsed)
    ? (parsed as Message)
    : null
}

/** One socket that is opened again, ever more slowly, whenever it is lost. */
function createLine(world: SocketWorld, onEvent: (name: string, payload: unknown) => void) {
  const waiting = new Map<string, (answer: Outcome<unknown>) => void>()
  const connection = createAnnouncer()
  let queue: string[] = []
  let socket: SocketLike
  let pause = firstPause
  let lost = false

  function connect(): void {
    socket = world.open()
    socket.onopen = () => {
      pause = firstPause
      queue.forEach((text) => {
        socket.send(text)
      })
      queue = []
      if (lost) connection.announce('change', true)
      lost = false
    }
    socket.onmessage = ({ data }) => {
      const message = readMessage(data)
      if (!message) return
      if ('event' in message) {
        onEvent(message.event, message.payload)
        return
      }
      waiting.get(message.id)?.(message.answer)
      waiting.delete(message.id)
    }
    socket.onclose = () => {
      if (!lost) connection.announce('change', false)
      lost = true
      queue = []
      waiting.forEach((settle) => {
        settle(silent())
      })
      waiting.clear()
      world.later(connect, pause)
      pause = Math.min(longestPause, pause * 2)
    }
  }

  connect()
  return {
    ask: (name: CallName, args: unknown, callId: string | undefined) => {
      if (lost) return Promise.resolve(silent())
      const id = crypto.randomUUID()
      const text = JSON.stringify({ id, name, args, ...(callId !== undefined && { callId }) })
      return new Promise<Outcome<unknown>>((resolve) => {
        waiting.set(id, resolve)
        if (socket.readyState === OPEN) socket.send(text)
        else queue.push(text)
      })
    },
    onConnection: (listener: (connected: boolean) => void) => {
      if (lost) listener(false)
      return connection.listen('change', (connected) => {
        listener(connected === true)
      })
    },
  }
}

async function adoptByUpload(
  world: SocketWorld,
  files: readonly File[],
): Promise<Outcome<readonly FileRef[]>> {
  const adopted: FileRef[] = []
  for (const file of files) {
    const response = await world.upload(file.name, file).catch(() => null)
    if (!response) return silent()
    const answer = (await response.json().catch(silent)) as Outcome<FileRef>
    if (!answer.ok) return answer
    adopted.push(answer.value)
  }
  return ok(adopted)
}

/** The bridge of the browser face: the contract over one WebSocket of the page's own origin. */
export function connectSocket(world: SocketWorld): Bridge {
  const announcer = createAnnouncer()
  const line = createLine(world, announcer.announce)
  // Built from the contract's own lists of names, which TypeScript cannot follow through `fromEntries`.
  const ask = Object.fromEntries(
    callNames.map((name) => [name, (args: unknown, callId?: string) => line.ask(name, args, callId)]),
  ) as Bridge['ask']
  const listen = Object.fromEntries(
    eventNames.map((name) => [
      name,
      (listener: (payload: unknown) => void) => announcer.listen(name, listener),
    ]),
  ) as unknown as Bridge['listen']
  return {
    ask,
    listen,
    adoptFiles: (files) => adoptByUpload(world, files),
    onConnection: line.onConnection,
  }
}

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
