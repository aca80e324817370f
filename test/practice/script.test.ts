import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PracticeScript } from '../support/servers/practice-script.ts'
import {
  aClip,
  aFolder,
  aHost,
  anImage,
  aPractice,
  ask,
  finished,
  path,
  submit,
  taskIn,
  until,
} from './support.ts'

describe('the practice provider can be told to misbehave', () => {
  const stack = new AsyncDisposableStack()
  let good: Record<string, unknown>
  let clip: string
  let practice: (script: PracticeScript, parallel?: number) => ReturnType<typeof aPractice>

  beforeAll(async () => {
    const folder = stack.use(await aFolder()).path
    clip = join(folder, 'clip.mp4')
    await aClip(clip)
    const { url } = stack.use(await aHost(clip))
    const image_url = (await anImage()).toString('base64')
    good = {
      image_url,
      video_url: url,
      character_orientation: 'image',
      mode: 'std',
      external_task_id: 'mine',
    }
    practice = async (script, parallel = 5) =>
      aPractice(stack.use(await aFolder()).path, { script, parallel })
  })
  afterAll(() => stack.disposeAsync())

  const deliver = () => ({ deliver: clip })

  it('refuses with any listed code and commits nothing', async () => {
    await using server = await practice({
      submit: (nth) => (nth === 1 ? { refuse: 1102 } : {}),
      task: deliver,
    })
    expect(await submit(server.origin, good)).toMatchObject({ status: 429, envelope: { code: 1102 } })
    expect([server.submits(), server.tasks().length]).toEqual([1, 0])
    expect((await submit(server.origin, good)).envelope.code).toBe(0)
    expect([server.submits(), server.tasks().length]).toEqual([2, 1])
  })

  it('commits and then resets, so that only a look-up tells', async () => {
    await using server = await practice({ submit: () => ({ then: 'reset' }), task: deliver })
    await expect(submit(server.origin, good)).rejects.toThrow()
    expect(server.tasks()).toHaveLength(1)
    expect((await finished(server.origin, 'mine')).task_status).toBe('succeed')
  })

  it('resets without an effect', async () => {
    await using server = await practice({ submit: () => ({ commit: false, then: 'reset' }) })
    await expect(submit(server.origin, good)).rejects.toThrow()
    expect(server.tasks()).toEqual([])
    expect((await ask(`${server.origin}${path}/mine`)).envelope.code).toBe(1203)
  })

  it('answers with other bytes after the effect', async () => {
    await using server = await practice({
      submit: () => ({ then: { status: 502, body: '<html>' } }),
      task: deliver,
    })
    const body = JSON.stringify(good)
    const headers = { authorization: 'Bearer practice-key' }
    const answer = await fetch(`${server.origin}${path}`, { method: 'POST', headers, body })
    expect([answer.status, await answer.text()]).toEqual([502, '<html>'])
    expect(server.tasks()).toHaveLength(1)
  })

  it('hangs until it is closed', async () => {
    const server = await practice({ submit: () => ({ then: 'hang' }), task: deliver })
    const answer = submit(server.origin, good)
    const failed = expect(answer).rejects.toThrow()
    await until(server.origin, 'mine', 'succeed')
    await server.close()
    await failed
  })

  it('holds a task in processing and counts it against the limit of parallel tasks', async () => {
    const gate = Promise.withResolvers<undefined>()
    await using server = await practice({ task: () => ({ hold: gate.promise, deliver: clip }) }, 1)
    const { task_id } = taskIn(await submit(server.origin, good))
    await until(server.origin, task_id, 'processing')
    const other = { ...good, external_task_id: 'other' }
    expect(await submit(server.origin, other)).toMatchObject({ status: 429, envelope: { code: 1303 } })
    gate.resolve(undefined)
    expect((await finished(server.origin, task_id)).task_status).toBe('succeed')
    expect((await submit(server.origin, other)).envelope.code).toBe(0)
  })

  it('fails a task with given words, and a question with any code', async () => {
    await using server = await practice({
      task: () => ({ fail: 'Image pixel is invalid' }),
      query: (nth) => (nth === 1 ? { refuse: 5001 } : {}),
    })
    const { task_id } = taskIn(await submit(server.origin, good))
    expect(await ask(`${server.origin}${path}/${task_id}`)).toMatchObject({
      status: 503,
      envelope: { code: 5001 },
    })
    const task = await finished(server.origin, task_id)
    expect(task).toMatchObject({ task_status: 'failed', task_status_msg: 'Image pixel is invalid' })
  })

  it('serves the result with exact ranges, and cuts it where it is told to', async () => {
    await using server = await practice({
      task: deliver,
      result: (nth) => (nth === 1 ? { cutAfter: 1000 } : {}),
    })
    await submit(server.origin, good)
    const url = (await finished(server.origin, 'mine')).task_result?.videos[0]?.url ?? ''
    const whole = await readFile(clip)

    await expect(fetch(url).then((answer) => answer.bytes())).rejects.toThrow()

    const head = await fetch(url, { method: 'HEAD' })
    const etag = head.headers.get('etag') ?? ''
    expect(head.headers.get('content-length')).toBe(String(whole.length))
    expect([head.status, head.headers.get('accept-ranges'), etag]).toEqual([
      200,
      'bytes',
      expect.stringMatching(/^".+"$/),
    ])
    expect(Buffer.from(await (await fetch(url)).bytes()).equals(whole)).toBe(true)

    const rest = await fetch(url, { headers: { range: 'bytes=1000-', 'if-range': etag } })
    expect([rest.status, rest.headers.get('content-range')]).toEqual([
      206,
      `bytes 1000-${String(whole.length - 1)}/${String(whole.length)}`,
    ])
    expect(Buffer.from(await rest.bytes()).equals(whole.subarray(1000))).toBe(true)
    const changed = await fetch(url, { headers: { range: 'bytes=1000-', 'if-range': '"other"' } })
    expect([changed.status, (await changed.bytes()).length]).toEqual([200, whole.length])
    const beyond = await fetch(url, { headers: { range: `bytes=${String(whole.length)}-` } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
      416,
      `bytes */${String(whole.length)}`,
    ])
    expect((await fetch(url.replace(/[0-9a-f]{32}/, '0'.repeat(32)))).status).toBe(404)
  })
})
