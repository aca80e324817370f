import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import { stateBehindHold, type Attempt } from '../../../src/main/takes/attempt.ts'
import type { Take, TakeState } from '../../../src/shared/domain/take.ts'
import { isResult, resultOf } from './flaky-provider.ts'
import type { World } from './world.ts'

/** States in which an attempt says that nothing of it was sent. */
const unsent = new Set<TakeState>([
  'DRAFT',
  'PREPARING',
  'PREPARED',
  'UPLOADING',
  'UPLOADED',
  'READY',
  'INTENT',
])
/** States in which it says that a task runs, or ran, at the provider. */
const started = new Set<TakeState>([
  'ACKED',
  'REMOTE_DONE',
  'DOWNLOADING',
  'VERIFIED',
  'DONE',
  'REMOTE_FAILED',
])
/** States that make no sense without a reason. */
const explained = new Set<TakeState>(['HELD', 'NEEDS_USER', 'REJECTED', 'REMOTE_FAILED', 'EXPIRED'])
const atRest = new Set<TakeState>([
  'DRAFT',
  'DONE',
  'REJECTED',
  'REMOTE_FAILED',
  'EXPIRED',
  'ABANDONED',
  'NEEDS_USER',
])

/** Every file of the studio, but for the room it keeps for itself, which is noise. */
const filesOf = (home: string) =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ballast'))
    .map((entry) => join(entry.parentPath, entry.name))

const attemptOf = (world: World, id: string): Attempt => {
  const found = world.bench().library.record(id)
  if (!found.ok) throw new Error(found.problem.message)
  return found.value.attempt
}

/** I1: one attempt is one task, one yes of the user is one task, and nothing is sent again after it may have begun. */
function expectPaidOnce({ provider, consents }: World): void {
  const owns = provider.tasks.map(({ own }) => own)
  expect(new Set(owns).size, 'one task for each attempt').toBe(owns.length)
  expect(owns.length, 'no task without a yes').toBeLessThanOrEqual(consents())
  const blind = provider.allDealings().reduce((sum, { blindPosts }) => sum + blindPosts, 0)
  expect(blind, 'nothing is sent again after it may have begun').toBe(0)
}

/** I2: what the user reads about a take is so. */
function expectTrue(world: World, take: Take): void {
  const { provider } = world
  const attempt = attemptOf(world, take.id)
  const dealings = provider.dealings(attempt.ownId)
  const task = provider.tasks.find(({ id }) => id === attempt.taskId)
  const says = `${take.state} of attempt ${take.attempt}`
  if (unsent.has(stateBehindHold(attempt))) expect(dealings.unclear, `${says}: nothing was sent`).toBe(false)
  if (take.state === 'WIRE') expect(provider.hanging(), `${says}: a request is under way`).toBeGreaterThan(0)
  if (started.has(stateBehindHold(attempt))) expect(task, `${says}: there is a task`).toBeDefined()
  if (attempt.taskId !== null)
    expect([...world.ownIdsOf(take.id)], `${says}: the task is its own`).toContain(task?.own)
  if (take.state === 'REMOTE_FAILED') expect(task?.status, says).toBe('failed')
  if (take.state === 'REJECTED') expect(dealings, says).toMatchObject({ refused: true, unclear: false })
  if (explained.has(take.state)) expect(take.problem?.message, `${says}: a reason`).toMatch(/\S/)
  if (take.state === 'DONE') {
    const path = world.bench().library.resultPath(take.id)
    expect(task?.status, says).toBe('succeed')
    expect(path.ok && existsSync(path.value) && readFileSync(path.value), `${says}: the whole file`).toEqual(
      resultOf(attempt.taskId ?? ''),
    )
  }
}

/** What must be so whenever nothing moves. */
export function expectInvariants(world: World): void {
  const { provider, folder } = world
  const takes = world.bench().library.list()
  expectPaidOnce(world)
  for (const take of takes) expectTrue(world, take)
  const followed = takes.map(({ taskId }) => taskId).filter((id) => id !== null)
  expect(new Set(followed).size, 'one take for each task').toBe(followed.length)
  const paid = world.bench().journal.spend().length
  expect(paid, 'every task stands in the ledger').toBeGreaterThanOrEqual(provider.tasks.length)
  // I3.
  for (const path of filesOf(folder))
    if (basename(path) === 'result.mp4') expect(isResult(readFileSync(path)), path).toBe(true)
}

const shown = (world: World) =>
  world
    .bench()
    .library.list()
    .map(({ id, state, attempt, taskId }) => ({ id, state, attempt, taskId }))

/** The key is right, nothing kills any more, and the provider is well again and ends whatever it has begun. */
function mend({ provider, doom, setKey }: World): void {
  doom(null)
  setKey(true)
  for (const faults of Object.values(provider.next)) faults.length = 0
  for (const task of provider.tasks) {
    task.visible = true
    if (task.status === 'processing') task.status = 'succeed'
  }
  provider.cut()
}

/** Lets time go on until every take is at rest; none may be on its way for ever. */
async function rest(world: World): Promise<void> {
  const open = () =>
    world
      .bench()
      .library.list()
      .filter(({ state }) => !atRest.has(state))
  for (let steps = 0; open().length > 0; steps += 1) {
    if (steps > 300)
      throw new Error(
        `for ever: ${open()
          .map(({ state }) => state)
          .join()}`,
      )
    mend(world)
    await world.wakeNext()
  }
}

/** The end of all trouble: the provider is well, whatever ran is done, and the user asks once more about what is open. */
export async function expectGoodEnd(world: World): Promise<void> {
  const { provider, folder } = world
  mend(world)
  await world.wish(({ library }) => library.pauseQueue(false))
  await world.calm()
  await rest(world)
  for (const { id, state } of world.bench().library.list())
    if (state === 'NEEDS_USER') await world.wish(({ library }) => library.checkAgain(id))
  await rest(world)
  expectInvariants(world)

  const found = new Set(
    world
      .bench()
      .library.list()
      .map(({ taskId }) => taskId),
  )
  const now = world.seen()
  const newest = now && attemptOf(world, now.id).ownId
  if (world.canLook && now && now.state !== 'ABANDONED')
    for (const { id, own } of provider.tasks)
      if (own === newest) expect(found, 'no paid task is lost').toContain(id)

  // I4 and I5.
  const names = filesOf(folder)
  expect(names.filter((name) => /\.(?:part|new)\b/.test(name))).toEqual([])
  for (const name of names) expect(readFileSync(name, 'latin1'), name).not.toContain('canary')

  // I7.
  const [before, posts] = [shown(world), provider.allDealings()]
  await world.restart()
  await rest(world)
  expect(shown(world)).toEqual(before)
  expect(provider.allDealings()).toEqual(posts)
  expectInvariants(world)
}
