import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createIpc } from '../../../src/main/electron/ipc.ts'
import { appOrigin } from '../../../src/main/electron/security.ts'
import { adoptBytesChannel, adoptFilesChannel, callNames } from '../../../src/shared/contract.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aFrame, anIpcMain, aWindow } from '../../support/window/electron-double.ts'

function aStudio() {
  const { ipcMain, channels, invoke } = anIpcMain()
  const asked: unknown[][] = []
  const taken: { name: string; bytes: number }[] = []
  let cancels = 0
  const ipc = createIpc({ ipcMain, origin: appOrigin(undefined), log: () => undefined })
  ipc.answer({
    dispatch: {
      ask: (...question) => {
        asked.push(question)
        return Promise.resolve(ok('answered'))
      },
      cancelAll: () => {
        cancels += 1
      },
    },
    fileTokens: {
      register: (path) =>
        Promise.resolve(
          path.endsWith('missing.mp4')
            ? fail('file-missing', '“missing.mp4” was not found.')
            : ok({ token: 'f_0123456789abcdefghijkl', name: 'clip.mp4', bytes: 5 }),
        ),
    },
    intake: {
      take: async ({ name, content }) => {
        let bytes = 0
        for await (const part of content) bytes += part.byteLength
        taken.push({ name, bytes })
        return ok({ token: 'f_0123456789abcdefghijkm', name, bytes })
      },
    },
  })
  const window = aWindow()
  ipc.attach(window)
  return { ipc, window, invoke, channels, asked, taken, cancels: () => cancels }
}
const refused = { ok: false, problem: { code: 'usage' } }

describe('the calls between window and core', () => {
  let studio: ReturnType<typeof aStudio>
  const fromPage = (channel: string, ...payload: unknown[]) =>
    studio.invoke(channel, { senderFrame: aFrame(), sender: studio.window.webContents }, ...payload)
  beforeEach(() => {
    studio = aStudio()
  })

  it('has one channel for each call of the contract and two for dropped files', () => {
    expect(studio.channels().sort()).toEqual([...callNames, adoptFilesChannel, adoptBytesChannel].sort())
  })

  it('takes a pasted picture in by its bytes, also a large one, and nothing that is none', async () => {
    const large = new Uint8Array(5 * 1024 * 1024)
    expect(await fromPage(adoptBytesChannel, 'image.png', large)).toMatchObject({
      value: { name: 'image.png' },
    })
    expect(studio.taken).toEqual([{ name: 'image.png', bytes: large.byteLength }])
    for (const odd of [['image.png'], ['image.png', '/etc/passwd'], [large, 'image.png']])
      expect(await fromPage(adoptBytesChannel, ...odd)).toMatchObject(refused)
    expect(studio.taken).toHaveLength(1)
  })

  it('hands a question of the studio’s own page to the dispatch', async () => {
    expect(await fromPage('app:about', {}, 'call-id-1')).toEqual(ok('answered'))
    expect(studio.asked).toEqual([['app:about', {}, 'call-id-1']])
  })

  const strangers = {
    'a frame that is gone': () => null,
    'a detached frame': () => aFrame({ detached: true }),
    'a subframe': () => aFrame({ parent: aFrame() }),
    'an empty frame': () => aFrame({ url: 'about:blank' }),
    'a foreign page': () => aFrame({ url: 'https://example.org/' }),
    'another host of our scheme': () => aFrame({ url: 'app://other/index.html' }),
    'a local file': () => aFrame({ url: 'file:///home/user/page.html' }),
    'a disposed frame': () =>
      Object.defineProperty(aFrame(), 'url', {
        get: () => {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed')
        },
      }),
  }
  it.each(Object.entries(strangers))('answers %s on no channel', async (_who, frame) => {
    for (const channel of studio.channels())
      expect(
        await studio.invoke(channel, { senderFrame: frame(), sender: studio.window.webContents }, {}),
      ).toMatchObject(refused)
    expect(studio.asked).toEqual([])
  })

  it('answers no other window, even one that shows our page', async () => {
    const other = aWindow().webContents
    expect(await studio.invoke('take:list', { senderFrame: aFrame(), sender: other }, {})).toMatchObject(
      refused,
    )
  })

  it('reads the frame before anything else can happen', async () => {
    let reads = 0
    const event = {
      sender: studio.window.webContents,
      get senderFrame() {
        reads += 1
        return aFrame()
      },
    }
    const answer = studio.invoke('take:list', event, {})
    expect(reads).toBe(1)
    await answer
  })

  it('refuses more than a mebibyte before it is parsed', async () => {
    expect(await fromPage('take:check', 'x'.repeat(1024 * 1024 + 1))).toMatchObject(refused)
    expect(await fromPage('take:check', () => 'not cloneable')).toMatchObject(refused)
    expect(studio.asked).toEqual([])
  })

  it('counts the bytes of a picture with its name, and takes no more than the page sends', async () => {
    const most = 257 * 1024 * 1024
    expect(await fromPage(adoptBytesChannel, 'image.png', new Uint8Array(most + 1))).toMatchObject(refused)
    const name = 'n'.repeat(most)
    expect(await fromPage(adoptBytesChannel, name, new Uint8Array(1))).toMatchObject(refused)
    expect(studio.taken).toEqual([])
  })

  it('takes in dropped files by path and answers with references only', async () => {
    const answer = await fromPage(adoptFilesChannel, ['/home/user/clip.mp4'])
    expect(answer).toEqual(ok([{ token: 'f_0123456789abcdefghijkl', name: 'clip.mp4', bytes: 5 }]))
    expect(JSON.stringify(answer)).not.toContain('/home/user')
  })

  it('says which dropped file is the problem', async () => {
    expect(await fromPage(adoptFilesChannel, ['/home/user/clip.mp4', '/home/user/missing.mp4'])).toEqual(
      fail('file-missing', '“missing.mp4” was not found.'),
    )
  })

  it('answers anything at all with an outcome', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (garbage) => {
        expect(await fromPage(adoptFilesChannel, garbage)).toMatchObject(refused)
      }),
    )
  })

  it('refuses relative paths, no paths and too many paths', async () => {
    for (const paths of [['clip.mp4'], ['../clip.mp4'], [''], [], Array(101).fill('/clip.mp4')])
      expect(await fromPage(adoptFilesChannel, paths)).toMatchObject(refused)
  })

  it('tells the window, and nobody once it is destroyed or closed', () => {
    const { ipc, window } = studio
    ipc.announce('settings:changed', { theme: 'dark' })
    window.webContents.destroyed = true
    ipc.announce('settings:changed', { theme: 'light' })
    window.webContents.destroyed = false
    window.emit('closed')
    ipc.announce('settings:changed', { theme: 'system' })
    expect(window.webContents.sent).toEqual([{ channel: 'settings:changed', payload: { theme: 'dark' } }])
  })

  it('cancels what still runs when the window is closed or its process dies', () => {
    studio.window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(studio.cancels()).toBe(1)
    studio.window.emit('closed')
    expect(studio.cancels()).toBe(2)
  })

  it('answers the window that was opened last', async () => {
    const next = aWindow()
    studio.ipc.attach(next)
    studio.window.emit('closed')
    expect(await studio.invoke('take:list', { senderFrame: aFrame(), sender: next.webContents }, {})).toEqual(
      ok('answered'),
    )
  })
})
