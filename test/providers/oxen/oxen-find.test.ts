import { describe, expect, it } from 'vitest'
import { createOxen } from '../../../src/main/providers/oxen/oxen.ts'
import type { Sought } from '../../../src/main/providers/provider.ts'
import { oxenServer, type OxenTask } from '../../support/servers/contracts/oxen.ts'
import { oxenError } from '../../support/servers/contracts/oxen.ts'
import { reply } from '../../support/servers/contracts/strict.ts'
import { someSettings } from '../../support/clips/facts.ts'
import { adapterParts, canary, expectClean, fetchable, kept, quiet, resultUrl } from '../adapter-kit.ts'

const clipUrl = 'https://example.com/8d1f.mp4?signature=a%2Fb'
const characterUrl = 'https://example.com/ben.jpg'
const minute = 60

/** What is known of a take whose answer was lost. */
const soughtAt = (sentAt: string, different: Partial<Sought> = {}): Sought => ({
  ownId: 'own-1',
  clipUrl,
  characterUrl,
  sentAt,
  settings: someSettings({ prompt: 'ben jumps', orientation: 'video' }),
  known: [],
  ...different,
})

async function lost(...tasks: readonly Partial<OxenTask>[]) {
  const server = kept(await oxenServer({ key: canary, resultUrl }))
  const now = Math.floor(Date.now() / 1000)
  for (const [at, task] of tasks.entries()) {
    const generation_id = `g-${String(at + 1)}`
    server.tasks.set(generation_id, {
      generation_id,
      status: 'processing',
      input_video: clipUrl,
      enqueued_at: now,
      ...task,
    })
  }
  const provider = createOxen({ ...adapterParts(server.origin), repository: null })
  const look = (different: Partial<Sought> = {}) =>
    provider.find!.look(soughtAt(new Date(now * 1000).toISOString(), different))
  return { server, provider, look, now }
}

describe('the look for a task of a lost answer', () => {
  it.each(['queued', 'processing', 'succeeded', 'failed', 'cancelled'])(
    'finds it by the address of its clip although it is %s',
    async (status) => {
      const { server, look } = await lost(
        { input_video: 'https://example.com/another.mp4' },
        { status },
        { input_video: `${clipUrl}x` },
      )
      expect(await look()).toEqual({ kind: 'found', taskId: 'g-2' })
      expectClean(server)
    },
  )

  it('finds exactly the one task of a submit whose answer never came', async () => {
    const { server, provider, look } = await lost()
    const settings = { model: 'kling-video-v3-pro-motion-control' }
    const request = await fetchable({ settings })
    await provider.submit(request, quiet)
    await provider.submit(await fetchable({ settings }), quiet)
    const sentAt = new Date().toISOString()
    const found = await provider.find!.look(soughtAt(sentAt, request))
    expect(found).toEqual({ kind: 'found', taskId: 'generation-1' })
    expect((await look()).kind).toBe('absent')
    expectClean(server)
  })

  it('asks for this model and every status by name', async () => {
    const { server, look } = await lost()
    expect(await look()).toEqual({ kind: 'absent' })
    expect(server.calls.map(({ query }) => query)).toEqual(
      ['queued', 'processing', 'succeeded', 'failed', 'cancelled'].map((status) => ({
        model: 'kling-video-v3-pro-motion-control',
        status,
      })),
    )
    expectClean(server)
  })

  it('looks through one wrapping around the echoed parameters', async () => {
    const { look } = await lost({ input_video: undefined, params: { input_video: clipUrl } })
    expect(await look()).toEqual({ kind: 'found', taskId: 'g-1' })
  })

  it('names every task that fits, the oldest first, instead of choosing one', async () => {
    const now = Math.floor(Date.now() / 1000)
    const { look } = await lost({ enqueued_at: now + 20 }, { enqueued_at: now + 10, status: 'succeeded' })
    expect(await look()).toEqual({ kind: 'several', taskIds: ['g-2', 'g-1'] })
  })

  it('counts a task once that moves on while the lists are read', async () => {
    const { server, look, now } = await lost()
    const moving = { generation_id: 'g-1', input_video: clipUrl, enqueued_at: now }
    const list = reply(200, { count: 1, generations: [moving] })
    server.play('GET /api/ai/queue', list, list)
    expect(await look()).toEqual({ kind: 'found', taskId: 'g-1' })
  })

  it('leaves the tasks of other takes alone, although they share its clip', async () => {
    const { look } = await lost({}, {})
    expect(await look({ known: ['g-1'] })).toEqual({ kind: 'found', taskId: 'g-2' })
    expect(await look({ known: ['g-1', 'g-2'] })).toEqual({ kind: 'absent' })
  })

  const ours = { input_image: characterUrl, prompt: 'ben jumps', character_orientation: 'video' }
  const theirs = {
    input_image: 'https://example.com/anna.jpg',
    prompt: 'anna dances',
    character_orientation: 'image',
  }
  it.each(Object.entries(theirs))(
    'adopts no task of another %s, and does not call its own absent because of it',
    async (field, value) => {
      const { look } = await lost({ ...ours, [field]: value })
      expect(await look()).toEqual({ kind: 'silent', why: 'task g-1 has this clip but other settings' })
      expect(await (await lost({ params: { ...ours, [field]: value } })).look()).toMatchObject({
        kind: 'silent',
      })
    },
  )

  it('tells two takes of one clip apart by what Oxen.ai repeats of them', async () => {
    const { look } = await lost({ ...ours, ...theirs }, { ...ours, prompt: ' ben jumps\n' })
    expect(await look()).toEqual({ kind: 'found', taskId: 'g-2' })
  })

  it('does not compare the character where it has no address of it', async () => {
    const { look } = await lost({ ...ours, input_image: 'https://cdn.example/copy.jpg' })
    expect(await look({ characterUrl: null })).toEqual({ kind: 'found', taskId: 'g-1' })
  })

  it('leaves alone what was enqueued more than five minutes before', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect(await (await lost({ enqueued_at: now - 6 * minute })).look()).toEqual({ kind: 'absent' })
    expect(await (await lost({ enqueued_at: now - 4 * minute })).look()).toMatchObject({ kind: 'found' })
  })

  it('judges times by the clock of the server when ours is wrong', async () => {
    const { server, look, now } = await lost()
    const behind = 20 * minute
    const date = new Date((now - behind) * 1000).toUTCString()
    const ours = { generation_id: 'g-7', status: 'queued', input_video: clipUrl, enqueued_at: now - behind }
    for (const generations of [[ours], [], [], [], []])
      server.play('GET /api/ai/queue', reply(200, { count: generations.length, generations }, { date }))
    expect(await look()).toEqual({ kind: 'found', taskId: 'g-7' })
  })

  const one = { generation_id: 'g-1', input_video: clipUrl }
  const doubts = [
    ['a list does not come', 'reset'],
    ['a list is refused', oxenError(401, 'unauthenticated')],
    ['a list is not readable', reply(200, { generations: 'none' })],
    ['a list holds back some', reply(200, { count: 3, generations: [] })],
    ['a task of ours has no time', reply(200, { count: 1, generations: [one] })],
  ] as const
  it.each(doubts)('never calls a task absent when %s', async (_when, play) => {
    const { server, look } = await lost()
    server.play('GET /api/ai/queue', reply(200, { count: 0, generations: [] }), play)
    expect((await look()).kind).toBe('silent')
  })

  it('believes what it found although another list did not come', async () => {
    const { server, look } = await lost({ status: 'succeeded' })
    server.play('GET /api/ai/queue', 'reset')
    expect(await look()).toEqual({ kind: 'found', taskId: 'g-1' })
  })
})
