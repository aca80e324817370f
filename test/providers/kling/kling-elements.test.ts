import { afterEach, describe, expect, it } from 'vitest'
import { bearer } from '../../../src/main/providers/http/authorization.ts'
import { readJson } from '../../../src/main/providers/json.ts'
import { createKling } from '../../../src/main/providers/kling/official.ts'
import { readElements } from '../../../src/main/providers/kling/elements.ts'
import { klingContract } from '../../support/servers/contracts/kling.ts'
import { refusal } from '../../support/servers/contracts/kling-account.ts'
import { aPicture, canary, openThings, partsFor } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const own = '/v1/general/advanced-custom-elements'

async function library() {
  const server = keep(await klingContract({ key: canary }))
  const { elements } = createKling({
    ...partsFor(server.origin),
    id: 'kling',
    authorization: bearer(canary),
  })
  if (!elements) throw new Error('the official API has an element library')
  return { server, elements }
}

const ada = { name: 'Ada', description: 'a dancer', frontal: aPicture, others: [aPicture] }

describe('the element library', () => {
  it('lists own and preset elements, and keeps all 64 bits of an id that comes as a bare number', async () => {
    const { server, elements } = await library()
    server.elements.own.push({ id: '829836802793406551', name: 'Ada', description: 'a dancer' })
    server.elements.presets.push({ id: '9007199254740993', name: 'Clown', description: '' })
    expect(await elements.list('own', 1)).toEqual({
      ok: true,
      value: {
        more: false,
        elements: [
          {
            id: '829836802793406551',
            name: 'Ada',
            description: 'a dancer',
            own: true,
            pending: false,
            picture: 'https://pictures.example/829836802793406551.jpg',
          },
        ],
      },
    })
    expect(await elements.list('presets', 1)).toMatchObject({
      value: { elements: [{ id: '9007199254740993', own: false }] },
    })
    expect(server.violations).toEqual([])
  })

  it('goes on to the next page only after a full one', async () => {
    const { server, elements } = await library()
    for (let at = 0; at < 31; at += 1)
      server.elements.own.push({ id: `8298368027934065${String(10 + at)}`, name: '', description: '' })
    const first = await elements.list('own', 1)
    const second = await elements.list('own', 2)
    expect(first.ok && [first.value.elements.length, first.value.more]).toEqual([30, true])
    expect(second.ok && [second.value.elements.length, second.value.more]).toEqual([1, false])
    expect(server.calls.map(({ query }) => query.pageNum)).toEqual(['1', '2'])
  })

  it('makes an element of raw base64 images, exactly as documented', async () => {
    const { server, elements } = await library()
    expect(await elements.create({ ...ada, others: [aPicture, aPicture] })).toEqual({ ok: true, value: null })
    expect(server.calls[0]?.body).toEqual({
      element_name: 'Ada',
      element_description: 'a dancer',
      reference_type: 'image_refer',
      element_image_list: {
        frontal_image: '/9j/AA==',
        refer_images: [{ image_url: '/9j/AA==' }, { image_url: '/9j/AA==' }],
      },
    })
    expect(server.violations).toEqual([])
  })

  it('sends pictures of 10 MB and refuses a larger one before anything leaves', async () => {
    const { server, elements } = await library()
    const picture = (bytes: number) => {
      const image = new Uint8Array(bytes)
      image.set(aPicture)
      return image
    }
    expect(await elements.create({ ...ada, frontal: picture(10_000_000) })).toEqual({ ok: true, value: null })
    expect(await elements.create({ ...ada, others: [picture(10_000_001)] })).toMatchObject({
      problem: { code: 'file-too-large', message: 'An image of the element Ada is larger than 10 MB.' },
    })
    expect(server.calls).toHaveLength(1)
    expect(server.violations).toEqual([])
  })

  it.each([0, 4])('refuses %i pictures beside the frontal one before anything leaves', async (count) => {
    const { server, elements } = await library()
    const others = Array.from({ length: count }, () => aPicture)
    expect(await elements.create({ ...ada, others })).toMatchObject({
      problem: {
        code: 'input-refused',
        message: 'The element Ada needs one to three images besides the frontal one.',
      },
    })
    expect(server.calls).toHaveLength(0)
  })

  it('deletes an own element by its digits as text', async () => {
    const { server, elements } = await library()
    server.elements.own.push({ id: '829836802793406551', name: 'Ada', description: '' })
    expect(await elements.remove('829836802793406551')).toEqual({ ok: true, value: null })
    expect(server.calls[0]?.raw).toBe('{"element_id":"829836802793406551"}')
    expect(server.elements.own).toEqual([])
    expect(server.violations).toEqual([])
  })

  it('shows the sentence of a listed code and the provider’s words beside it, never the key', async () => {
    const { server, elements } = await library()
    server.play(`GET ${own}`, refusal(403, 1103, `<script> ${canary}`))
    server.play(`POST ${own}`, refusal(400, 1301, 'the face'), refusal(429, 1302, ''), refusal(400, 7, 'odd'))
    server.play('POST /v1/general/delete-elements', refusal(500, 5000, ''))
    expect(await elements.list('own', 1)).toEqual({
      ok: false,
      problem: {
        code: 'account-rights',
        message: 'The account can’t use this model.',
        advice: 'Check the plan at the provider.',
        detail: '<script> •••',
      },
    })
    expect(await elements.create(ada)).toMatchObject({
      problem: { message: 'The safety check refused the content.', detail: 'the face' },
    })
    expect(await elements.create(ada)).toMatchObject({
      problem: { message: 'The provider received too many requests.', advice: 'Try again in a minute.' },
    })
    expect(await elements.create(ada)).toMatchObject({
      problem: { code: 'provider-refused', detail: 'code 7: odd' },
    })
    expect(await elements.remove('7')).toMatchObject({
      problem: { message: 'The provider had an internal error.' },
    })
  })

  it('says that nobody can tell when the answer to a new element is lost, and sends it only once', async () => {
    const { server, elements } = await library()
    server.play(`POST ${own}`, 'reset')
    expect(await elements.create(ada)).toMatchObject({
      problem: {
        code: 'outcome-unknown',
        message: 'It’s unclear whether the element Ada is being made.',
      },
    })
    expect(server.calls).toHaveLength(1)
  })

  it('says so when the provider cannot be reached or read', async () => {
    const { server, elements } = await library()
    server.play(`GET ${own}`, 'reset', { status: 502, body: '<html>' })
    expect(await elements.list('own', 1)).toMatchObject({ problem: { code: 'provider-silent' } })
    expect(await elements.list('own', 1)).toMatchObject({
      problem: { message: 'The provider gave no readable answer (HTTP 502).' },
    })
    await server.close()
    expect(await elements.create(ada)).toMatchObject({
      problem: { code: 'provider-silent', message: 'The provider couldn’t be reached.' },
    })
    expect(await elements.remove('7')).toMatchObject({ problem: { code: 'provider-silent' } })
  })
})

