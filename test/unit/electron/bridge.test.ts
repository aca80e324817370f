import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createBridge } from '../../../src/preload/bridge.ts'
import { adoptBytesChannel, adoptFilesChannel, callNames, eventNames } from '../../../src/shared/contract.ts'
import { ok } from '../../../src/shared/outcome.ts'

function aBridge() {
  const renderer = new EventEmitter()
  const invoked: unknown[][] = []
  const bridge = createBridge({
    invoke: (...question) => {
      invoked.push(question)
      const [channel, name] = question
      return Promise.resolve(ok(channel === adoptBytesChannel ? { token: 'f_pasted', name } : []))
    },
    on: (channel, relay) => renderer.on(channel, relay),
    off: (channel, relay) => renderer.off(channel, relay),
    pathOf: (file) => {
      if (!(file instanceof File)) throw new TypeError('not a File')
      return file.name.startsWith('pasted') ? '' : `/home/user/${file.name}`
    },
  })
  return { bridge, invoked, renderer }
}

/** Every name the page can reach, from the object it is given. */
function reachable(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at]
  return Reflect.ownKeys(value).flatMap((key) =>
    reachable(Reflect.get(value, key), at === '' ? String(key) : `${at}.${String(key)}`),
  )
}
function frozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(frozen)
}

describe('what the page is given', () => {
  it('is the verbs of the contract and nothing else', () => {
    expect(reachable(aBridge().bridge).sort()).toEqual(
      [
        ...callNames.map((name) => `ask.${name}`),
        ...eventNames.map((name) => `listen.${name}`),
        'adoptFiles',
        'onConnection',
      ].sort(),
    )
  })

  it('cannot be changed', () => {
    expect(frozen(aBridge().bridge)).toBe(true)
  })

  it('asks once for each call, under the name of the call', async () => {
    const { bridge, invoked } = aBridge()
    await bridge.ask['take:list']({})
    await bridge.ask['app:about']({}, 'call-id-1')
    expect(invoked).toEqual([
      ['take:list', {}, undefined],
      ['app:about', {}, 'call-id-1'],
    ])
  })

  it('hears payloads only, never the event of Electron, until the listener is removed', () => {
    const { bridge, renderer } = aBridge()
    const heard: unknown[][] = []
    const stop = bridge.listen['settings:changed']((...words) => heard.push(words))
    renderer.emit('settings:changed', { sender: 'an ipcRenderer', ports: [] }, { theme: 'dark' })
    stop()
    renderer.emit('settings:changed', {}, { theme: 'light' })
    expect(heard).toEqual([[{ theme: 'dark' }]])
    expect(renderer.listenerCount('settings:changed')).toBe(0)
  })

  it('sends the paths of dropped files to main, and shows none to the page', async () => {
    const { bridge, invoked } = aBridge()
    const answer = await bridge.adoptFiles([new File(['x'], 'clip.mp4')])
    expect(invoked).toEqual([[adoptFilesChannel, ['/home/user/clip.mp4']]])
    expect(answer).toEqual(ok([]))
  })

  it('hands over the bytes of a picture that has no path, beside files that have one', async () => {
    const { bridge, invoked } = aBridge()
    const answer = await bridge.adoptFiles([new File(['x'], 'clip.mp4'), new File(['pixels'], 'pasted.png')])
    expect(answer).toMatchObject(ok([{ name: 'pasted.png' }]))
    expect(invoked).toEqual([
      [adoptFilesChannel, ['/home/user/clip.mp4']],
      [adoptBytesChannel, 'pasted.png', new TextEncoder().encode('pixels')],
    ])
  })

  it('says so when what has no path is too large to be copied, and sends nothing', async () => {
    const { bridge, invoked } = aBridge()
    const film = new File(['x'], 'pasted.mov')
    Object.defineProperty(film, 'size', { value: 300 * 1024 * 1024 })
    expect(await bridge.adoptFiles([film])).toMatchObject({ ok: false, problem: { code: 'file-too-large' } })
    expect(invoked).toEqual([])
  })

  it('refuses what is no file', async () => {
    const { bridge, invoked } = aBridge()
    const answer = await bridge.adoptFiles(['/etc/passwd'] as unknown as File[])
    expect(answer).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(invoked).toEqual([])
  })

  it('is always connected', () => {
    const heard: boolean[] = []
    const stop = aBridge().bridge.onConnection((connected) => heard.push(connected))
    stop()
    expect(heard).toEqual([true])
  })
})
