import { describe, expect, it } from 'vitest'
import { createStage, openPage, windowOptions } from '../../../src/main/electron/window.ts'
import { aWindow } from '../../support/window/electron-double.ts'

const parts = (own: Partial<Parameters<typeof openPage>[2]> = {}) => ({
  log: () => undefined,
  now: () => 0,
  onGone: () => undefined,
  // Nobody answers.
  askAgain: () => new Promise<boolean>(() => undefined),
  ...own,
})

const plan = { preload: '/app/preload.cjs', icon: '/app/icon.png', dark: true, packaged: true }

describe('the window', () => {
  it('is made with these options and no others', () => {
    expect(windowOptions(plan)).toEqual({
      name: 'studio',
      windowStatePersistence: true,
      title: 'Understudy',
      icon: '/app/icon.png',
      width: 1360,
      height: 860,
      minWidth: 900,
      minHeight: 600,
      show: false,
      backgroundColor: '#101216',
      webPreferences: {
        preload: '/app/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: false,
      },
    })
  })

  it('has developer tools only outside a packaged build', () => {
    expect(windowOptions({ ...plan, packaged: false }).webPreferences?.devTools).toBe(true)
  })

  it('is shown once its page is painted', () => {
    const window = aWindow()
    openPage(window, 'app://studio/index.html', parts())
    expect(window.calls).toEqual(['load app://studio/index.html'])
    window.emit('ready-to-show')
    expect(window.calls).toEqual(['load app://studio/index.html', 'show'])
  })

  it('loads its page again when its process dies, three times a minute and no more', () => {
    const window = aWindow()
    let now = 0
    openPage(window, 'app://studio/index.html', parts({ now: () => now }))
    const die = (times: number) => {
      for (let deaths = 0; deaths < times; deaths += 1)
        window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    }
    die(5)
    expect(window.webContents.reloads).toBe(3)
    now = 61_000
    die(1)
    expect(window.webContents.reloads).toBe(4)
  })

  it('loads its page again when it hangs: no take depends on it', () => {
    const window = aWindow()
    openPage(window, 'app://studio/index.html', parts())
    window.emit('unresponsive')
    expect(window.webContents.reloads).toBe(1)
  })

  it('writes down that its page could not be loaded', async () => {
    const window = aWindow()
    const lines: string[] = []
    window.pageLoads = Promise.reject(new Error('ERR_FAILED'))
    openPage(window, 'app://studio/index.html', parts({ log: (line) => lines.push(line) }))
    await window.pageLoads.catch(() => undefined)
    await Promise.resolve()
    expect(lines).toEqual(['the window couldn’t load its page'])
  })
})

describe('the stage', () => {
  it('opens no window any more once the studio closes', () => {
    const stage = createStage()
    const window = aWindow()
    stage.ready(() => window)
    window.emit('closed')
    stage.leave()
    stage.raise()
    expect(stage.current()).toBeNull()
  })

  it('brings nothing before it is ready', () => {
    const stage = createStage()
    stage.raise()
    expect(stage.current()).toBeNull()
  })

  it('brings the one window to the front instead of a second one', () => {
    const stage = createStage()
    const window = aWindow()
    window.minimized = true
    let made = 0
    stage.ready(() => {
      made += 1
      return window
    })
    stage.raise()
    expect(made).toBe(1)
    expect(window.calls).toEqual(['restore', 'show', 'focus'])
  })

  it('opens the window anew after it was closed', () => {
    const stage = createStage()
    const windows = [aWindow(), aWindow()]
    let made = 0
    stage.ready(() => windows[made++] ?? aWindow())
    windows[0]?.emit('closed')
    expect(stage.current()).toBeNull()
    stage.raise()
    expect(stage.current()).toBe(windows[1])
  })
})
