import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Queue } from '../../../../src/shared/domain/queue.ts'
import { fail } from '../../../../src/shared/outcome.ts'
import { fakeQueue } from '../../../support/library/fake-queue.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { temporaryFolder, understudy } from '../session.ts'

const video = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0isommp42', 'latin1')

const studioWith = (queue = fakeQueue()) => ({ ...fakeStudio(), queue })

async function withThree(queue = fakeQueue()) {
  const studio = studioWith(queue)
  const folder = join(temporaryFolder(), 'shoot')
  mkdirSync(folder)
  for (const name of ['a.mp4', 'b.mp4', 'c.mp4']) writeFileSync(join(folder, name), video)
  const run = async (...argv: string[]) => {
    const said = await understudy(['queue', ...argv, '--json'], { studio })
    return { ...said, queue: (said.stdout === '' ? null : JSON.parse(said.stdout)) as Queue | null }
  }
  await run('add', '--clip', folder, '--out', '/out')
  const named = (name: string) => queue.read().items.find((item) => item.name === name)?.id ?? ''
  const order = () => queue.read().items.map(({ name, state }) => `${name} ${state}`)
  return { run, named, order, queue }
}

describe('understudy queue', () => {
  it('adds what is in a folder without beginning it', async () => {
    const { order } = await withThree()
    expect(order()).toEqual(['a waiting', 'b waiting', 'c waiting'])
  })

  it('says where the files lie and where they go, with whole paths', async () => {
    const { run, queue } = await withThree()
    const { items = [] } = (await run('list')).queue ?? {}
    expect(items).toMatchObject([
      { folder: '/out', name: 'a', source: { clip: expect.stringMatching(/^\/.*\/shoot\/a\.mp4$/) } },
      { folder: '/out', name: 'b' },
      { folder: '/out', name: 'c' },
    ])
    const { stdout } = await understudy(['queue', 'list'], { studio: studioWith(queue) })
    expect(stdout).toMatch(/waiting +a\.mp4 .* \/out\/a$/m)
  })

  it('tells each that begins and ends as it happens, without a terminal, too', async () => {
    const { queue } = await withThree()
    const { stdout } = await understudy(['queue', 'run'], { studio: studioWith(queue) })
    expect(stdout.split('\n').slice(0, 3)).toEqual(['a: running', 'a: prepared', 'b: running'])
  })

  it('names the reason in the table and what to do about it below, once for all', async () => {
    const problem = fail('fix-needed', 'It is too short. It can be looped.', { advice: 'Choose.' })
    const { run, queue } = await withThree(fakeQueue({ runItem: () => Promise.resolve(problem) }))
    await run('run')
    const { stdout } = await understudy(['queue', 'list'], { studio: studioWith(queue) })
    expect(stdout).toMatch(/^\S+ +failed +a\.mp4 .* It is too short\.$/m)
    expect(stdout.split('\n').slice(-3)).toEqual(['', 'a.mp4 and 2 more: It can be looped. Choose.', ''])
  })

  it('moves by enough of an id', async () => {
    const { run, named, order } = await withThree()
    expect((await run('move', named('c').slice(-4), '--first')).code).toBe(0)
    expect((await run('move', named('a'), '--last')).code).toBe(0)
    expect((await run('move', named('a'), '--before', named('b'))).code).toBe(0)
    expect(order()).toEqual(['c waiting', 'a waiting', 'b waiting'])
    expect(await run('move', named('a'))).toMatchObject({ code: 2 })
    expect(await run('move', named('a'), '--first', '--last')).toMatchObject({ code: 2 })
    expect(await run('cancel', '01JQ')).toMatchObject({ code: 2, stdout: '' })
    expect(await run('cancel', 'nobody')).toMatchObject({ code: 2, stdout: '' })
  })

  it('cancels, tries again, clears, and makes what waits', async () => {
    const { run, named, order } = await withThree()
    await run('cancel', named('b'))
    await run('retry', named('b'))
    expect(order()).toEqual(['a waiting', 'c waiting', 'b waiting'])
    await run('cancel', named('c'))
    const ran = await run('run')
    expect([ran.code, ran.queue?.items.map(({ state }) => state)]).toEqual([
      0,
      ['prepared', 'cancelled', 'prepared'],
    ])
    await run('clear')
    expect(order()).toEqual([])
  })

  it('does not run while it is paused, and says so', async () => {
    const { run } = await withThree()
    await run('pause')
    expect(await run('run')).toMatchObject({ code: 2, stdout: '' })
    await run('resume')
    expect(await run('run')).toMatchObject({ code: 0 })
  })

  it.each([
    ['fix-needed', 3],
    ['file-damaged', 4],
    ['disk-full', 7],
  ] as const)('ends with the code of what went wrong: %s', async (code, expected) => {
    const queue = fakeQueue({ runItem: () => Promise.resolve(fail(code, 'No.')) })
    const { run } = await withThree(queue)
    expect((await run('run')).code).toBe(expected)
  })

  it('has nothing to do on an empty queue', async () => {
    const studio = studioWith()
    expect(await understudy(['queue', 'run'], { studio })).toMatchObject({ code: 0 })
    expect((await understudy(['queue', 'list'], { studio })).stdout).toContain('The queue is empty.')
  })
})
