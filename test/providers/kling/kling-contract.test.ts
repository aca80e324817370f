import { afterEach, describe, expect, it } from 'vitest'
import { gatewayContract } from '../../support/servers/contracts/gateway.ts'
import { klingContract } from '../../support/servers/contracts/kling.ts'
import { klingTwoContract } from '../../support/servers/contracts/kling-two.ts'
import { aHostedClip, canary, openThings } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const headers = { authorization: `Bearer ${canary}`, 'content-type': 'application/json' }
const path = '/v1/videos/motion-control'

const good = (video_url: string) => ({
  model_name: 'kling-v3',
  image_url: '/9j/AA==',
  video_url,
  character_orientation: 'video',
  mode: 'std',
})

async function contracts() {
  const clip = await aHostedClip(keep)
  const older = keep(await klingContract({ key: canary }))
  const newer = keep(await klingTwoContract(canary))
  const gateway = keep(await gatewayContract(canary, 'official'))
  const post = async (to: string, body: unknown, different = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    await (await fetch(to, { method: 'POST', headers: { ...headers, ...different }, body: text })).text()
  }
  return { clip, older, newer, gateway, post }
}

describe('a contract server', () => {
  it('lets a documented request pass and fetches the clip as a stranger', async () => {
    const { clip, older, gateway, post } = await contracts()
    await post(`${older.origin}${path}`, good(clip.url))
    await post(`${gateway.origin}/kling${path}`, good(clip.url))
    expect([...older.violations, ...gateway.violations, ...clip.host.violations]).toEqual([])
    expect(clip.host.asked).toEqual(['clip.mp4', 'clip.mp4'])
  })

  const id = { element_id: '829836802793406551' }
  it.each([
    ['an undocumented field', { negative_prompt: 'none' }],
    ['a boolean where a word is documented', { keep_original_sound: true }],
    ['an image with a data: prefix', { image_url: 'data:image/jpeg;base64,/9j/AA==' }],
    ['a clip that is no address', { video_url: '/9j/AA==' }],
    ['an element id as text', { element_list: [id] }],
    ['two elements', { element_list: [{ element_id: 1 }, { element_id: 2 }] }],
    [
      'an element with image orientation',
      { element_list: [{ element_id: 1 }], character_orientation: 'image' },
    ],
    ['an undocumented mode', { mode: '4k' }],
    ['a prompt that is too long', { prompt: 'x'.repeat(2501) }],
  ])('notes %s, in the older generation and at a gateway', async (_what, different) => {
    const { clip, older, gateway, post } = await contracts()
    await post(`${older.origin}${path}`, { ...good(clip.url), ...different })
    await post(`${gateway.origin}/kling${path}`, { ...good(clip.url), ...different })
    expect([older.violations.length, gateway.violations.length]).toEqual([1, 1])
    expect(older.tasks).toEqual([])
  })

  it.each([
    ['a field of the older generation', { model_name: 'kling-v3' }],
    ['no video', { contents: [{ type: 'image', url: '/9j/AA==' }] }],
    ['an undocumented resolution', { settings: { character_orientation: 'video', resolution: '4k' } }],
    ['an undocumented option', { options: { element_id: '7' } }],
  ])('notes %s in the newer generation', async (_what, different) => {
    const { clip, newer, post } = await contracts()
    const body = {
      contents: [
        { type: 'image', url: '/9j/AA==' },
        { type: 'video', url: clip.url },
      ],
      settings: { character_orientation: 'video' },
    }
    await post(`${newer.origin}/motion-control/kling-2.6`, body)
    expect(newer.violations).toEqual([])
    await post(`${newer.origin}/motion-control/kling-2.6`, { ...body, ...different })
    const element = { type: 'element', element_id: '7', id: 'element_1' }
    await post(`${newer.origin}/motion-control/kling-2.6`, { ...body, contents: [...body.contents, element] })
    expect(newer.violations).toHaveLength(2)
  })

  it('notes a wrong or missing key, a wrong encoding, a wrong path and a wrong query', async () => {
    const { clip, older, post } = await contracts()
    await post(`${older.origin}${path}`, good(clip.url), { authorization: `Bearer  ${canary}` })
    await post(`${older.origin}${path}`, good(clip.url), { authorization: '' })
    await post(`${older.origin}${path}`, good(clip.url), { 'content-type': 'text/plain' })
    await post(`${older.origin}${path}`, 'not json')
    await post(`${older.origin}/v2/videos`, good(clip.url))
    await post(`${older.origin}${path}?debug=1`, good(clip.url))
    await fetch(`${older.origin}/account/costs?start_time=1&start_time=2&end_time=3`, { headers })
    expect(older.violations).toHaveLength(7)
    expect(older.tasks).toEqual([])
  })
})
