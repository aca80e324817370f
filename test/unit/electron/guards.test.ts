import { describe, expect, it } from 'vitest'
import { providerSites } from '../../../src/shared/rules/providers.ts'
import { guardEveryContents, appOrigin } from '../../../src/main/electron/security.ts'
import { aContents, anApp, anEvent } from '../../support/window/electron-double.ts'

function guarded() {
  const app = anApp()
  const contents = aContents()
  const opened: string[] = []
  guardEveryContents(app, appOrigin(undefined), {
    openSite: (url) => opened.push(url),
    log: () => undefined,
  })
  app.emit('web-contents-created', {}, contents)
  return { contents, opened }
}
const prevented = (name: string, url: string) => {
  const event = anEvent({ url })
  guarded().contents.emit(name, event)
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

  const asked = (url: string) => {
    const { contents, opened } = guarded()
    const details = { url } as Parameters<NonNullable<typeof contents.opener>>[0]
    expect(contents.opener?.(details)).toEqual({ action: 'deny' })
    return opened
  }

  it.each([...elsewhere, 'app://studio/index.html', 'https://modelslab.com/evil', 'http://modelslab.com/'])(
    'opens no window, and nothing else, for %s',
    (url) => {
      expect(asked(url)).toEqual([])
    },
  )

  it.each([...providerSites])('opens %s in the system’s browser, as a link asks for it', (site) => {
    expect(asked(new URL(site).href)).toEqual([site])
  })

  it('attaches no webview', () => {
    const event = anEvent({})
    guarded().contents.emit('will-attach-webview', event, {}, {})
    expect(event.prevented).toBe(true)
  })
})
