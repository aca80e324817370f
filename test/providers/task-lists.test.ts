import { describe, expect, it } from 'vitest'
import { bearer } from '../../src/main/providers/http/authorization.ts'
import { createKlingGateway } from '../../src/main/providers/kling/gateway.ts'
import { createKlingTwo } from '../../src/main/providers/kling/official-2.ts'
import { createKling } from '../../src/main/providers/kling/official.ts'
import { createOxen } from '../../src/main/providers/oxen/oxen.ts'
import { klingTwoContract } from '../support/servers/contracts/kling-two.ts'
import { klingContract } from '../support/servers/contracts/kling.ts'
import { oxenServer } from '../support/servers/contracts/oxen.ts'
import { json, scriptedServer, type Seen } from '../support/servers/scripted-server.ts'
import { adapterParts, canary, expectClean, kept, resultUrl } from './adapter-kit.ts'

const authorized = (origin: string) => ({ ...adapterParts(origin), authorization: bearer(canary) })

describe('the list of an account’s own tasks', () => {
  it('is read page by page at Kling, each task once, with its own id and what it cost', async () => {
    const server = kept(await klingContract({ key: canary }, { words: ['succeed'] }))
    for (let nth = 0; nth < 230; nth += 1) server.add(nth === 0 ? 'own-1' : null)
    const listed = await createKling({ ...authorized(server.origin), id: 'kling' }).list!()
    if (!listed.ok) throw new Error(listed.problem.message)
    expect(listed.value.tasks).toHaveLength(230)
    expect(listed.value.whole).toBe(true)
    expect(listed.value.tasks[0]).toEqual({
      taskId: '829836802793406551',
      ownId: 'own-1',
      createdAt: 1722769557708,
      status: expect.objectContaining({
        kind: 'succeeded',
        url: server.resultUrl,
        cost: { units: '4.5', unitName: 'units' },
      }),
    })
    expect(server.calls.map(({ query }) => query)).toEqual(
      ['1', '2', '3'].map((pageNum) => ({ pageNum, pageSize: '100' })),
    )
    expectClean(server, listed)
  })

  it('ends after 2,000 tasks and says so', async () => {
    const server = kept(
      await scriptedServer((seen, response) => {
        const page = new URL(seen.url, 'http://x').searchParams.get('pageNum')
        const tasks = Array.from({ length: 100 }, (_, nth) => ({
          task_id: `${page}-${nth}`,
          task_status: 'processing',
        }))
        json(response, 200, { code: 0, data: tasks })
      }),
    )
    const listed = await createKling({ ...authorized(server.origin), id: 'kling' }).list!()
    expect(listed).toMatchObject({ value: { whole: false } })
    expect(listed.ok && listed.value.tasks.length).toBe(2000)
  })

  it('is read to an empty page at a gateway, which may cut its pages shorter, and a page that repeats itself is the last', async () => {
    const pages: unknown[] = []
    const tasks = Array.from({ length: 70 }, (_, nth) => ({
      task_id: `task-${nth}`,
      task_status: 'processing',
    }))
    const listOf = async (cut: (page: number) => readonly unknown[]) => {
      pages.length = 0
      const server = kept(
        await scriptedServer((seen, response) => {
          const page = Number(new URL(seen.url, 'http://x').searchParams.get('pageNum'))
          pages.push(page)
          json(response, 200, { code: 0, data: cut(page) })
        }),
      )
      return createKlingGateway({ ...adapterParts(server.origin), pollPath: null }).list!()
    }
    const short = await listOf((page) => tasks.slice((page - 1) * 30, page * 30))
    expect([short.ok && short.value.tasks.length, short.ok && short.value.whole, pages]).toEqual([
      70,
      true,
      [1, 2, 3, 4],
    ])
    const same = await listOf(() => tasks)
    expect([same.ok && same.value.tasks.length, same.ok && same.value.whole, pages]).toEqual([
      70,
      true,
      [1, 2],
    ])
  })

  it('is not whole where an entry cannot be read, and knows seconds from milliseconds', async () => {
    const server = kept(
      await scriptedServer((_seen, response) => {
        const one = { task_id: '1', task_status: 'succeed', created_at: 1_795_000_000 }
        json(response, 200, { code: 0, data: [one, { name: 'x' }] })
      }),
    )
    expect(await createKling({ ...authorized(server.origin), id: 'kling' }).list!()).toMatchObject({
      value: { whole: false, tasks: [{ taskId: '1', createdAt: 1_795_000_000_000 }] },
    })
  })

  it('goes on by its cursor in the newer generation', async () => {
    const server = kept(await klingTwoContract(canary, { words: ['succeeded'] }))
    for (let nth = 0; nth < 101; nth += 1) server.add(nth === 100 ? 'own-101' : null)
    const listed = await createKlingTwo(authorized(server.origin)).list!()
    if (!listed.ok) throw new Error(listed.problem.message)
    expect(listed.value.tasks).toHaveLength(101)
    expect(listed.value.tasks.at(-1)).toMatchObject({ ownId: 'own-101', status: { kind: 'succeeded' } })
    expect(listed.value.whole).toBe(true)
    expectClean(server, listed)
  })

  it('has every state at Oxen, and says when some are held back', async () => {
    const server = kept(await oxenServer({ key: canary, resultUrl }))
    const states = ['queued', 'processing', 'succeeded', 'failed', 'cancelled']
    for (const status of states)
      server.tasks.set(status, {
        generation_id: status,
        status,
        input_video: 'https://example.com/c.mp4',
        enqueued_at: 1_795_000_000,
        ...(status === 'succeeded' && { result_url: resultUrl }),
      })
    const listed = await createOxen({ ...adapterParts(server.origin), repository: null }).list!()
    if (!listed.ok) throw new Error(listed.problem.message)
    expect(listed.value.tasks.map(({ taskId, status: { kind } }) => [taskId, kind])).toEqual([
      ['queued', 'running'],
      ['processing', 'running'],
      ['succeeded', 'succeeded'],
      ['failed', 'failed'],
      ['cancelled', 'failed'],
    ])
    expect(listed.value.tasks[0]?.createdAt).toBe(1_795_000_000_000)
    expectClean(server, listed)
  })

  it.each<[string, (seen: Seen) => readonly [number, unknown]]>([
    ['a page instead of JSON', () => [200, '<html>']],
    ['an error', () => [401, { code: 1002, message: 'no' }]],
    ['a path that it does not have', () => [404, { error: { message: 'Invalid URL' } }]],
    ['something else than a list', () => [200, { code: 0, data: { total: 3 } }]],
    ['tasks in a form nobody knows', () => [200, { code: 0, data: [{ name: 'x' }] }]],
  ])('is never empty by mistake: a gateway answers with %s', async (_, answer) => {
    const server = kept(
      await scriptedServer((seen, response) => {
        json(response, ...answer(seen))
      }),
    )
    const gateway = createKlingGateway({ ...adapterParts(server.origin), pollPath: null })
    expect(await gateway.list!()).toMatchObject({ ok: false, problem: { code: 'provider-silent' } })
  })
})
