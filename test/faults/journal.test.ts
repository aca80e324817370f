import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createReservedSpace } from '../../src/main/takes/journal/writes.ts'
import type { Problem } from '../../src/shared/outcome.ts'
import type { Take } from '../../src/shared/domain/take.ts'
import { failingDisk } from '../support/processes/failing-disk.ts'
import { aTake, takeId, type Bench } from '../support/library/library.ts'
import { noSmallDisk } from '../support/processes/small-disk.ts'
import { journalStage } from './journal-stage.ts'

const stage = journalStage()

const submitted = async (bench: Bench, folder: string) => {
  const taken = await bench.library.submit(aTake(folder))
  if (!taken.ok) throw new Error(taken.problem.message)
}

/** Resolves with the first take that shows a problem like this. */
const shows = (bench: Bench, like: (problem: Problem) => boolean) =>
  new Promise<Take>((resolve) => {
    const stop = bench.library.subscribe((take) => {
      if (take.problem === null || !like(take.problem)) return
      stop()
      resolve(take)
    })
  })

const once = (run: () => void) => {
  let done = false
  return () => {
    if (done) return
    done = true
    run()
  }
}

const isFull = ({ code }: Problem) => code === 'disk-full'
const namesTask = ({ detail = '' }: Problem) => detail.startsWith('Task task-1')
const eventsOf = (bench: Bench) => bench.journal.events(takeId).map(({ type }) => type)

describe.skipIf(noSmallDisk !== null)(
  `a real disk that is full${noSmallDisk ? ` (${noSmallDisk})` : ''}`,
  () => {
    it.each(['beforeIntent', 'beforeWire'] as const)(
      '42 · %s: no byte is sent, the take is held and says so; with room it is sent once',
      async (moment) => {
        const { origin, count } = await stage.provider()
        const { home, fill, free } = await stage.disk()
        const bench = stage.opened(home, origin, { [moment]: once(fill) })
        await submitted(bench, home)
        const held = await bench.until(takeId, 'HELD')
        expect(held.problem).toMatchObject({ code: 'disk-full' })
        expect(held.problem?.message).toContain('nothing was sent')
        expect(count.submit).toBe(0)
        expect(eventsOf(bench)).not.toContain('wire')
        free()
        await bench.until(takeId, 'DONE')
        expect(count.submit).toBe(1)
      },
    )

    it('42 · as long as the room for its end is not kept again, nothing is sent', async () => {
      const { origin, count } = await stage.provider()
      const { home, fill, free } = await stage.disk()
      const bench = stage.opened(home, origin, { beforeIntent: once(fill) })
      const refused = shows(bench, ({ message }) => message.includes('too full to record'))
      await submitted(bench, home)
      expect(await refused).toMatchObject({ problem: { code: 'disk-full' } })
      expect([count.submit, existsSync(join(home, 'studio.db.ballast'))]).toEqual([0, false])
      free()
      await bench.until(takeId, 'DONE')
      expect([count.submit, existsSync(join(home, 'studio.db.ballast'))]).toEqual([1, true])
    })

    it('43 · the answer is noted down in the room that was kept, and the take goes on', async () => {
      const { origin, count } = await stage.provider()
      const { home, fill, free } = await stage.disk()
      let kept = true
      const bench = stage.opened(home, origin, { onAnswer: fill })
      const stop = bench.library.subscribe(({ state }) => {
        if (state === 'ACKED') kept = existsSync(join(home, 'studio.db.ballast'))
      })
      await submitted(bench, home)
      expect(await bench.until(takeId, 'ACKED')).toMatchObject({ taskId: 'task-1', problem: null })
      stop()
      expect(kept).toBe(false)
      free()
      await bench.until(takeId, 'DONE')
      expect([bench.states.includes('UNKNOWN'), count.submit]).toEqual([false, 1])
    })

    it('43 · no room was kept either: the task id is on the screen until there is room', async () => {
      const { origin, count } = await stage.provider()
      const { home, free, fillAll } = await stage.disk()
      const bench = stage.opened(home, origin, { onAnswer: fillAll })
      const told = shows(bench, namesTask)
      await submitted(bench, home)
      expect(await told).toMatchObject({
        state: 'WIRE',
        problem: {
          code: 'disk-full',
          message: expect.stringContaining('has started') as string,
          advice: expect.stringContaining('Copy the task id') as string,
          detail: 'Task task-1',
        },
      })
      expect(bench.library.show(takeId)).toMatchObject({ value: { problem: { detail: 'Task task-1' } } })
      free()
      expect(await bench.until(takeId, 'DONE')).toMatchObject({ taskId: 'task-1', problem: null })
      expect([bench.states.includes('UNKNOWN'), count.submit]).toEqual([false, 1])
    })

    it('43 · and stopped then: UNKNOWN at the next start, found again by a question, one task', async () => {
      const { origin, count } = await stage.provider()
      const { home, free, fillAll } = await stage.disk()
      const first = stage.opened(home, origin, { onAnswer: fillAll })
      const told = shows(first, namesTask)
      await submitted(first, home)
      await told
      await first.close()
      free()
      const again = stage.opened(home, origin)
      again.library.resume()
      expect(await again.until(takeId, 'DONE', 'NEEDS_USER')).toMatchObject({
        state: 'DONE',
        taskId: 'task-1',
      })
      expect(again.states).toContain('UNKNOWN')
      expect(count.submit).toBe(1)
    })

    it('43 · a start on a disk that is still full shows the take as it is, and goes on with room', async () => {
      const { origin, count } = await stage.provider()
      const { home, free, fillAll } = await stage.disk()
      const first = stage.opened(home, origin, { onAnswer: fillAll })
      const told = shows(first, namesTask)
      await submitted(first, home)
      await told
      await first.close()
      const again = stage.opened(home, origin)
      const waiting = shows(again, isFull)
      again.library.resume()
      expect(await waiting).toMatchObject({ state: 'WIRE' })
      free()
      expect((await again.until(takeId, 'DONE', 'NEEDS_USER')).state).toBe('DONE')
      expect(count.submit).toBe(1)
    })

    it('a write that the disk refuses for want of room is no failed flush', async () => {
      const { home, fill, free } = await stage.disk()
      const ballast = createReservedSpace(join(home, 'ballast'), () => undefined)
      fill()
      expect([ballast.ensure(), ballast.isDiskFull()]).toEqual([false, true])
      free()
      expect([ballast.ensure(), ballast.isDiskFull()]).toEqual([true, false])
    })
  },
)

