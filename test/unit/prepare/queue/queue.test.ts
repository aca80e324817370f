import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RunItem } from '../../../../src/main/prepare/queue/run-item.ts'
import type { Inputs } from '../../../../src/main/prepare/types.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import type { Queue } from '../../../../src/shared/domain/queue.ts'
import { defaultTakeSettings } from '../../../../src/shared/domain/take.ts'
import { fakeQueue, memoryStore } from '../../../support/library/fake-queue.ts'

const inputs = (name: string): Inputs => ({
  character: null,
  clip: `/clips/${name}.mp4`,
  window: { start: 0, length: null },
  settings: defaultTakeSettings,
})
const three = ['a', 'b', 'c'].map(inputs)

/** A runner that waits for the test, item by item, and notes in which order it was asked. */
function byHand() {
  const asked: string[] = []
  const settles = new Map<string, (outcome: Awaited<ReturnType<RunItem>>) => void>()
  const progress = new Map<string, (fraction: number | null) => void>()
  const heard: (() => void)[] = []
  const runItem: RunItem = (item, _isClaimed, { signal, onProgress }) => {
    asked.push(item.name)
    if (onProgress) progress.set(item.name, onProgress)
    return new Promise((resolve) => {
      settles.set(item.name, resolve)
      signal.addEventListener('abort', () => {
        resolve(fail('cancelled', 'It was cancelled.'))
      })
      for (const tell of heard.splice(0)) tell()
    })
  }
  const begun = async (name: string) => {
    while (!settles.has(name)) await new Promise<void>((resolve) => heard.push(resolve))
  }
  return {
    runItem,
    asked,
    begun,
    progress: (name: string, fraction: number) => progress.get(name)?.(fraction),
    end: async (name: string, outcome: Awaited<ReturnType<RunItem>> = ok({ name, files: ['clip.mp4'] })) => {
      await begun(name)
      settles.get(name)?.(outcome)
      settles.delete(name)
    },
  }
}

const until = (queue: ReturnType<typeof fakeQueue>, holds: (now: Queue) => boolean) =>
  new Promise<Queue>((resolve) => {
    const stop = queue.subscribe((now) => {
      if (!holds(now)) return
      stop()
      resolve(now)
    })
    if (holds(queue.read())) {
      stop()
      resolve(queue.read())
    }
  })

const states = ({ items }: Queue) => items.map(({ name, state }) => `${name} ${state}`)
const idOf = (queue: ReturnType<typeof fakeQueue>, name: string) =>
  queue.read().items.find((item) => item.name === name)?.id ?? ''
const allOver = ({ items }: Queue) => items.every(({ state }) => state !== 'waiting' && state !== 'running')

