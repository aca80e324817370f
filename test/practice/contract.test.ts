import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PracticeServer } from '../../src/main/practice/practice.ts'
import {
  aClip,
  aFolder,
  aHost,
  anImage,
  aPractice,
  ask,
  finished,
  key,
  path,
  submit,
  taskIn,
} from './support.ts'

describe('the practice provider speaks the official API', () => {
  const stack = new AsyncDisposableStack()
  let server: PracticeServer
  let good: Record<string, unknown>
  let image: string

  beforeAll(async () => {
    const folder = stack.use(await aFolder()).path
    const clip = join(folder, 'clip.mp4')
    await aClip(clip)
    server = stack.use(
      await aPractice(join(folder, 'practice'), {
        parallel: 100,
        script: { task: () => ({ deliver: clip }) },
      }),
    )
    image = (await anImage()).toString('base64')
    good = {
      image_url: image,
      video_url: stack.use(await aHost(clip)).url,
      character_orientation: 'image',
      mode: 'std',
    }
  })
  afterAll(() => stack.disposeAsync())

  it('accepts every documented field and answers in the documented envelope', async () => {
    const answer = await submit(server.origin, {
      ...good,
      model_name: 'kling-v3',
      prompt: 'x'.repeat(2500),
      keep_original_sound: 'no',
      character_orientation: 'video',
      element_list: [{ element_id: 7 }],
      watermark_info: { enabled: true },
      external_task_id: 'mine-1',
    })
    expect(answer).toEqual({
      status: 200,
      envelope: {
        code: 0,
        message: 'SUCCEED',
        request_id: expect.stringMatching(/\S/) as string,
        data: {
          task_id: expect.stringMatching(/^\d{16,}$/) as string,
          task_info: { external_task_id: 'mine-1' },
          task_status: 'submitted',
          created_at: expect.any(Number) as number,
          updated_at: expect.any(Number) as number,
        },
      },
    })
    expect(taskIn(answer).created_at).toBeGreaterThan(1_700_000_000_000)
  })

  it('takes a 64-bit element id as a bare number, and no other', async () => {
    const withElement = (id: string) =>
      JSON.stringify({ ...good, character_orientation: 'video', element_list: 0 }).replace(
        '"element_list":0',
        `"element_list":[{"element_id":${id}}]`,
      )
    expect((await submit(server.origin, withElement('829836802793406551'))).envelope.code).toBe(0)
    for (const id of ['"829836802793406551"', '1.5', '-4', '99999999999999999999', 'null']) {
      const { envelope } = await submit(server.origin, withElement(id))
      expect({ id, code: envelope.code }).toEqual({ id, code: 1201 })
      expect(envelope.message).toContain('element_list[0].element_id')
    }
  })

  const wrong: readonly (readonly [string, Record<string, unknown>, number, number, RegExp])[] = [
    ['an unknown field', { negative_prompt: 'blur' }, 400, 1201, /negative_prompt: unknown/],
    [
      'an unknown inner field',
      { watermark_info: { enabled: true, text: 'x' } },
      400,
      1201,
      /watermark_info\.text/,
    ],
    [
      'a missing orientation',
      { character_orientation: undefined },
      400,
      1201,
      /character_orientation: is required/,
    ],
    ['a missing mode', { mode: undefined }, 400, 1201, /mode: is required/],
    ['a missing image', { image_url: undefined }, 400, 1201, /image_url: is required/],
    ['a missing clip', { video_url: undefined }, 400, 1201, /video_url: is required/],
    ['an unknown mode', { mode: '4k' }, 400, 1201, /mode: must be one of: std, pro/],
    ['a boolean for a word', { keep_original_sound: true }, 400, 1201, /keep_original_sound/],
    ['a word for a boolean', { watermark_info: { enabled: 'yes' } }, 400, 1201, /watermark_info\.enabled/],
    ['null', { prompt: null }, 400, 1201, /prompt: must be a string/],
    [
      'a prompt that is too long',
      { prompt: '\u{1F98A}'.repeat(2501) },
      400,
      1201,
      /prompt: must be at most 2500/,
    ],
    [
      'two elements',
      { character_orientation: 'video', element_list: [{ element_id: 1 }, { element_id: 2 }] },
      400,
      1201,
      /element_list/,
    ],
    [
      'an element with image orientation',
      { element_list: [{ element_id: 1 }] },
      400,
      1201,
      /character_orientation/,
    ],
    ['an unknown model', { model_name: 'kling-v9' }, 404, 1203, /kling-v9/],
    ['a data URI', { image_url: 'data:image/png;base64,AAAA' }, 400, 1201, /image_url: .*data:/],
    ['text that is no base64', { image_url: 'not an image!' }, 400, 1201, /image_url/],
    [
      'base64 of no image',
      { image_url: Buffer.from('hello world!').toString('base64') },
      400,
      1201,
      /image_url: File format/,
    ],
    ['an inline clip', { video_url: 'AAAA' }, 400, 1201, /video_url: must be an http/],
    [
      'a clip over plain http from elsewhere',
      { video_url: 'http://203.0.113.9/clip.mp4' },
      400,
      1201,
      /video_url: must be https/,
    ],
    [
      'a clip nobody serves',
      { video_url: 'http://127.0.0.1:1/clip.mp4' },
      400,
      1201,
      /video_url: failed to download/,
    ],
  ]
  it.each(wrong)('refuses %s and names the field', async (_, change, status, code, message) => {
    const before = server.tasks().length
    const answer = await submit(server.origin, { ...good, ...change })
    expect(answer).toMatchObject({ status, envelope: { code } })
    expect(answer.envelope.message).toMatch(message)
    expect(server.tasks()).toHaveLength(before)
  })

  it.each([
    ['no header', {}, 1001],
    ['another scheme', { authorization: `Basic ${key}` }, 1002],
    ['two spaces', { authorization: `Bearer  ${key}` }, 1002],
    ['a wrong key', { authorization: 'Bearer other' }, 1000],
  ])('answers 401 to %s', async (_, headers: Record<string, string>, code) => {
    const answer = await fetch(`${server.origin}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(good),
    })
    expect([answer.status, ((await answer.json()) as { code: number }).code]).toEqual([401, code])
  })

  it('answers bad JSON, other methods, other paths and unknown tasks with the listed codes', async () => {
    expect(await submit(server.origin, '{"mode":')).toMatchObject({ status: 400, envelope: { code: 1200 } })
    expect(await submit(server.origin, '[]')).toMatchObject({ status: 400, envelope: { code: 1200 } })
    expect(await submit(server.origin, { ...good, prompt: 'x'.repeat(21 * 1024 * 1024) })).toMatchObject({
      status: 400,
      envelope: { code: 1200 },
    })
    const other = await ask(`${server.origin}${path}/1`, { method: 'DELETE' })
    expect(other).toMatchObject({ status: 404, envelope: { code: 1202 } })
    expect(await ask(`${server.origin}/v1/other`)).toMatchObject({ status: 404, envelope: { code: 1203 } })
    expect(await ask(`${server.origin}${path}/nobody`)).toMatchObject({
      status: 404,
      envelope: { code: 1203 },
    })
  })

  it('refuses a second task with the same own id, also while the first is on its way', async () => {
    const body = { ...good, external_task_id: 'twice' }
    const answers = await Promise.all([submit(server.origin, body), submit(server.origin, body)])
    expect(answers.map(({ envelope }) => envelope.code).sort()).toEqual([0, 1201])
    const again = await submit(server.origin, body)
    expect(again).toMatchObject({ status: 400, envelope: { code: 1201 } })
    expect(again.envelope.message).toContain('external_task_id')
    expect(server.tasks().filter(({ ownId }) => ownId === 'twice')).toHaveLength(1)
  })

  it('finds a task by either id and tells its end with a result of a written length', async () => {
    const { task_id } = taskIn(await submit(server.origin, { ...good, external_task_id: 'own/ id' }))
    const byOwnId = await finished(server.origin, 'own/ id')
    expect(byOwnId).toMatchObject({
      task_id,
      task_status: 'succeed',
      final_unit_deduction: '0',
      task_result: { videos: [{ duration: '3' }] },
    })
    expect(taskIn(await ask(`${server.origin}${path}/${task_id}`))).toEqual(byOwnId)
  })

  it('ends a task in failed when its prompt asks for it', async () => {
    const { task_id } = taskIn(await submit(server.origin, { ...good, prompt: 'please [fail] now' }))
    const task = await finished(server.origin, task_id)
    expect(task.task_status).toBe('failed')
    expect(task.task_status_msg).toMatch(/fail/)
    expect(task.task_result).toBeUndefined()
  })

  it('lists newest first, page by page, within the documented ranges', async () => {
    const all = server
      .tasks()
      .map(({ id }) => id)
      .toReversed()
    const page = async (query: string) => {
      const { envelope } = await ask(`${server.origin}${path}${query}`)
      return (envelope.data as { task_id: string }[]).map(({ task_id }) => task_id)
    }
    expect(await page('')).toEqual(all.slice(0, 30))
    expect(await page('?pageNum=2&pageSize=3')).toEqual(all.slice(3, 6))
    expect(await page('?pageNum=1000&pageSize=500')).toEqual([])
    for (const query of ['?pageNum=0', '?pageNum=1001', '?pageSize=501', '?pageSize=x', '?limit=3']) {
      expect((await ask(`${server.origin}${path}${query}`)).envelope.code).toBe(1201)
    }
  })
})
