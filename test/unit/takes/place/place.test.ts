import { cpSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Provider } from '../../../../src/main/providers/provider.ts'
import { bindToPlace, type Bound } from '../../../../src/main/takes/place/bind.ts'
import { createKnownPlaces } from '../../../../src/main/takes/place/known-places.ts'
import { aTake, openLibrary, takeId, type Bench } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'

const stage = libraryStage()
const benches: Bench[] = []
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()))
})

type Where = {
  readonly folder: string
  readonly origin: string
  /** The computer, by the id its system gives. */
  readonly machine?: string | null
  /** What that computer remembers, as the name of a folder beside the library. */
  readonly memory?: string
  readonly hasKey?: boolean
  /** The provider offers no way to ask whether a task exists. */
  readonly blind?: boolean
}

/** 6 s at 0.126 USD. */
const consent = { amount: 0.756, passGuard: false }
const paid = { provider: 'kling', model: 'kling-v3', mode: 'std', orientation: 'video' } as const
const aPaidTake = (folder: string) => {
  const take = aTake(folder, { consent })
  return { ...take, settings: { ...take.settings, ...paid, account: 'kling-1' } }
}

let names = 0
/** Opens a library as the studio does. */
function open({ folder, origin, machine = 'mine', memory = 'memory', hasKey = true, blind = false }: Where) {
  const bound: { notice: Bound['notice'] } = { notice: null }
  const bench = openLibrary({
    folder,
    origin,
    hasKey: () => hasKey,
    also: blind ? ({ find: undefined } as unknown as Partial<Provider>) : {},
    bind: (journal) => {
      const outcome = bindToPlace({
        journal,
        machine,
        path: join(folder, 'studio.db'),
        known: createKnownPlaces(join(stage.folder, memory), () => undefined),
        newLibraryId: () => `library-${String((names += 1))}`,
        now: () => '2026-11-20T12:00:00.000Z',
        log: () => undefined,
      })
      if (!outcome.ok) throw new Error(outcome.problem.message)
      bound.notice = outcome.value.notice
      return outcome.value
    },
  })
  benches.push(bench)
  return { ...bench, notice: bound.notice }
}

const close = async (bench: Bench) => {
  benches.splice(0, benches.length, ...benches.filter((one) => one.journal !== bench.journal))
  await bench.close()
}

const home = () => join(stage.folder, 'home')
const copyTo = (name: string) => {
  cpSync(home(), join(stage.folder, name), { recursive: true, preserveTimestamps: true })
  return join(stage.folder, name)
}

/** A library that was closed with a take that the user has agreed to and that was not sent yet. */
async function withUnsent(origin: string) {
  mkdirSync(home())
  const bench = open({ folder: home(), origin, hasKey: false })
  await bench.library.submit(aPaidTake(home()))
  await bench.until(takeId, 'HELD')
  await close(bench)
}

/** Opens it again and lets it go on until it rests. */
async function goOn(where: Where) {
  const bench = open(where)
  bench.library.resume()
  const take = await bench.until(takeId, 'DONE', 'DRAFT', 'NEEDS_USER')
  return { ...bench, take }
}

const asks = {
  state: 'DRAFT',
  problem: {
    code: 'consent-needed',
    message: expect.stringContaining('Another copy may have sent this take'),
  },
}

describe('a take that was not sent yet, in a library of which there are two,', () => {
  const copies: readonly (readonly [what: string, where: Partial<Where>])[] = [
    ['on one computer', {}],
    ['on one computer that remembers nothing', { memory: 'other-memory' }],
    ['on another computer', { machine: 'other', memory: 'other-memory' }],
    ['on a computer without an id', { machine: null, memory: 'other-memory' }],
  ]
  for (const [what, where] of copies) {
    it(`${what}: is sent by the first one alone, and the copy asks`, async () => {
      const { origin, tasks, count } = await stage.provider()
      await withUnsent(origin)
      const copy = copyTo('copy')
      expect((await goOn({ folder: home(), origin })).take.state).toBe('DONE')
      const other = await goOn({ folder: copy, origin, ...where })
      expect(other.take).toMatchObject(asks)
      expect(other.notice).toMatchObject({ code: 'consent-needed', detail: takeId })
      expect([tasks.length, count.submit]).toEqual([1, 1])
    })

    it(`${what}: is sent by neither without a question where the copy is opened first`, async () => {
      const { origin, tasks, count } = await stage.provider()
      await withUnsent(origin)
      const copy = copyTo('copy')
      expect((await goOn({ folder: copy, origin, ...where })).take).toMatchObject(asks)
      expect((await goOn({ folder: home(), origin })).take.state).toBe('DONE')
      expect([tasks.length, count.submit]).toEqual([1, 1])
    })
  }

  it('is not paid for a second time by a new submit where the provider knows our own id: its task is adopted', async () => {
    const { origin, tasks, count } = await stage.provider()
    await withUnsent(origin)
    const copy = copyTo('copy')
    expect((await goOn({ folder: home(), origin })).take.state).toBe('DONE')
    const other = await goOn({ folder: copy, origin, machine: 'other' })
    await other.library.submitAgain(takeId, consent)
    expect(await other.until(takeId, 'DONE')).toMatchObject({ taskId: 'task-1', result: { bytes: 1400 } })
    expect([tasks.length, count.submit]).toEqual([1, 1])
  })

  it('asks only once: what the user submits in the copy is its own from then on', async () => {
    const { origin, count } = await stage.provider()
    await withUnsent(origin)
    const copy = copyTo('copy')
    const where = { folder: copy, origin, machine: 'other', memory: 'other-memory', blind: true }
    const other = await goOn({ ...where, hasKey: false })
    expect(await other.library.submitAgain(takeId, consent)).toMatchObject({ ok: true })
    await other.until(takeId, 'HELD')
    await close(other)
    expect((await goOn(where)).take.state).toBe('DONE')
    expect(count.submit).toBe(1)
  })
})

