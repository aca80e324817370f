import { readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PracticeServer } from '../../src/main/practice/practice.ts'
import { aClip, aFolder, aHost, anImage, aPractice, submit } from './support.ts'

describe('the practice provider looks at what it is sent', () => {
  const stack = new AsyncDisposableStack()
  let server: PracticeServer
  let good: Record<string, unknown>
  let host: (name: string) => Promise<string>
  let folder: string

  beforeAll(async () => {
    folder = stack.use(await aFolder()).path
    const clip = join(folder, 'clip.mp4')
    await aClip(clip)
    host = async (name) => stack.use(await aHost(join(folder, name))).url
    const script = { task: () => ({ deliver: clip }) }
    server = stack.use(await aPractice(join(folder, 'practice'), { parallel: 100, script }))
    good = {
      image_url: (await anImage()).toString('base64'),
      video_url: await host('clip.mp4'),
      character_orientation: 'image',
      mode: 'std',
    }
  })
  afterAll(() => stack.disposeAsync())

  it.each([
    ['too small', 299, 400, /pixel is invalid/],
    ['too narrow', 300, 800, /aspect ratio/],
    ['too wide', 800, 300, /aspect ratio/],
  ])('refuses an image that is %s', async (_, width, height, message) => {
    const small = (await anImage(width, height)).toString('base64')
    const answer = await submit(server.origin, { ...good, image_url: small })
    expect(answer.envelope).toMatchObject({ code: 1201, message: expect.stringMatching(message) as string })
  })

  it('refuses an image above 10 MB and one that is neither JPEG nor PNG, and takes one just below', async () => {
    const webp = await sharp(await anImage())
      .webp()
      .toBuffer()
    expect((await submit(server.origin, { ...good, image_url: webp.toString('base64') })).envelope.code).toBe(
      1201,
    )
    const png = await anImage()
    // A PNG reader stops at the end mark: what follows only makes the file large.
    const padded = (bytes: number) =>
      Buffer.concat([png, Buffer.alloc(bytes - png.length)]).toString('base64')
    const large = await submit(server.origin, { ...good, image_url: padded(10_000_001) })
    expect(large.envelope).toMatchObject({ code: 1201, message: expect.stringContaining('10 MB') as string })
    expect((await submit(server.origin, { ...good, image_url: padded(10_000_000) })).envelope.code).toBe(0)
  })

  it.each([
    ['short', { seconds: 2.5 }, 'image', /duration/],
    ['long for image orientation', { seconds: 10.5 }, 'image', /3-10 s/],
    ['long for video orientation', { seconds: 30.5, rate: 4 }, 'video', /3-30 s/],
    ['small', { size: { width: 338, height: 400 } }, 'image', /pixel/],
  ] as const)('refuses a clip that is too %s', async (name, clip, orientation, message) => {
    await aClip(join(folder, `${name}.mp4`), clip)
    const video_url = await host(`${name}.mp4`)
    const answer = await submit(server.origin, { ...good, video_url, character_orientation: orientation })
    expect(answer).toMatchObject({ status: 400, envelope: { code: 1201 } })
    expect(answer.envelope.message).toMatch(message)
  })

  it('takes a clip of 10.5 s for video orientation', async () => {
    await aClip(join(folder, 'longer.mp4'), { seconds: 10.5, rate: 4 })
    const video_url = await host('longer.mp4')
    const answer = await submit(server.origin, { ...good, video_url, character_orientation: 'video' })
    expect(answer.envelope.code).toBe(0)
  })

  it('takes an image by its URL, too', async () => {
    await writeFile(join(folder, 'image.png'), await anImage())
    const image_url = await host('image.png')
    expect((await submit(server.origin, { ...good, image_url })).envelope.code).toBe(0)
  })

  it('refuses a data URI however long it is, and says why', async () => {
    const image_url = `data:image/png;base64,${'A'.repeat(200_000)}`
    const { envelope } = await submit(server.origin, { ...good, image_url })
    expect(envelope).toMatchObject({ code: 1201, message: expect.stringContaining('data: prefix') as string })
  })

  it('refuses a playlist that calls itself a clip, without opening what it names', async () => {
    await writeFile(join(folder, 'list.mp4'), `ffconcat version 1.0\nfile '${join(folder, 'clip.mp4')}'\n`)
    const { envelope } = await submit(server.origin, { ...good, video_url: await host('list.mp4') })
    expect(envelope).toMatchObject({ code: 1201, message: expect.stringContaining('mp4 or mov') as string })
  })

  it.each([
    ['says no', 404, {}, /HTTP 404/],
    ['leads elsewhere', 302, { location: 'http://127.0.0.1:1/' }, /failed to download/],
    ['breaks off', 200, { 'content-length': '5000' }, /failed to download/],
    ['holds nothing', 200, {}, /empty/],
    ['announces more than 100 MB', 200, { 'content-length': '100000001' }, /100 MB/],
  ])('refuses a clip whose link %s', async (_, status, headers: Record<string, string>, message) => {
    const bad = createServer((_request, response) => {
      response.writeHead(status, headers)
      response.flushHeaders()
      if (headers['content-length'] === undefined) response.end()
      else response.write('x', () => response.destroy())
    })
    await new Promise<void>((resolve) => bad.listen(0, '127.0.0.1', resolve))
    const { port } = bad.address() as AddressInfo
    const video_url = `http://127.0.0.1:${String(port)}/clip.mp4`
    const { envelope } = await submit(server.origin, { ...good, video_url })
    bad.close()
    expect(envelope).toMatchObject({ code: 1201, message: expect.stringMatching(message) as string })
  })

  it('leaves nothing of what it refused in its folder', async () => {
    expect(await readdir(join(folder, 'practice', 'incoming'))).toEqual([])
    expect(await readdir(join(folder, 'practice', 'tasks'))).toHaveLength(server.tasks().length)
  })

  it('tells a callback every change of status', async () => {
    const words: string[] = []
    const told = Promise.withResolvers<null>()
    const listener = createServer((request, response) => {
      void text(request).then((body) => {
        const { task_status } = JSON.parse(body) as { task_status: string }
        words.push(task_status)
        if (task_status === 'succeed') told.resolve(null)
        response.end()
      })
    })
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    stack.defer(() => void listener.close())
    const { port } = listener.address() as AddressInfo
    await submit(server.origin, { ...good, callback_url: `http://127.0.0.1:${String(port)}/told` })
    await told.promise
    expect(words.toSorted()).toEqual(['processing', 'succeed'])
  })
})
