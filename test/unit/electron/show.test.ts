import { EventEmitter } from 'node:events'
import type { NotificationConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { createIpc } from '../../../src/main/electron/ipc.ts'
import { openedEmpty } from '../../../src/main/electron/mishaps.ts'
import { studioPlace, createStage } from '../../../src/main/electron/window.ts'
import { showStudio } from '../../../src/main/electron/show.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { defaultSettings } from '../../../src/shared/domain/settings.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import { aTake } from '../../support/library/a-take.ts'
import {
  anApp,
  anIpcMain,
  aPowerMonitor,
  aProtocol,
  aSession,
  aWindow,
  type WindowProbe,
} from '../../support/window/electron-double.ts'

type Electron = Parameters<typeof showStudio>[0]
type Core = Parameters<typeof showStudio>[1]['core']

class NotificationDouble extends EventEmitter {
  static readonly shown: string[] = []
  static isSupported = () => true
  readonly options: NotificationConstructorOptions
  constructor(options: NotificationConstructorOptions) {
    super()
    this.options = options
  }
  show() {
    NotificationDouble.shown.push(this.options.title ?? '')
  }
}

function onStage() {
  NotificationDouble.shown.length = 0
  const windows: WindowProbe[] = []
  const app = anApp()
  const protocol = aProtocol()
  const session = aSession()
  const powerMonitor = aPowerMonitor()
  const opened: string[] = []
  const desk = { cleared: 0 }
  const boxes: string[] = []
  const answers = { box: 0 }
  const asked: string[] = []
  const takes: Take[] = [aTake({ state: 'ACKED' })]
  const changed = new EventEmitter()
  const electron = {
    app,
    protocol,
    powerMonitor,
    session: { defaultSession: session },
    nativeTheme: { shouldUseDarkColors: true },
    Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => undefined },
    Notification: NotificationDouble,
    dialog: {
      showMessageBox: ({ message }: { readonly message: string }) => {
        boxes.push(message)
        return Promise.resolve({ response: answers.box })
      },
    },
    shell: { openPath: (path: string) => opened.push(path) },
    // Called with `new`, a function that returns an object answers with that object: the double the test looks at.
    BrowserWindow: function (options: unknown) {
      const window = aWindow(options)
      windows.push(window)
      return window
    },
  } as unknown as Electron
  const core = {
    studio: {
      takes: {
        list: () => takes,
        lookAtAll: () => {
          asked.push('all')
          return Promise.resolve()
        },
      },
      settings: { read: () => defaultSettings },
      desk: { clear: () => (desk.cleared += 1) },
    },
    admit: (run: () => Promise<unknown>) => run(),
    onTake: (listener: (take: Take) => void) => changed.on('take', listener),
    fileTokens: { serve: () => Promise.resolve(new Response('frames', { status: 206 })) },
    dispatch: { ask: () => Promise.resolve(ok(null)), cancelAll: () => undefined },
  } as unknown as Core
  const place = studioPlace({
    home: '/library',
    packaged: false,
    developmentServer: undefined,
    appPath: '/checkout',
    resourcesPath: '/res',
  })
  const { ipcMain } = anIpcMain()
  const gone: unknown[] = []
  const log = () => undefined
  const ipc = createIpc({ ipcMain, origin: place.origin, log })
  const stage = createStage()
  const intake = {
    take: () => Promise.reject(new Error('nothing is pasted here')),
    sweep: () => Promise.resolve(),
  }
  showStudio(electron, { core, intake, place, ipc, stage, log, onGone: (notice) => gone.push(notice) })
  const announce = (take: Take) => changed.emit('take', take)
  return { app, windows, protocol, session, powerMonitor, asked, stage, announce, gone, boxes, answers, desk }
}

describe('the studio on stage', () => {
  it('opens one window on its own page, with every lock closed before', () => {
    const { windows, session } = onStage()
    expect(windows).toHaveLength(1)
    expect(windows[0]?.calls).toEqual(['load app://studio/index.html'])
    expect(Object.values(session.handlers)).not.toContain(null)
  })

  it('opens the window again when the app is activated without one', () => {
    const { app, windows } = onStage()
    windows[0]?.emit('closed')
    app.emit('activate')
    expect(windows).toHaveLength(2)
  })

  it('lets its page read media, which are another origin to Chromium, and no other page', async () => {
    const media = onStage().protocol.served.get('media')
    const answer = await media?.(new Request('media://local/m_token'))
    expect(answer?.status).toBe(206)
    expect(answer?.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(answer?.headers.get('access-control-allow-origin')).toBe('app://studio')
    const asked = await media?.(new Request('media://local/m_token', { method: 'OPTIONS' }))
    expect(asked?.status).toBe(204)
    expect(asked?.headers.get('access-control-allow-headers')).toBe('Range, If-Range')
  })

  it('tells the taskbar and, while nobody watches, the desktop when a take is done', () => {
    const { windows, announce } = onStage()
    announce(aTake({ state: 'DOWNLOADING', progress: 0.5 }))
    announce(aTake({ state: 'DONE' }))
    expect(windows[0]?.progress).toEqual([[0.5], [-1]])
    expect(NotificationDouble.shown).toEqual(['Your take is ready'])
  })

  it('keeps quiet while the window has the focus', () => {
    const { windows, announce } = onStage()
    if (windows[0]) windows[0].focused = true
    announce(aTake({ state: 'DONE' }))
    expect(NotificationDouble.shown).toEqual([])
  })

  it('opens its page again after a crash and keeps the sentence for it; after the fourth in a minute it asks', async () => {
    const { app, windows, gone, boxes, answers, desk } = onStage()
    const contents = windows[0]?.webContents
    for (const reason of ['crashed', 'oom', 'killed']) contents?.emit('render-process-gone', {}, { reason })
    expect(contents?.reloads).toBe(3)
    expect(gone).toMatchObject([
      { title: 'The window stopped and was reopened.' },
      { title: 'The window ran out of memory and was reopened.' },
      { title: 'The window stopped and was reopened.' },
    ])
    contents?.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(contents?.reloads).toBe(3)
    expect(boxes).toEqual(['The window keeps stopping.'])
    await new Promise((later) => setImmediate(later))
    expect(contents?.reloads).toBe(4)
    // What it showed may be what ended it.
    expect(desk.cleared).toBe(1)
    expect(gone.at(-1)).toEqual(openedEmpty)
    answers.box = 1
    for (let nth = 0; nth < 4; nth += 1) contents?.emit('render-process-gone', {}, { reason: 'crashed' })
    await new Promise((later) => setImmediate(later))
    expect(app.calls).toContain('quit')
    expect(contents?.reloads).toBe(7)
    expect(desk.cleared).toBe(1)
  })

  it('tells the page of a graphics process that ended, and of no other', () => {
    const { app, windows } = onStage()
    const told = () => windows[0]?.webContents.sent.filter(({ channel }) => channel === 'window:notice') ?? []
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed' })
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit' })
    expect(told()).toEqual([])
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' })
    expect(told()).toMatchObject([{ payload: { title: 'The graphics process stopped and was restarted.' } }])
  })

  it('asks about open takes when the machine wakes', () => {
    const { powerMonitor, asked } = onStage()
    powerMonitor.emit('resume')
    expect(asked).toEqual(['all'])
  })
})
