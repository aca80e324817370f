import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/shared/outcome.ts'
import { aTake, goodResult, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()
const owner = { provider: 'kling', account: null, baseUrl: null }
/** 6 s at 0.126 USD. */
const consent = { amount: 0.756, passGuard: false }
function aPaidTake(folder: string) {
  const take = aTake(folder, { consent })
  const paid = { provider: 'kling', model: 'kling-v3', mode: 'std', orientation: 'video' } as const
  return { ...take, settings: { ...take.settings, ...paid, account: 'kling-1' } }
}

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
    await bench.library.submit(aPaidTake(stage.folder))
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
    // What was paid once stands in the ledger once, with the take that follows it.
    expect(bench.journal.spend().map(({ take }) => take)).toEqual([id])
    expect(bench.library.show(takeId)).toMatchObject({
      value: { state: 'ABANDONED', problem: { detail: id } },
    })
  })

  it('that were given no own id are told apart, although one of them came home', async () => {
    const provider = await stage.provider()
    provider.tasks.push({ own: '', id: 'task-77' }, { own: '', id: 'task-78' })
    const { library, until } = (stage.bench = openLibrary({ folder: stage.folder, origin: provider.origin }))
    const brought = await library.bringHome(owner, ['task-77'])
    await until(brought.ok ? (brought.value[0]?.id ?? '') : '', 'DONE')
    expect(await library.findTasks(owner)).toMatchObject({ value: { tasks: [{ taskId: 'task-78' }] } })
  })

  it('are those of a draft that another copy of the library has sent, and it is not sent once more', async () => {
    const provider = await stage.provider()
    let hasKey = false
    const open = (folder: string) =>
      openLibrary({ folder, origin: provider.origin, also: { paidWith: 'key 2' }, hasKey: () => hasKey })
    const first = open(stage.folder)
    await first.library.submit(aPaidTake(stage.folder))
    await first.until(takeId, 'HELD')
    await first.library.takeBack(takeId)
    const [attempt] = first.journal.attempts(takeId)
    await first.close()
    provider.tasks.push({ own: attempt?.ownId ?? '', id: 'task-77' })

    hasKey = true
    const bench = (stage.bench = open(stage.folder))
    expect(await bench.library.findTasks(owner)).toMatchObject({ value: { tasks: [{ taskId: 'task-77' }] } })
    const brought = await bench.library.bringHome({ ...owner, account: 'new account' }, ['task-77'])
    const id = brought.ok ? (brought.value[0]?.id ?? '') : ''
    expect(await bench.until(id, 'DONE')).toMatchObject({
      partOf: takeId,
      clipName: 'dance.mp4',
      settings: { account: 'new account' },
    })
    expect(bench.journal.attempts(id)).toMatchObject([{ paidWith: 'key 2' }])
    await bench.library.submitAgain(takeId, consent)
    await bench.until(takeId, 'READY')
    expect(await bench.until(takeId, 'DRAFT')).toMatchObject({
      problem: {
        message: expect.stringContaining('another take in this library follows it'),
        detail: 'Task task-77.',
      },
    })
    expect(provider.count.submit).toBe(0)
  })

  it('have an id that can be asked about, and a time that has been', async () => {
    const far = Date.parse('2031-01-01T00:00:00Z')
    const task = (taskId: string) =>
      ({
        taskId,
        ownId: null,
        createdAt: far,
        status: { kind: 'running', word: '', progress: null, eta: null },
      }) as const
    const tasks = ['..', '\ud800', 'a\nb', 'task-9'].map(task)
    const { library, journal } = (stage.bench = openLibrary({
      folder: stage.folder,
      origin: (await stage.provider()).origin,
      also: { list: () => Promise.resolve(ok({ tasks, whole: true })) },
    }))
    expect(await library.findTasks(owner)).toMatchObject({ value: { tasks: [{ taskId: 'task-9' }] } })
    await library.bringHome(
      owner,
      tasks.map(({ taskId }) => taskId),
    )
    expect(journal.spend().map(({ at }) => at < '2031')).toEqual([true])
  })

  it('cannot be listed where a service lists none, and that is said', async () => {
    const provider = await stage.provider()
    const { library } = (stage.bench = openLibrary({
      folder: stage.folder,
      origin: provider.origin,
      keyed: () => ({ list: undefined }) as never,
    }))
    expect(await library.findTasks({ ...owner, provider: 'highway' })).toMatchObject({
      problem: { code: 'usage', message: 'Highway doesn’t list its tasks.' },
    })
  })
})
