import { describe, expect, it } from 'vitest'
import type { Fault } from '../support/servers/fault-proxy.ts'
import { expectCell, faultStage } from './studio.ts'
import type { Tier } from './tiers.ts'

const stage = faultStage()
const once = (fault: Fault) => (nth: number) => (nth === 1 ? fault : undefined)
const instead = (status: string, body = '', headers = ''): Fault => ({
  kind: 'instead',
  answer: `HTTP/1.1 ${status}\r\n${headers}content-length: ${String(Buffer.byteLength(body))}\r\nconnection: close\r\n\r\n${body}`,
})
const canLook: readonly Tier[] = ['A', 'B']
const all: readonly Tier[] = ['A', 'B', 'C']

/** The server has committed the task and the answer is lost like this. */
const committed: readonly (readonly [row: string, what: string, fault: Fault])[] = [
  ['24', 'commit, then a reset', { kind: 'lose-answer' }],
  ['26', 'commit, then 500', instead('500 Internal Server Error')],
  ['26', 'commit, then 502', instead('502 Bad Gateway', '<html>bad gateway</html>')],
  ['26', 'commit, then 503 with Retry-After', instead('503 Service Unavailable', '', 'retry-after: 1\r\n')],
  ['26', 'commit, then 504', instead('504 Gateway Timeout')],
  ['26', 'commit, then 408', instead('408 Request Timeout')],
  ['28', 'commit, then 200 with HTML', instead('200 OK', '<html>welcome</html>')],
  ['28', 'commit, then JSON cut in its middle', instead('200 OK', '{"code":0,"data":{"task_i')],
  ['28', 'commit, then an answer that ends before its length', { kind: 'cut-answer', bytes: 60 }],
  ['28', 'commit, then 200 without an id', instead('200 OK', '{"code":0,"message":"SUCCEED","data":{}}')],
  [
    '29',
    'commit, then 307 to another path',
    instead('307 Temporary Redirect', '', 'location: /elsewhere\r\n'),
  ],
  [
    '29',
    'commit, then 308 to another path',
    instead('308 Permanent Redirect', '', 'location: /elsewhere\r\n'),
  ],
]

describe('a submit whose answer is lost after the commit', () => {
  for (const [row, what, fault] of committed) {
    it.each(canLook)(
      `${row} · ${what} · tier %s: found and finished, one task, nobody asked`,
      async (tier) => {
        const studio = await stage.studio(tier, { fault: once(fault) })
        expect(await studio.ends('DONE', 'NEEDS_USER', 'REJECTED')).toBe('DONE')
        expect(studio.bench.states).toContain('UNKNOWN')
        expectCell(studio, { tasks: 1, posts: 1, asked: false, spend: 'done' })
      },
    )
    it(`${row} · ${what} · tier C: the user is asked, one task and never a second post`, async () => {
      const studio = await stage.studio('C', { fault: once(fault) })
      expect(await studio.ends('DONE', 'NEEDS_USER', 'REJECTED')).toBe('NEEDS_USER')
      expectCell(studio, { tasks: 1, posts: 1, asked: true, spend: 'open' })
    })
  }
})

describe('a submit that the server never read or never took', () => {
  const unread: readonly (readonly [what: string, fault: Fault])[] = [
    ['a reset before the server reads', { kind: 'reset' }],
    ['a reset in the middle of the request', { kind: 'cut-request', bytes: 40 }],
  ]
  for (const [what, fault] of unread)
    it.each(all)(
      `23 · ${what} · tier %s: looked for where that is possible, then asked; no task`,
      async (tier) => {
        const studio = await stage.studio(tier, { fault: once(fault) })
        expect(await studio.ends('DONE', 'NEEDS_USER', 'REJECTED')).toBe('NEEDS_USER')
        expect(studio.proxy.passages().filter(({ request }) => request.startsWith('GET')).length > 0).toBe(
          tier !== 'C',
        )
        expectCell(studio, { tasks: 0, posts: 0, asked: true, spend: 'open' })
      },
    )

  it.each(all)('27 · 500 before the commit · tier %s: asked, no task and no second post', async (tier) => {
    const studio = await stage.studio(tier)
    studio.server.play(studio.submit, { status: 500, body: 'oops' })
    expect(await studio.ends('DONE', 'NEEDS_USER', 'REJECTED')).toBe('NEEDS_USER')
    expectCell(studio, { tasks: 0, posts: 1, asked: true, spend: 'open' })
  })

  for (const status of [307, 308])
    it.each(all)(`29 · ${String(status)} to another path · tier %s: not followed, no task`, async (tier) => {
      const studio = await stage.studio(tier)
      studio.server.play(studio.submit, { status, headers: { location: '/elsewhere' }, body: '' })
      expect(await studio.ends('DONE', 'NEEDS_USER', 'REJECTED')).toBe('NEEDS_USER')
      expect(studio.server.calls.map(({ path }) => path)).not.toContain('/elsewhere')
      expectCell(studio, { tasks: 0, posts: 1, asked: true, spend: 'open' })
    })
})
