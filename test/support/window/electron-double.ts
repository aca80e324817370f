import { EventEmitter } from 'node:events'
import type {
  App,
  BrowserWindow,
  IpcMain,
  IpcMainInvokeEvent,
  PowerMonitor,
  Protocol,
  SafeStorage,
  Session,
  WebContents,
  WebFrameMain,
} from 'electron'

/*
 * Doubles of the few Electron objects that the parts take as parameters. A double has only what our code uses, so it is
 * cast to the whole type here, once, and nowhere in the tests.
 */

type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

class ContentsDouble extends EventEmitter {
  readonly sent: { readonly channel: string; readonly payload: unknown }[] = []
  opener: WindowOpenHandler | null = null
  destroyed = false
  reloads = 0
  setWindowOpenHandler(handler: WindowOpenHandler) {
    this.opener = handler
  }
  send(channel: string, payload: unknown) {
    this.sent.push({ channel, payload })
  }
  isDestroyed() {
    return this.destroyed
  }
  reload() {
    this.reloads += 1
  }
  forcefullyCrashRenderer() {
    this.emit('render-process-gone', {}, { reason: 'killed' })
  }
}
export type ContentsProbe = ContentsDouble & WebContents
export const aContents = () => new ContentsDouble() as unknown as ContentsProbe

class WindowDouble extends EventEmitter {
  readonly webContents = aContents()
  readonly calls: string[] = []
  readonly progress: unknown[][] = []
  minimized = false
  focused = false
  pageLoads: Promise<void> = Promise.resolve()
  readonly options: unknown
  constructor(options?: unknown) {
    super()
    this.options = options
  }
  isMinimized() {
    return this.minimized
  }
  isFocused() {
    return this.focused
  }
  restore() {
    this.calls.push('restore')
  }
  show() {
    this.calls.push('show')
  }
  focus() {
    this.calls.push('focus')
  }
  loadURL(url: string) {
    this.calls.push(`load ${url}`)
    return this.pageLoads
  }
  setProgressBar(...args: unknown[]) {
    this.progress.push(args)
  }
}
export type WindowProbe = WindowDouble & BrowserWindow
export const aWindow = (options?: unknown) => new WindowDouble(options) as unknown as WindowProbe

export const aFrame = (frame: Partial<Pick<WebFrameMain, 'url' | 'parent' | 'detached'>> = {}) =>
  ({ url: 'app://studio/index.html', parent: null, detached: false, ...frame }) as unknown as WebFrameMain

type Listener = Parameters<IpcMain['handle']>[1]

export function anIpcMain() {
  const listeners = new Map<string, Listener>()
  return {
    ipcMain: {
      handle: (channel: string, listener: Listener) => {
        if (listeners.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
        listeners.set(channel, listener)
      },
    },
    channels: () => [...listeners.keys()],
    /** What the page would get, asked by this frame of these contents. */
    invoke: async (
      channel: string,
      from: { readonly senderFrame: WebFrameMain | null; readonly sender: WebContents },
      ...payload: unknown[]
    ): Promise<unknown> => {
      const listener = listeners.get(channel)
      if (listener === undefined) throw new Error(`No handler registered for '${channel}'`)
      return (await listener(from as IpcMainInvokeEvent, ...payload)) as unknown
    },
  }
}

/** An event that can be prevented, as Electron hands it to listeners. */
export function anEvent<Details extends object>(details: Details) {
  const event = {
    ...details,
    prevented: false,
    preventDefault: () => {
      event.prevented = true
    },
  }
  return event
}

type Handlers = {
  request: Parameters<Session['setPermissionRequestHandler']>[0]
  check: Parameters<Session['setPermissionCheckHandler']>[0]
  device: Parameters<Session['setDevicePermissionHandler']>[0]
  display: Parameters<Session['setDisplayMediaRequestHandler']>[0]
}

class SessionDouble extends EventEmitter {
  readonly handlers: Handlers = { request: null, check: null, device: null, display: null }
  setPermissionRequestHandler(handler: Handlers['request']) {
    this.handlers.request = handler
  }
  setPermissionCheckHandler(handler: Handlers['check']) {
    this.handlers.check = handler
  }
  setDevicePermissionHandler(handler: Handlers['device']) {
    this.handlers.device = handler
  }
  setDisplayMediaRequestHandler(handler: Handlers['display']) {
    this.handlers.display = handler
  }
}
export const aSession = () => new SessionDouble() as unknown as SessionDouble & Session

class AppDouble extends EventEmitter {
  readonly calls: string[] = []
  isPackaged = false
  firstInstance = true
  readonly switches = new Set<string>()
  readonly commandLine = { hasSwitch: (name: string) => this.switches.has(name) }
  requestSingleInstanceLock() {
    this.calls.push('lock')
    return this.firstInstance
  }
  quit() {
    this.calls.push('quit')
  }
  relaunch() {
    this.calls.push('relaunch')
  }
  releaseSingleInstanceLock() {
    this.calls.push('release lock')
  }
  enableSandbox() {
    this.calls.push('sandbox')
  }
  setName(name: string) {
    this.calls.push(`name ${name}`)
  }
  setAppUserModelId(id: string) {
    this.calls.push(`id ${id}`)
  }
  setPath(name: string, path: string) {
    this.calls.push(`path ${name} ${path}`)
  }
}
export type AppProbe = AppDouble & App
export const anApp = () => new AppDouble() as unknown as AppProbe

class ProtocolDouble {
  readonly served = new Map<string, (request: Request) => Promise<Response>>()
  registered: unknown = null
  registerSchemesAsPrivileged(schemes: unknown) {
    this.registered = schemes
  }
  handle(scheme: string, handler: (request: Request) => Promise<Response>) {
    this.served.set(scheme, handler)
  }
}
export const aProtocol = () => new ProtocolDouble() as unknown as ProtocolDouble & Protocol

export const aPowerMonitor = () => new EventEmitter() as unknown as PowerMonitor & EventEmitter

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>

const turnedRound = (text: string) => Buffer.from(text, 'latin1').reverse().toString('latin1')

/** Encrypts by turning the text round, which is enough to see that the clear text is nowhere. */
export function aSafeStorage(state: { backend: Backend; available?: boolean; rotated?: boolean }) {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(state.available ?? true),
    getSelectedStorageBackend: () => state.backend,
    encryptStringAsync: (text: string) =>
      Promise.resolve(Buffer.from(`${state.backend}:${turnedRound(text)}`)),
    decryptStringAsync: (bytes: Buffer) => {
      const [backend = '', ...rest] = bytes.toString().split(':')
      if (backend !== state.backend) return Promise.reject(new Error('cannot decrypt'))
      return Promise.resolve({
        result: turnedRound(rest.join(':')),
        shouldReEncrypt: state.rotated ?? false,
      })
    },
  }
}
