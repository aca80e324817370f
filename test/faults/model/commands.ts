import fc from 'fast-check'
import { expect } from 'vitest'
import type { TakeEventType } from '../../../src/main/takes/take-event.ts'
import { takeId, type Bench } from '../../support/library/library.ts'
import { downloadFaults, statusFaults, submitFaults } from './flaky-provider.ts'
import { expectInvariants } from './oracle.ts'
import { agreed, overlooked, type Doom, type World } from './world.ts'

/** All that decides which commands make sense; everything else is read from the world. */
export type Model = { submitted: boolean }
type Command = fc.AsyncCommand<Model, World>

const day = 24 * 60 * 60_000

/** A step that is always followed by the question whether everything still holds. */
const command = (
  name: string,
  run: (world: World, model: Model) => Promise<unknown>,
  check: (model: Model) => boolean = ({ submitted }) => submitted,
): Command => ({
  check: (model) => check(model),
  run: async (model, world) => {
    await run(world, model)
    expectInvariants(world)
  },
  toString: () => name,
})

const always = () => true
const user = (name: string, ask: (bench: Bench) => ReturnType<Bench['library']['giveUp']>) =>
  command(name, (world) => world.wish(ask))

/** The task the user finds in the provider's own console: the one of the newest attempt. */
const adoptRight = async (world: World) => {
  const owns = world.ownIdsOf(takeId)
  const task = world.provider.tasks.findLast(({ own }) => owns.has(own))
  if (task) await world.wish(({ library }) => library.adopt(takeId, task.id))
}

/** A take that is being sent continues; of all others, nothing is sent. */
const pauseAndWait = async (world: World) => {
  await world.wish(({ library }) => library.pauseQueue(true))
  const { state } = world.seen() ?? { state: null }
  const posts = () => world.provider.allDealings().reduce((sum, dealings) => sum + dealings.posts, 0)
  const before = posts()
  for (let times = 0; times < 3; times += 1) await world.wakeNext()
  if (state !== 'INTENT' && state !== 'WIRE') expect(posts(), 'nothing is sent while paused').toBe(before)
}

const finish = (status: 'succeed' | 'failed') =>
  command(`the task ends: ${status}`, async ({ provider }) => {
    const task = provider.tasks.find((one) => one.status === 'processing')
    if (task) task.status = status
  })

const points: readonly Doom['type'][] = [
  'added',
  'prepared',
  'upload-started',
  'uploaded',
  'ready',
  'intent',
  'wire',
  'accepted',
  'unknown',
  'ask-user',
  'refused',
  'held',
  'released',
  'check-again',
  'remote-done',
  'remote-failed',
  'download-started',
  'link-lost',
  'verified',
  'done',
  'given-up',
  'cancelled',
  'restarted',
] satisfies readonly (TakeEventType | 'added')[]

/** Most often between the decision to send and the answer: there a kill may cost money. */
const critical = ['intent', 'wire', 'wire', 'accepted', 'accepted', 'unknown'] as const
const doom: fc.Arbitrary<Doom> = fc.record({
  type: fc.constantFrom(...points, ...critical),
  when: fc.constantFrom('before', 'after'),
})

const several = (name: string, times: number) =>
  command(name, async (world) => {
    for (let time = 0; time < times; time += 1) await world.wakeNext()
  })

/** Time passes more often than anything else happens. */
const time = [several('time passes', 1), several('time passes thrice', 3), several('long time passes', 12)]

const steady: readonly Command[] = [
  ...time,
  command('submit again, agreed', (world) => world.submitAgain(agreed)),
  command('submit again, not agreed', (world) => world.submitAgain(overlooked)),
  command('kill', (world) => world.kill()),
  command('kill', (world) => world.kill()),
  command('restart', (world) => world.restart()),
  command('the line is cut', async (world) => {
    world.provider.cut()
    await world.wish(({ library }) => library.checkAgain(takeId))
  }),
  finish('succeed'),
  finish('succeed'),
  finish('failed'),
  command('the provider shows everything', async ({ provider }) => {
    for (const task of provider.tasks) task.visible = true
  }),
  user('check again', ({ library }) => library.checkAgain(takeId)),
  user('give up', ({ library }) => library.giveUp(takeId)),
  user('cancel', ({ library }) => library.cancel(takeId)),
  user('cancel', ({ library }) => library.cancel(takeId)),
  command('adopt', adoptRight),
  command('time passes while the queue is paused', pauseAndWait, always),
  command('time passes while the queue is paused', pauseAndWait, always),
  command('resume the queue', (world) => world.wish(({ library }) => library.pauseQueue(false)), always),
  command('the key is gone for a while', async (world) => {
    world.setKey(false)
    for (let times = 0; times < 3; times += 1) await world.wakeNext()
  }),
  command('the key is back', async ({ setKey }) => {
    setKey(true)
  }),
  command('the clock jumps on', async ({ time: clock }) => clock.jump(day), always),
  command('the clock jumps back', async ({ time: clock }) => clock.jump(-day), always),
]

const submit = (consent: typeof agreed, name: string) =>
  command(
    name,
    async (world, model) => {
      await world.submit(consent)
      model.submitted = world.seen() !== undefined
    },
    always,
  )

const faulty = (name: string, plan: (world: World) => unknown) =>
  command(name, async (world) => plan(world), always)

const fault = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...submitFaults)
      .map((kind) => faulty(`next submit: ${kind}`, ({ provider }) => provider.next.submit.push(kind))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...statusFaults)
      .map((kind) => faulty(`next status: ${kind}`, ({ provider }) => provider.next.status.push(kind))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...downloadFaults)
      .map((kind) => faulty(`next download: ${kind}`, ({ provider }) => provider.next.download.push(kind))),
  },
  {
    weight: 2,
    arbitrary: doom.map((next) =>
      faulty(`killed ${next.when} “${next.type}” is written`, (world) => {
        world.doom(next)
      }),
    ),
  },
)

const step = fc.oneof(
  { weight: 2, arbitrary: fc.constant(submit(agreed, 'submit twice at once')) },
  { weight: 1, arbitrary: fc.constant(submit(overlooked, 'submit, not agreed')) },
  { weight: 4, arbitrary: fc.constantFrom(...time) },
  { weight: 8, arbitrary: fc.constantFrom(...steady) },
  { weight: 4, arbitrary: fault },
)

/** What becomes of the first submit, and where the first life ends: most stories begin with trouble. */
export const opening = fc.record({
  fault: fc.option(fc.constantFrom(...submitFaults), { freq: 3 }),
  doom: fc.option(doom, { freq: 2 }),
})

export const commands = (size: number) => fc.commands([step], { maxCommands: size, size: 'max' })