describe('a library that was put back from a backup', () => {
  const ways: readonly (readonly [what: string, putBack: (backup: string) => void])[] = [
    ['over the files that are there', (backup) => cpSync(backup, home(), { recursive: true })],
    [
      'in the place of the whole folder',
      (backup) => {
        rmSync(home(), { recursive: true })
        cpSync(backup, home(), { recursive: true })
      },
    ],
  ]
  it.each(ways)('%s: does not send again what was sent since', async (_what, putBack) => {
    const { origin, tasks, count } = await stage.provider()
    await withUnsent(origin)
    const backup = copyTo('backup')
    const first = await goOn({ folder: home(), origin })
    expect(first.take.state).toBe('DONE')
    await close(first)
    const { ino } = statSync(join(home(), 'studio.db'))
    for (const end of ['-wal', '-shm']) rmSync(join(home(), `studio.db${end}`), { force: true })
    putBack(backup)
    if (_what.startsWith('over')) expect(statSync(join(home(), 'studio.db')).ino).toBe(ino)
    expect((await goOn({ folder: home(), origin, blind: true })).take).toMatchObject(asks)
    expect([tasks.length, count.submit]).toEqual([1, 1])
  })

  it('and then replaced by what was there before: neither goes on unasked', async () => {
    const { origin } = await stage.provider()
    await withUnsent(origin)
    const backup = copyTo('backup')
    await close(open({ folder: home(), origin, hasKey: false }))
    const aside = join(stage.folder, 'aside')
    renameSync(home(), aside)
    renameSync(backup, home())
    const restored = await goOn({ folder: home(), origin })
    expect(restored.take).toMatchObject(asks)
    await close(restored)
    rmSync(home(), { recursive: true })
    renameSync(aside, home())
    expect((await goOn({ folder: home(), origin })).take).toMatchObject(asks)
  })

  it('as part of the whole computer: the provider is asked by our own id before anything is sent', async () => {
    const { origin, tasks, count } = await stage.provider()
    await withUnsent(origin)
    const snapshot = copyTo('snapshot')
    const first = await goOn({ folder: home(), origin })
    await close(first)
    // Nothing tells a snapshot from what it was taken of: here no library is bound at all.
    const rolledBack = openLibrary({ folder: snapshot, origin })
    benches.push(rolledBack)
    rolledBack.library.resume()
    expect(await rolledBack.until(takeId, 'DONE')).toMatchObject({ taskId: 'task-1' })
    expect([tasks.length, count.submit]).toEqual([1, 1])
  })
})

describe('a library that is where it belongs', () => {
  const moves: readonly (readonly [what: string, move: () => string, where?: Partial<Where>])[] = [
    ['that was only closed', home, {}],
    [
      'that was moved on its disk',
      () => {
        mkdirSync(join(stage.folder, 'films'))
        renameSync(home(), join(stage.folder, 'films', 'understudy'))
        return join(stage.folder, 'films', 'understudy')
      },
      {},
    ],
    [
      'that was moved while the computer forgot about it',
      () => {
        renameSync(home(), join(stage.folder, 'moved'))
        return join(stage.folder, 'moved')
      },
      { memory: 'fresh-memory' },
    ],
    ['on a computer that cannot say its id today', home, { machine: null }],
  ]
  for (const [what, move, where] of moves) {
    it(`${what}: goes on without a question`, async () => {
      const { origin, count } = await stage.provider()
      await withUnsent(origin)
      const folder = move()
      const bench = await goOn({ folder, origin, ...where })
      expect(bench.take.state).toBe('DONE')
      expect(bench.notice).toBeNull()
      expect(count.submit).toBe(1)
    })
  }

  it('says nothing where no take waits to be sent, even in another place', async () => {
    const { origin } = await stage.provider()
    await withUnsent(origin)
    await close(await goOn({ folder: home(), origin }))
    const copy = await goOn({ folder: copyTo('copy'), origin, machine: 'other' })
    expect(copy.take.state).toBe('DONE')
    expect(copy.notice).toBeNull()
  })
})

describe('a take whose request had left when its library was copied', () => {
  /** The copy is made while the provider has the request and has not answered. */
  async function copiedOnTheWire(blind: boolean) {
    const { promise: arrived, resolve } = Promise.withResolvers<() => void>()
    const provider = await stage.provider({
      submit: (response, accept) => {
        accept()
        resolve(() => response.writeHead(200).end('{"code":0,"data":{"task_id":"task-1"}}'))
      },
    })
    const { origin } = provider
    mkdirSync(home())
    const first = open({ folder: home(), origin, blind })
    await first.library.submit(aPaidTake(home()))
    const answer = await arrived
    const copy = copyTo('copy')
    answer()
    await first.until(takeId, 'DONE')
    return { provider, other: await goOn({ folder: copy, origin, machine: 'other', blind }) }
  }

  it('is looked for by our own id, and found', async () => {
    const { provider, other } = await copiedOnTheWire(false)
    expect(other.take).toMatchObject({ state: 'DONE', taskId: 'task-1' })
    expect([provider.tasks.length, provider.count.submit]).toEqual([1, 1])
  })

  it('stays a question where the provider offers no way to ask', async () => {
    const { provider, other } = await copiedOnTheWire(true)
    expect(other.take.state).toBe('NEEDS_USER')
    expect([provider.tasks.length, provider.count.submit]).toEqual([1, 1])
  })
})
