import { beforeEach, describe, expect, it } from 'vitest'
import { beforeReady } from '../../../src/main/electron/lifecycle.ts'
import { studioPlace } from '../../../src/main/electron/window.ts'
import { anApp, anEvent, aContents, aProtocol, type AppProbe } from '../../support/window/electron-double.ts'

const place = studioPlace({
  home: '/library',
  packaged: true,
  developmentServer: undefined,
  appPath: '/app.asar',
  resourcesPath: '/resources',
})

describe('before the app is ready', () => {
  let app: AppProbe
  let protocol: ReturnType<typeof aProtocol>
  let raised: number
  const start = () =>
    beforeReady(
      { app, protocol },
      {
        place,
        raise: () => {
          raised += 1
        },
        openSite: () => undefined,
        log: () => undefined,
      },
    )
  beforeEach(() => {
    app = anApp()
    protocol = aProtocol()
    raised = 0
  })

  it('the sandbox is on, and the lock is asked for in the folder of this library', () => {
    expect(start()).toBeNull()
    expect(app.calls).toEqual([
      'name Understudy',
      'id app.understudy.studio',
      'path userData /library/window',
      'sandbox',
      'lock',
    ])
  })

  it('the two schemes are registered, and only media may stream', () => {
    start()
    expect(protocol.registered).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
      {
        scheme: 'media',
        privileges: {
          ...{ standard: true, secure: true, supportFetchAPI: true },
          ...{ stream: true, corsEnabled: true },
        },
      },
    ])
  })

  it('every web contents to come is guarded', () => {
    start()
    const contents = aContents()
    app.emit('web-contents-created', {}, contents)
    const event = anEvent({ url: 'https://example.org/' })
    contents.emit('will-navigate', event)
    expect(event.prevented).toBe(true)
  })

  it('a second instance leaves at once with success', () => {
    app.firstInstance = false
    expect(start()).toBe(0)
  })

  it('the first instance comes to the front when a second one was started', () => {
    start()
    app.emit('second-instance', {}, [], '/', undefined)
    expect(raised).toBe(1)
  })

  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'inspect-port'])(
    'a packaged build refuses --%s',
    (name) => {
      app.isPackaged = true
      app.switches.add(name)
      expect(start()).toBe(2)
      expect(app.calls).toEqual([])
    },
  )

  it('a development build may be debugged, and so driven by tests', () => {
    app.switches.add('remote-debugging-port')
    expect(start()).toBeNull()
  })
})
