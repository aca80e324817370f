import { describe, expect, it } from 'vitest'
import { guardEveryContents, appOrigin } from '../../../src/main/electron/security.ts'
import { aContents, anApp, anEvent } from '../../support/window/electron-double.ts'

function guarded() {
  const app = anApp()
  const contents = aContents()
  guardEveryContents(app, appOrigin(undefined), () => undefined)
  app.emit('web-contents-created', {}, contents)
  return contents
}
const prevented = (name: string, url: string) => {
  const event = anEvent({ url })
  guarded().emit(name, event)
  return event.prevented
}
const elsewhere = [
  'https://example.org/',
  'file:///home/user/clip.mp4',
  'data:text/html,x',
  'javascript:alert(1)',
  'app://other-host/index.html',
  'app://user@studio/index.html',
]

describe('every web contents', () => {
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
    it.each(elsewhere)(`stays where it is when ${name} says %s`, (url) => {
      expect(prevented(name, url)).toBe(true)
    })

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    'may load its own page on %s',
    (name) => {
      expect(prevented(name, 'app://studio/index.html#compare')).toBe(false)
    },
  )

  it('opens no window', () => {
    const { opener } = guarded()
    const details = { url: 'app://studio/index.html' } as Parameters<NonNullable<typeof opener>>[0]
    expect(opener?.(details)).toEqual({ action: 'deny' })
  })

  it('attaches no webview', () => {
    const event = anEvent({})
    guarded().emit('will-attach-webview', event, {}, {})
    expect(event.prevented).toBe(true)
  })
})