describe('the queue of preparations', () => {
  it('makes one after the other, in their order, and only once it was started', async () => {
    const runner = byHand()
    const queue = fakeQueue({ runItem: runner.runItem })
    await queue.add(three, '/out', '{clip}')
    expect(states(queue.read())).toEqual(['a waiting', 'b waiting', 'c waiting'])
    expect(runner.asked).toEqual([])
    queue.start()
    await runner.begun('a')
    expect(states(queue.read())).toEqual(['a running', 'b waiting', 'c waiting'])
    await runner.end('a')
    await runner.end('b')
    await runner.end('c')
    await until(queue, allOver)
    expect(runner.asked).toEqual(['a', 'b', 'c'])
  })

  it('has every change on the disk before it is told', async () => {
    const store = memoryStore()
    const queue = fakeQueue({ store })
    const untold: string[] = []
    queue.subscribe((now) => {
      const kept = store.written.at(-1)?.items.map(({ name, state }) => `${name} ${state}`)
      if (JSON.stringify(kept) !== JSON.stringify(states(now))) untold.push(JSON.stringify(states(now)))
    })
    queue.start()
    await queue.add(three, '/out', '{clip}')
    await until(queue, allOver)
    expect(untold).toEqual([])
    expect(store.written.length).toBeGreaterThanOrEqual(7)
  })

  it('does not begin the next one while it is paused, and makes the running one to its end', async () => {
    const runner = byHand()
    const queue = fakeQueue({ runItem: runner.runItem })
    queue.start()
    await queue.add(three, '/out', '{clip}')
    await runner.begun('a')
    await queue.pause(true)
    await runner.end('a')
    const paused = await until(queue, (now) => now.items[0]?.state === 'done')
    expect([paused.paused, ...states(paused)]).toEqual([true, 'a done', 'b waiting', 'c waiting'])
    expect(runner.asked).toEqual(['a'])
    await queue.pause(false)
    await runner.begun('b')
    await queue.close()
  })

  it('goes by a new order, and by no order that cannot be', async () => {
    const runner = byHand()
    const queue = fakeQueue({ runItem: runner.runItem })
    await queue.add(three, '/out', '{clip}')
    await queue.move(idOf(queue, 'c'), idOf(queue, 'a'))
    await queue.move(idOf(queue, 'a'), null)
    expect(states(queue.read())).toEqual(['c waiting', 'b waiting', 'a waiting'])
    expect(await queue.move('nobody', null)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
    expect(await queue.move(idOf(queue, 'a'), 'nobody')).toMatchObject({ ok: false })
    queue.start()
    await runner.begun('c')
    expect(await queue.move(idOf(queue, 'c'), null)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    await queue.close()
  })

  it('ends a running one that is cancelled and goes on with the next', async () => {
    const runner = byHand()
    const queue = fakeQueue({ runItem: runner.runItem })
    queue.start()
    await queue.add(three, '/out', '{clip}')
    await runner.begun('a')
    const answer = await queue.cancel(idOf(queue, 'a'))
    expect(answer.ok && answer.value.items[0]?.state).toBe('cancelled')
    await queue.cancel(idOf(queue, 'c'))
    await runner.end('b')
    expect(states(await until(queue, allOver))).toEqual(['a cancelled', 'b done', 'c cancelled'])
    expect(await queue.cancel(idOf(queue, 'b'))).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })

  it('names why one failed, goes on, and tries it again behind all others', async () => {
    const runner = byHand()
    const queue = fakeQueue({ runItem: runner.runItem })
    queue.start()
    await queue.add(three, '/out', '{clip}')
    await runner.end('a', fail('file-damaged', 'The file is cut off.'))
    await runner.begun('b')
    expect(queue.read().items[0]).toMatchObject({ state: 'failed', problem: { code: 'file-damaged' } })
    await queue.retry(idOf(queue, 'a'))
    await runner.end('b')
    await runner.end('c')
    await runner.end('a')
    expect(states(await until(queue, allOver))).toEqual(['b done', 'c done', 'a done'])
    expect(await queue.retry(idOf(queue, 'a'))).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })

  it('clears what is over and nothing else', async () => {
    const queue = fakeQueue()
    await queue.add(three, '/out', '{clip}')
    await queue.cancel(idOf(queue, 'b'))
    await queue.clear()
    expect(states(queue.read())).toEqual(['a waiting', 'c waiting'])
  })

  it('pauses with the reason when the disk is full, because the next one would fail as well', async () => {
    const runner = byHand()
    const queue = fakeQueue({ runItem: runner.runItem })
    queue.start()
    await queue.add(three, '/out', '{clip}')
    await runner.end('a', fail('disk-full', 'There is no room.'))
    const halted = await until(queue, ({ pausedBy }) => pausedBy !== null)
    expect(halted).toMatchObject({ paused: true, pausedBy: { code: 'disk-full' } })
    expect(states(halted)).toEqual(['a failed', 'b waiting', 'c waiting'])
    await queue.pause(false)
    expect(queue.read().pausedBy).toBeNull()
    await queue.close()
  })

  it('says that nothing was changed when a change cannot be written', async () => {
    const store = memoryStore()
    const broken = {
      ...store,
      write: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    }
    const queue = fakeQueue({ store: broken })
    const told: Queue[] = []
    queue.subscribe((now) => told.push(now))
    expect(await queue.add(three, '/out', '{clip}')).toMatchObject({
      ok: false,
      problem: { code: 'disk-full' },
    })
    expect([queue.read().items, told]).toEqual([[], []])
  })

  it('starts anew what was running when the process ended, first of all', async () => {
    const store = memoryStore()
    const runner = byHand()
    const before = fakeQueue({ store, runItem: runner.runItem })
    before.start()
    await before.add(three, '/out', '{clip}')
    await runner.end('a')
    await runner.begun('b')
    await before.close()
    expect(store.written.at(-1)?.items.map(({ state }) => state)).toEqual(['done', 'running', 'waiting'])
  })

  it('tells how far the running one is and how long it still takes', async () => {
    let at = 0
    const runner = byHand()
    const queue = fakeQueue({ runItem: runner.runItem, clock: { now: () => 0, monotonic: () => at } })
    queue.start()
    await queue.add(three, '/out', '{clip}')
    await runner.begun('a')
    expect(queue.read().items[0]).toMatchObject({ progress: null, eta: null })
    at = 3000
    runner.progress('a', 0.25)
    expect(queue.read().items[0]).toMatchObject({ progress: 0.25, eta: 9 })
    runner.progress('a', 0.2)
    expect(queue.read().items[0]?.progress).toBe(0.25)
    await queue.close()
  })

  it('gives two files of one name two folders, those that were added before included', async () => {
    const queue = fakeQueue()
    await queue.add([inputs('dance'), { ...inputs('dance'), clip: '/other/Dance.mov' }], '/out', '{clip}')
    await queue.add([inputs('dance')], '/out', '{clip}')
    await queue.add([inputs('dance')], '/elsewhere', '{clip}')
    expect(queue.read().items.map(({ name }) => name)).toEqual(['dance', 'Dance (2)', 'dance (3)', 'dance'])
  })

  it('refuses a name that no folder can have, and tells no paths', async () => {
    const queue = fakeQueue()
    expect(await queue.add(three, '/out', '{nothing}')).toMatchObject({
      ok: false,
      problem: { code: 'usage' },
    })
    await queue.add(three, '/secret/out', '{clip}')
    expect(JSON.stringify(queue.read())).not.toContain('/secret')
    expect(queue.neededSources()).toEqual(new Set(['/clips/a.mp4', '/clips/b.mp4', '/clips/c.mp4']))
  })

  it('takes a file as it is when one that failed is tried again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-queue-'))
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true })
    })
    const clip = join(folder, 'a.mp4')
    writeFileSync(clip, 'before')
    const store = memoryStore()
    const queue = fakeQueue({ store })
    await queue.add([{ ...inputs('a'), clip }], '/out', '{clip}')
    await queue.cancel(idOf(queue, 'a'))
    writeFileSync(clip, 'afterwards')
    utimesSync(clip, 1, 1)
    await queue.retry(idOf(queue, 'a'))
    expect(store.written.at(-1)?.items[0]?.sources.clip).toEqual({
      path: clip,
      bytes: 10,
      modified: statSync(clip).mtimeMs,
    })
  })
})
