import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aTake, goodResult, openLibrary, takeId } from '../../support/library.ts'
import { libraryStage } from '../../support/library-stage.ts'

const stage = libraryStage()
const owner = { provider: 'kling', account: null, baseUrl: null }

describe('paid tasks without a file here', () => {
  it('are listed, become takes, and their results come home without a submit', async () => {
    const provider = await stage.provider()
    provider.tasks.push({ own: 'somebody else’s', id: 'task-77' })
    const { library, until } = (stage.bench = openLibrary({ folder: stage.folder, origin: provider.origin }))
    const found = await library.findTasks(owner)
    expect(found).toEqual({
      ok: true,
      value: {
        tasks: [
          {
            taskId: 'task-77',
            createdAt: new Date(1_795_000_000_000).toISOString(),
            state: 'succeeded',
            cost: null,
          },
        ],
        whole: true,
      },
    })
    const brought = await library.bringHome(owner, ['task-77', 'task-of-another-account'])
    const [take, ...others] = brought.ok ? brought.value : []
    expect(others).toEqual([])
    expect(take).toMatchObject({
      taskId: 'task-77',
      clipName: 'Task task-77',
      characterName: 'Found at Kling',
    })
    await until(take?.id ?? '', 'DONE')
    expect(readFileSync(join(stage.folder, 'library', take?.id ?? '', 'result.mp4')).equals(goodResult)).toBe(
      true,
    )
    expect(provider.count.submit).toBe(0)
    expect(await library.findTasks(owner)).toMatchObject({ value: { tasks: [] } })
  })

  it('are no takes twice, when they are asked for twice at once and after a restart', async () => {
    const provider = await stage.provider()
    provider.tasks.push({ own: 'x', id: 'task-77' })
    const first = openLibrary({ folder: stage.folder, origin: provider.origin })
    const [one, two] = await Promise.all([
      first.library.bringHome(owner, ['task-77']),
      first.library.bringHome(owner, ['task-77']),
    ])
    expect([one, two].map((brought) => (brought.ok ? brought.value.length : -1))).toEqual([1, 0])
    await first.until(one.ok ? (one.value[0]?.id ?? '') : '', 'DONE')
    await first.close()
    const { library } = (stage.bench = openLibrary({ folder: stage.folder, origin: provider.origin }))
    expect(library.list()).toHaveLength(1)
    expect(await library.bringHome(owner, ['task-77'])).toEqual({ ok: true, value: [] })
  })

  it('are not those that a take follows, nor one whose answer was lost and is still looked for', async () => {
    const provider = await stage.provider({
      submit: (response, accept) => {
        accept()
        response.destroy()
      },
    })
    const find = { settle: 0, look: () => Promise.resolve({ kind: 'absent' as const }) }
    const bench = (stage.bench = openLibrary({
      folder: stage.folder,
      origin: provider.origin,
      also: { find, cadence: { first: 1, gap: () => 200_000 } },
    }))
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'NEEDS_USER')
    expect(await bench.library.findTasks(owner)).toMatchObject({ value: { tasks: [] } })

    // Given up, its file is nowhere: the task is offered, and comes home as a part of that take.
    await bench.library.giveUp(takeId)
    expect(await bench.library.findTasks(owner)).toMatchObject({ value: { tasks: [{ taskId: 'task-1' }] } })
    const brought = await bench.library.bringHome(owner, ['task-1'])
    const id = brought.ok ? (brought.value[0]?.id ?? '') : ''
    expect(await bench.until(id, 'DONE')).toMatchObject({ partOf: takeId, clipName: 'dance.mp4' })
    expect(provider.count.submit).toBe(1)
    expect(await bench.library.findTasks(owner)).toMatchObject({ value: { tasks: [] } })
  })

  it('cannot be listed where a service lists none, and that is said', async () => {
    const provider = await stage.provider()
    const { library } = (stage.bench = openLibrary({
      folder: stage.folder,
      origin: provider.origin,
      keyed: () => ({ list: undefined }) as never,
    }))
    expect(await library.findTasks({ ...owner, provider: 'highway' })).toMatchObject({
      problem: { code: 'usage', message: 'Highway does not list its tasks.' },
    })
  })
})
