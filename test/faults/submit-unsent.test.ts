import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Fault } from '../support/servers/fault-proxy.ts'
import { takeId } from '../support/library/library.ts'
import { expectCell, faultStage, type Studio } from './studio.ts'
import type { Tier } from './tiers.ts'

const stage = faultStage()
afterEach(() => {
  vi.useRealTimers()
})
const all: readonly Tier[] = ['A', 'B', 'C']
const ends = ['DONE', 'NEEDS_USER', 'REJECTED'] as const

/** Held without a byte sent, and by nobody's decision but the network's. */
async function expectHeld(studio: Studio) {
  expect(await studio.ends('HELD', ...ends)).toBe('HELD')
  expectCell(studio, { tasks: 0, posts: 0, asked: false, spend: null })
}

describe('a provider that cannot be reached', () => {
  it.each(all)('22 · connection refused · tier %s: held, then sent by itself; nobody asked', async (tier) => {
    const studio = await stage.studio(tier)
    await studio.proxy.down()
    await expectHeld(studio)
    await studio.proxy.up()
    await studio.bench.until(takeId, ...ends)
    expectCell(studio, { tasks: 1, posts: 1, asked: false, spend: 'done' })
  })

  // A label of more than 63 letters cannot be put into a question, so no name server is asked.
  const noName = () => `https://${'x'.repeat(64)}.example`
  it.each(all)('22 · a name that does not resolve · tier %s: held, no task, nobody asked', async (tier) => {
    await expectHeld(await stage.studio(tier, { address: noName }))
  })

  it.each(all)('22 · TLS that fails · tier %s: held, no task, nobody asked', async (tier) => {
    const address = ({ origin }: { origin: string }) => origin.replace('http:', 'https:')
    await expectHeld(await stage.studio(tier, { address }))
  })
})

describe('a submit without an answer in time', () => {
  /** Lets the minute pass that an answer may take; nothing else waits on these timers. */
  async function outlastTheAnswer(tier: Tier, fault: Fault) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const studio = await stage.studio(tier, { fault: (nth) => (nth === 1 ? fault : undefined) })
    const ended = studio.ends(...ends)
    await studio.proxy.swallowed
    vi.advanceTimersByTime(59_000)
    expect(studio.bench.states.at(-1)).toBe('WIRE')
    vi.advanceTimersByTime(2000)
    return { studio, ended: await ended }
  }

  const silences: readonly (readonly [what: string, fault: Fault])[] = [
    ['no byte of an answer', { kind: 'hang' }],
    ['an answer that stops in its middle', { kind: 'stall', bytes: 30 }],
  ]
  for (const [what, fault] of silences) {
    it.each(['A', 'B'] as const)(
      `25 · commit, then ${what} for 60 s · tier %s: found and finished, one task, nobody asked`,
      async (tier) => {
        const { studio, ended } = await outlastTheAnswer(tier, fault)
        expect(ended).toBe('DONE')
        expect(studio.bench.states).toContain('UNKNOWN')
        expectCell(studio, { tasks: 1, posts: 1, asked: false, spend: 'done' })
      },
    )
    it(`25 · commit, then ${what} for 60 s · tier C: the user is asked, one task`, async () => {
      const { studio, ended } = await outlastTheAnswer('C', fault)
      expect(ended).toBe('NEEDS_USER')
      expectCell(studio, { tasks: 1, posts: 1, asked: true, spend: 'open' })
    })
  }
})

describe('the connection of a submit', () => {
  it.each(all)('30 · tier %s: belongs to one request alone, so no idle one can be reset', async (tier) => {
    const studio = await stage.studio(tier)
    expect(await studio.ends(...ends)).toBe('DONE')
    const second = studio.take('01ARZ3NDEKTSV4RRFFQ69G5FAW')
    await studio.bench.library.submit(second)
    await studio.bench.until(second.id, ...ends)
    const posts = studio.proxy.passages().filter(({ request }) => request.startsWith('POST'))
    expect(posts).toHaveLength(2)
    expect(studio.proxy.passages()).toHaveLength(studio.server.calls.length)
    expect([studio.tasks(), studio.posts()]).toEqual([2, 2])
  })
})
