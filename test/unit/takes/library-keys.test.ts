import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake, openLibrary, takeId } from '../../support/library/library.ts'
import { json } from '../../support/servers/scripted-server.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

describe('a take whose answer was lost', () => {
  it('is never said to be unsent because another key knows nothing of it', async () => {
    const paying = { paidWith: 'key-1' }
    const { origin } = await stage.provider({
      submit: (response) => {
        paying.paidWith = 'key-2'
        response.destroy()
      },
    })
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      keyed: () => ({ ...paying, find: { settle: 0, look: () => Promise.resolve({ kind: 'absent' }) } }),
    })
    await stage.bench.library.submit(aTake(stage.folder))
    const take = await stage.bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.message).toContain('another key')
    expect(take.problem?.message).not.toContain('never started')
  })
})

describe('the key that pays', () => {
  it('is saved as the one of the moment the take is sent, however long it waited before', async () => {
    const paying = { paidWith: 'key-1' }
    const { origin, count } = await stage.provider()
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin, keyed: () => ({ ...paying }) }))
    await bench.library.pauseQueue(true)
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'READY')
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    paying.paidWith = 'key-2'
    await bench.library.pauseQueue(false)
    await bench.until(takeId, 'DONE')
    expect(bench.journal.attempts(takeId)).toMatchObject([{ paidWith: 'key-2' }])
    expect([count.submit, bench.states.filter((state) => state === 'INTENT')]).toEqual([1, ['INTENT']])
  })

  it('is never another than the saved one: a key that changes right then sends nothing yet', async () => {
    const paying = { paidWith: 'key-1' }
    const sentWith: string[] = []
    const { origin, count } = await stage.provider({
      submit: (response, accept) => {
        sentWith.push(`${bench.journal.attempts(takeId)[0]?.paidWith ?? ''} ${paying.paidWith}`)
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1', task_status: 'submitted' } })
      },
    })
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin, keyed: () => ({ ...paying }) }))
    const held: (string | undefined)[] = []
    bench.library.subscribe(({ state, problem }) => {
      if (state === 'INTENT') paying.paidWith = 'key-2'
      if (state === 'HELD') held.push(problem?.code)
    })
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'DONE')
    expect([sentWith, count.submit]).toEqual([['key-2 key-2'], 1])
    // A command that follows the take would end at a missing key.
    expect(held).toEqual(['cancelled'])
  })

  it('waits out an outage that began while the take waited for its slot', async () => {
    const down = { until: 0 }
    const { origin, count } = await stage.provider()
    const bench = (stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      keyed: () => ({ outage: () => (down.until > 0 ? down.until : null) }),
    }))
    await bench.library.pauseQueue(true)
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'READY')
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    down.until = 1000
    const held = bench.until(takeId, 'HELD', 'INTENT')
    await bench.library.pauseQueue(false)
    expect([(await held).state, count.submit]).toEqual(['HELD', 0])
    down.until = 0
    await bench.until(takeId, 'DONE')
    expect(count.submit).toBe(1)
  })
})

describe('a task', () => {
  it('is never adopted by two takes, even when both look at the same moment', async () => {
    const { origin } = await stage.provider({ submit: (response) => void response.destroy() })
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: { find: { settle: 0, look: () => Promise.resolve({ kind: 'found', taskId: 'task-1' }) } },
    })
    const other = '01ARZ3NDEKTSV4RRFFQ69G5FAW'
    const { library, until } = stage.bench
    await Promise.all([takeId, other].map((id) => library.submit(aTake(stage.folder, { id }))))
    const ended = await Promise.all([takeId, other].map((id) => until(id, 'ACKED', 'NEEDS_USER')))
    expect(ended.map(({ state }) => state).sort()).toEqual(['ACKED', 'NEEDS_USER'])
  })
})

describe('a take that is followed', () => {
  it('tells that the provider gives no clear answer, stays where it is, and takes that back', async () => {
    const { origin } = await stage.provider()
    let asked = 0
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: {
        status: (id) => {
          asked += 1
          if (asked <= 4)
            return Promise.resolve({ kind: 'silent', why: 'Code 1000: bad key', retryAfter: null })
          if (asked <= 6)
            return Promise.resolve({ kind: 'running', word: 'processing', progress: null, eta: null })
          return Promise.resolve({ kind: 'succeeded', taskId: id, url: `${origin}/${id}.mp4`, cost: null })
        },
      },
    })
    const told: (string | undefined)[] = []
    stage.bench.library.subscribe((take) => {
      if (take.state === 'ACKED') told.push(take.problem?.detail)
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    expect(told).toEqual([undefined, 'Code 1000: bad key', undefined])
    expect(stage.bench.states.filter((state) => state === 'ACKED')).toHaveLength(1)
  })

  it('goes on with a key that was replaced meanwhile', async () => {
    const { origin } = await stage.provider()
    const used: string[] = []
    let key = 'old'
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      keyed: () => ({
        status: (id) => {
          used.push(key)
          const was = key
          key = 'new'
          return was === 'old'
            ? Promise.resolve({ kind: 'silent', why: 'refused', retryAfter: null })
            : Promise.resolve({ kind: 'succeeded', taskId: id, url: `${origin}/${id}.mp4`, cost: null })
        },
      }),
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    expect(used).toEqual(['old', 'new'])
  })
})

describe('a take that cannot be sent', () => {
  it('is a draft again, with the reason, when its prepared character is gone', async () => {
    const { origin, count } = await stage.provider()
    const { unlinkSync } = await import('node:fs')
    const { join } = await import('node:path')
    stage.bench = openLibrary({ folder: stage.folder, origin })
    const { folder } = stage
    stage.bench.library.subscribe((take) => {
      if (take.state === 'INTENT') unlinkSync(join(folder, 'library', takeId, 'character.png'))
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'INTENT')
    const take = await stage.bench.until(takeId, 'DRAFT')
    expect(take.problem?.code).toBe('file-missing')
    expect(count.submit).toBe(0)
  })

  it('waits with the true reason when its request cannot even be made', async () => {
    const { origin, count } = await stage.provider()
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      also: { submit: () => Promise.reject(new Error('no such clock')) },
    })
    await stage.bench.library.submit(aTake(stage.folder))
    const take = await stage.bench.until(takeId, 'HELD')
    expect(take.problem).toMatchObject({ code: 'internal', detail: 'no such clock' })
    expect(count.submit).toBe(0)
  })
})

describe('an upload', () => {
  it('stays up while nobody knows whether its task runs', async () => {
    const { origin } = await stage.provider()
    const removed: string[] = []
    stage.bench = openLibrary({ folder: stage.folder, origin, remove: (name) => removed.push(name) })
    const { journal, library } = stage.bench
    const write = journal.record
    Object.assign(journal, {
      record: (...given: Parameters<typeof write>) => {
        if (given[1].type === 'accepted') throw new Error('the disk is gone')
        write(...given)
      },
    })
    await library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'WIRE')
    await library.stop()
    expect(removed).toEqual([])
    expect(library.show(takeId)).toMatchObject(ok({ state: 'WIRE' }))
  })

  it('that cannot be taken down does not keep anybody from leaving', async () => {
    const { origin } = await stage.provider({
      submit: (_response, accept) => {
        accept()
      },
    })
    stage.bench = openLibrary({
      folder: stage.folder,
      origin,
      remove: () => new Promise(() => undefined),
      also: { submit: () => Promise.resolve({ kind: 'refused', problem: fail('usage', 'No.').problem }) },
    })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'INTENT')
    await stage.bench.library.stop()
    expect(stage.bench.journal.uploads(takeId)).toHaveLength(1)
  })
})
