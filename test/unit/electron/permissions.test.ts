import { beforeEach, describe, expect, it } from 'vitest'
import { lockPermissions } from '../../../src/main/electron/security.ts'
import { anEvent, aContents, aSession } from '../../support/window/electron-double.ts'

const wishes = [
  'media',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'hid',
  'usb',
  'serial',
  'fileSystem',
  'clipboard-read',
  'display-capture',
  'openExternal',
  'pointerLock',
  'local-fonts',
  'unknown',
] as const
const granted = ['fullscreen', 'clipboard-sanitized-write'] as const

describe('what web content may ask for', () => {
  let session: ReturnType<typeof aSession>
  beforeEach(() => {
    session = aSession()
    lockPermissions(session)
  })
  const answers = (permission: (typeof wishes)[number] | (typeof granted)[number]) => {
    let requested: boolean | undefined
    const page = { isMainFrame: true, requestingUrl: 'app://studio/index.html' }
    session.handlers.request?.(aContents(), permission, (answer) => (requested = answer), page)
    const checked = session.handlers.check?.(aContents(), permission, 'app://studio', page)
    return { requested, checked }
  }

  it.each(wishes)('is denied %s, on request and on check', (permission) => {
    expect(answers(permission)).toEqual({ requested: false, checked: false })
  })

  it.each(granted)('is given %s', (permission) => {
    expect(answers(permission)).toEqual({ requested: true, checked: true })
  })

  it('is denied every device', () => {
    const device = { deviceId: 'd', name: 'd', productId: 1, vendorId: 1, guid: 'g' }
    const details = {
      deviceType: 'hid' as const,
      origin: 'app://studio',
      device: { ...device, collections: [] },
    }
    expect(session.handlers.device?.(details)).toBe(false)
  })

  it('is given no screen', () => {
    const asked: unknown[] = []
    const request = {} as Parameters<NonNullable<typeof session.handlers.display>>[0]
    session.handlers.display?.(request, (streams) => asked.push(streams))
    expect(asked).toEqual([null])
  })

  it('downloads nothing', () => {
    const event = anEvent({})
    session.emit('will-download', event)
    expect(event.prevented).toBe(true)
  })
})
