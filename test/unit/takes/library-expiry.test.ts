import { describe, expect, it } from 'vitest'
import type { TaskStatus } from '../../../src/main/providers/provider.ts'
import { aTake, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()
const minute = 60_000

/** A provider whose link is dead, and what it says about the task from the second question on. */
async function deadLink(life: number, later: (url: string) => TaskStatus) {
  const { origin } = await stage.provider({ result: (response) => !!response.writeHead(410).end() })
  const url = `${origin}/task-1.mp4`
  let asked = 0
  stage.bench = openLibrary({
    folder: stage.folder,
    origin,
    also: {
      status: () => {
        asked += 1
        const first: TaskStatus = { kind: 'succeeded', taskId: 'task-1', url, cost: null, life }
        return Promise.resolve(asked === 1 ? first : later(url))
      },
      cadence: { first: 1, gap: () => minute },
    },
  })
  await stage.bench.library.submit(aTake(stage.folder))
  return stage.bench
}

describe('a result whose time is over', () => {
  it('is said to be gone, with its task and its dates, once the provider knows nothing of it any more', async () => {
    const bench = await deadLink(5 * minute, () => ({ kind: 'missing' }))
    const take = await bench.until(takeId, 'EXPIRED')
    expect(take.problem).toMatchObject({ code: 'result-expired' })
    expect(take.problem?.detail).toMatch(/^Task task-1, .*kept until 2026-11-20T12:/)
    expect(take.resultUntil).toMatch(/^2026-11-20T12:/)
  })

  it('is not given up while its time lasts, whatever the provider forgets', async () => {
    const bench = await deadLink(365 * 24 * 60 * minute, () => ({ kind: 'missing' }))
    expect((await bench.until(takeId, 'NEEDS_USER', 'EXPIRED')).state).toBe('NEEDS_USER')
  })

  it('is fetched all the same when the provider still hands it out', async () => {
    const good = await stage.provider()
    const bench = await deadLink(1, () => ({
      kind: 'succeeded',
      taskId: 'task-1',
      url: `${good.origin}/task-1.mp4`,
      cost: null,
    }))
    expect((await bench.until(takeId, 'DONE', 'EXPIRED')).state).toBe('DONE')
  })
})
