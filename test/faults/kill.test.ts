import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goodResult, takeId } from '../support/library/library.ts'
import { beginLife } from './begin-life.ts'
import type { Plan } from './life.ts'
import { expectCell, faultStage, type ServedTier } from './studio.ts'
import { takeOf, type Tier } from './tiers.ts'

const stage = faultStage()
const tiers: readonly Tier[] = ['A', 'B', 'C']

/** Every file in the home of the studio, from there. */
const filesOf = (home: string) =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1))

/** The next start after a kill: it goes on by itself, and one more start changes nothing. */
async function expectHome(served: ServedTier, cell: { readonly tasks: number; readonly asked: boolean }) {
  const bench = served.open()
  const known = bench.library.show(takeId).ok
  bench.library.resume()
  // Where not even the wish was written down, the user sees that, and wishes again.
  if (!known) await bench.library.submit(takeOf(served.tier, stage.folder()))
  const { state } = await bench.until(takeId, 'DONE', 'NEEDS_USER', 'DRAFT', 'REJECTED')
  expect(state).toBe(cell.asked ? 'NEEDS_USER' : 'DONE')
  expectCell({ ...served, bench }, { ...cell, posts: served.posts(), spend: cell.asked ? 'open' : 'done' })
  // One task is one request; a second one could only have come from a second submit.
  expect(served.posts()).toBeLessThanOrEqual(1)
  await bench.close()
  const again = served.open()
  again.library.resume()
  expect((await again.until(takeId, state)).state).toBe(state)
  expect(served.tasks()).toBe(cell.tasks)
  await again.close()
  const home = stage.folder()
  const result = join(home, 'library', takeId, 'result.mp4')
  expect(existsSync(result) && readFileSync(result).equals(goodResult)).toBe(!cell.asked)
  expect(filesOf(home).filter((name) => /\.(part|new)\b/.test(name))).toEqual([])
  for (const name of filesOf(home)) expect(readFileSync(join(home, name), 'latin1')).not.toContain('canary')
}

async function killed(tier: Tier, at: Plan['at'], when: Plan['when']) {
  const served = await stage.serve(tier)
  const life = beginLife({ folder: stage.folder(), origin: served.origin, tier, at, when })
  expect(await life.ended).toBe('SIGKILL')
  return served
}

/** The points at which something is written down, in the order of a take's life. */
const points = [
  'added',
  'prepared',
  'upload-started',
  'uploaded',
  'ready',
  'intent',
  'remote-done',
  'download-started',
  'verified',
  'done',
] as const

describe('kill -9 at a write of the journal', () => {
  for (const point of points)
    for (const when of ['before', 'after'] as const)
      it.each(tiers)(
        `39, 59, 71 · ${when} “${point}” · tier %s: it goes on by itself, one task, nobody is asked`,
        async (tier) => {
          await expectHome(await killed(tier, point, when), { tasks: 1, asked: false })
        },
      )

  it.each(tiers)(
    '39 · before WIRE is written · tier %s: nothing was sent, it goes on by itself',
    async (tier) => {
      await expectHome(await killed(tier, 'wire', 'before'), { tasks: 1, asked: false })
    },
  )

  it.each(tiers)('40 · when WIRE is written and nothing is sent · tier %s: asked, no task', async (tier) => {
    await expectHome(await killed(tier, 'wire', 'after'), { tasks: 0, asked: true })
  })

  it.each(tiers)(
    '41 · when the answer is there and its task id is not written · tier %s: found where that is possible, one task',
    async (tier) => {
      await expectHome(await killed(tier, 'accepted', 'before'), { tasks: 1, asked: tier === 'C' })
    },
  )

  it.each(tiers)('59 · when the task id is written · tier %s: followed to its end', async (tier) => {
    await expectHome(await killed(tier, 'accepted', 'after'), { tasks: 1, asked: false })
  })
})

describe('kill -9 in the middle of the request', () => {
  it.each(tiers)(
    '40 · the server has the whole request and its answer is on its way · tier %s: one task, found or asked',
    async (tier) => {
      const served = await stage.serve(tier, { fault: (nth) => (nth === 1 ? { kind: 'hang' } : undefined) })
      const plan = { folder: stage.folder(), origin: served.origin, tier, at: null, when: 'after' } as const
      const life = beginLife(plan)
      await served.proxy.swallowed
      await life.kill()
      await expectHome(served, { tasks: 1, asked: tier === 'C' })
    },
  )

  it.each(tiers)(
    '40 · half of the request has left · tier %s: no task, and the user is asked',
    async (tier) => {
      const served = await stage.serve(tier, {
        fault: (nth) => (nth === 1 ? { kind: 'cut-request', bytes: 30 } : undefined),
      })
      const plan = {
        folder: stage.folder(),
        origin: served.origin,
        tier,
        at: 'unknown',
        when: 'before',
      } as const
      await beginLife(plan).ended
      await expectHome(served, { tasks: 0, asked: true })
    },
  )
})
