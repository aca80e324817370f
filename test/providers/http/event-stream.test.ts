import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/main/system/clock.ts'
import { createEventParser, type ServerEvent } from '../../../src/main/providers/http/event-stream.ts'
import { createOxen } from '../../../src/main/providers/oxen/oxen.ts'
import { oxenServer } from '../../support/servers/contracts/oxen.ts'
import { waitUntil } from '../../support/processes/wait-until.ts'
import { adapterParts, canary, kept, resultUrl } from '../adapter-kit.ts'

function parsed(...chunks: readonly string[]): readonly ServerEvent[] {
  const events: ServerEvent[] = []
  const take = createEventParser((event) => events.push(event))
  for (const chunk of chunks) take(chunk)
  return events
}

describe('a stream of server-sent events', () => {
  it('is read whatever ends its lines and wherever it is cut', () => {
    const text = 'event: done\ndata: {"a":\ndata: 1}\n\n: keep-alive\n\ndata:plain\nid: 7\nretry: 5\nodd\n\n'
    const expected = [
      { name: 'done', data: '{"a":\n1}' },
      { name: 'message', data: 'plain' },
    ]
    for (const end of ['\n', '\r\n', '\r'])
      expect(parsed(`${text.replaceAll('\n', end)}: after`)).toEqual(expected)
    // The old line end of a Mac is understood in one piece only; no service writes it.
    for (const end of ['\n', '\r\n'])
      expect(parsed(...text.replaceAll('\n', end).split(''), ': after')).toEqual(expected)
  })

  it('says nothing for an event without data or without its end', () => {
    expect(parsed('event: done\n\n', 'data: half')).toEqual([])
  })

  it('is given up when a line or an event grows without end', () => {
    const take = createEventParser(() => undefined)
    expect(() => {
      for (let i = 0; i < 100; i += 1) take('x'.repeat(10_000))
    }).toThrow('too large')
    const again = createEventParser(() => undefined)
    expect(() => {
      for (let i = 0; i < 100; i += 1) again(`data: ${'x'.repeat(10_000)}\n`)
    }).toThrow('too large')
  })
})

const completed = (id: string, name = 'media_generation_completed') =>
  `event: ${name}\ndata: ${JSON.stringify({ generation_id: id, status: 'succeeded', media_type: 'video', url: resultUrl })}\n\n`

/** A clock whose waits end when the test says so. */
function ownedClock() {
  const waits: { readonly duration: number; readonly end: () => void }[] = []
  let now = 0
  return {
    waits,
    pass: (duration: number) => {
      now += duration
    },
    clock: {
      ...systemClock,
      monotonic: () => now,
      sleep: (duration: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          waits.push({ duration, end: resolve })
          signal?.addEventListener('abort', () => {
            resolve()
          })
        }),
    },
  }
}

async function listening() {
  const server = kept(await oxenServer({ key: canary, resultUrl }))
  const time = ownedClock()
  const provider = createOxen({ ...adapterParts(server.origin), clock: time.clock, repository: null })
  const take = (id: string) => {
    const stop = new AbortController()
    let woken = false
    const news = provider.news!(id, stop.signal).then(() => {
      woken = true
    })
    return { news, leave: () => stop.abort(), woken: () => woken }
  }
  const listeners = (count: number) => waitUntil(async () => (server.listeners() === count ? true : null))
  const waits = (count: number) => waitUntil(async () => (time.waits.length >= count ? true : null))
  return { server, take, time, listeners, waits }
}

describe('news from Oxen.ai', () => {
  it('wake the take they are about, and no other', async () => {
    const { server, take, listeners } = await listening()
    const [one, two] = [take('g-1'), take('g-2')]
    await listeners(1)
    server.say(completed('g-1', 'deployment_changed') + completed('g-2') + ': keep-alive\n\n')
    await two.news
    expect(one.woken()).toBe(false)
    server.say('event: media_generation_completed\ndata: not json\n\n' + completed('g-1'))
    await one.news
    expect(server.calls.filter(({ path }) => path === '/api/events')).toHaveLength(1)
    expect(server.violations).toEqual([])
  })

  it('reach a take that was just asking, and wake it only once', async () => {
    const { server, take, listeners } = await listening()
    const [one, other] = [take('g-1'), take('g-2')]
    await listeners(1)
    one.leave()
    await one.news
    server.say(completed('g-1') + completed('g-2'))
    await other.news
    await take('g-1').news
    const again = take('g-1')
    const witness = take('g-3')
    server.say(completed('g-3'))
    await witness.news
    expect(again.woken()).toBe(false)
    again.leave()
    await again.news
  })

  it('end for a take that leaves, and outlast the moment in which it asks', async () => {
    const { server, take, time, listeners } = await listening()
    const first = take('g-1')
    await listeners(1)
    first.leave()
    await first.news
    time.pass(2000)
    server.say(': keep-alive\n\n')
    const second = take('g-1')
    server.say(completed('g-1'))
    await second.news
    expect(server.calls).toHaveLength(1)
  })

  it('are no longer listened to when nobody waits', async () => {
    const { server, take, time, listeners } = await listening()
    const only = take('g-1')
    await listeners(1)
    only.leave()
    await only.news
    time.pass(10_000)
    server.say(': keep-alive\n\n')
    await listeners(0)
    const later = take('g-1')
    await listeners(1)
    later.leave()
    await later.news
    expect(server.calls).toHaveLength(2)
  })

  it('are listened to again after a break, with growing gaps, and never fail a take', async () => {
    const { server, take, time, listeners, waits } = await listening()
    const busy = { status: 503, body: 'busy' }
    server.play('GET /api/events', busy, 'reset', { status: 200, body: '<html>', headers: {} })
    const only = take('g-1')
    for (let round = 0; round < 3; round += 1) {
      await waits(round + 1)
      time.waits[round]?.end()
    }
    await listeners(1)
    expect(time.waits.map(({ duration }) => duration)).toEqual([5000, 10_000, 20_000])
    server.hangUp()
    await waits(4)
    expect(time.waits[3]?.duration).toBe(5000)
    time.waits[3]?.end()
    await listeners(1)
    expect(only.woken()).toBe(false)
    server.say(completed('g-1'))
    await only.news
  })

  it('are not sought any more when the last take leaves during a break', async () => {
    const { server, take, listeners, waits } = await listening()
    server.play('GET /api/events', { status: 503, body: 'busy' })
    const only = take('g-1')
    await waits(1)
    only.leave()
    await only.news
    const later = take('g-2')
    await listeners(1)
    expect(server.calls).toHaveLength(2)
    later.leave()
    await later.news
  })

  it('survive a stream that floods', async () => {
    const { server, take, listeners, waits } = await listening()
    const only = take('g-1')
    await listeners(1)
    server.say('x'.repeat(600_000))
    await waits(1)
    expect(only.woken()).toBe(false)
    only.leave()
    await only.news
  })
})