describe('44 · a flush that fails', () => {
  it.each(['beforeIntent', 'beforeWire'] as const)(
    '%s: nothing is sent or begun any more, the user is told; a restart sends once',
    async (moment) => {
      const { origin, count } = await stage.provider()
      const failing = failingDisk()
      const fail = once(() => {
        failing.fail('flush')
      })
      const bench = stage.opened(stage.home(), origin, { [moment]: fail }, failing.ports)
      const told = shows(bench, ({ code }) => code === 'library-damaged')
      await submitted(bench, stage.home())
      expect((await told).problem?.advice).toContain('Restart Understudy')
      expect(failing.tried()).toBe(1)
      failing.fail(null)
      expect(bench.library.problem).toMatchObject({ code: 'library-damaged' })
      const other = aTake(stage.home(), { id: '01ARZ3NDEKTSV4RRFFQ69G5FAW' })
      expect(await bench.library.submit(other)).toMatchObject({
        ok: false,
        problem: { code: 'library-damaged' },
      })
      expect(await bench.library.takeBack(takeId)).toMatchObject({ ok: false })
      expect(count.submit).toBe(0)
      await bench.close()
      const again = stage.opened(stage.home(), origin)
      again.library.resume()
      await again.until(takeId, 'DONE')
      expect(count.submit).toBe(1)
    },
  )

  it('at the answer: the task id is on the screen; after a restart it is found by a question', async () => {
    const { origin, count } = await stage.provider()
    const failing = failingDisk()
    const bench = stage.opened(
      stage.home(),
      origin,
      {
        onAnswer: () => {
          failing.fail('flush')
        },
      },
      failing.ports,
    )
    const told = shows(bench, namesTask)
    await submitted(bench, stage.home())
    expect(await told).toMatchObject({ state: 'WIRE', problem: { code: 'library-damaged' } })
    expect(failing.tried()).toBe(1)
    const file = readFileSync(join(stage.home(), 'library', takeId, 'take.json'), 'utf8')
    expect(file).toContain('Task task-1')
    await bench.close()
    const again = stage.opened(stage.home(), origin)
    again.library.resume()
    expect(await again.until(takeId, 'DONE', 'NEEDS_USER')).toMatchObject({ state: 'DONE', taskId: 'task-1' })
    expect(again.states).toContain('UNKNOWN')
    expect(count.submit).toBe(1)
  })
})