describe('an answer about elements', () => {
  const read = (entry: unknown) => readElements([entry], true).elements
  const made = (element: object) => ({
    task_id: '5',
    task_status: 'succeed',
    task_result: { elements: [element] },
  })

  it('shows one that is still being made as pending', () => {
    expect(read({ task_id: 829, task_status: 'processing' })).toEqual([
      { id: '829', name: '', description: '', own: true, pending: true, picture: null },
    ])
  })

  it.each([
    { task_id: '5', task_status: 'failed', task_status_msg: 'no face' },
    made({ element_id: '7', status: 'deleted' }),
    made({ element_id: 'seven' }),
    'nothing',
    null,
  ])('leaves out what cannot be chosen: %j', (entry) => {
    expect(read(entry)).toEqual([])
  })

  it.each([
    { element_image_list: { frontal_image: 'http://pictures.example/a.jpg' } },
    { element_frontal_image: 'http://pictures.example/a.jpg' },
    { frontal_image: 'http://pictures.example/a.jpg', element_image_list: null },
  ])('finds its picture in %j', (images) => {
    expect(read(made({ element_id: '7', ...images }))).toMatchObject([
      { picture: 'http://pictures.example/a.jpg' },
    ])
  })

  it.each(['javascript:alert(1)', 'data:image/png;base64,AA', 'file:///etc/passwd', '/9j/AA==', 7])(
    'takes no picture from %s',
    (frontal_image) => {
      expect(read(made({ element_id: '7', element_image_list: { frontal_image } }))).toMatchObject([
        { id: '7', picture: null },
      ])
    },
  )

  it('reads an element that stands by itself', () => {
    expect(read({ element_id: '7', task_id: '5', element_name: 'Ada' })).toMatchObject([
      { id: '7', name: 'Ada', pending: false },
    ])
  })
})

describe('reading JSON from outside', () => {
  it.each([
    ['829836802793406551', '829836802793406551'],
    ['18446744073709551615', '18446744073709551615'],
    ['-9007199254740993', '-9007199254740993'],
    ['9007199254740991', 9_007_199_254_740_991],
    ['4.5', 4.5],
    ['1e3', 1000],
    ['"829836802793406551"', '829836802793406551'],
    ['null', null],
  ])('reads %s without rounding', (text, value) => {
    expect(readJson(`{"deep":[${text}]}`)).toEqual({ deep: [value] })
  })

  it.each([
    ['nothing', ''],
    ['a page', '<html>'],
    ['a cut', '{"code":0,"data":{'],
    ['a bottomless pit', '['.repeat(200_000)],
  ])('calls %s no JSON', (_what, text) => {
    expect(readJson(text)).toBeUndefined()
  })
})
