import { Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dropFolder } from '../support/library/library.ts'
import { commands, opening, type Model } from './model/commands.ts'
import { expectGoodEnd } from './model/oracle.ts'
import { createWorld } from './model/world.ts'

/** More of them, or the very same ones again: MODEL_RUNS=2000 MODEL_SEED=… */
const runs = Number(process.env['MODEL_RUNS'] ?? 60)
const seed = process.env['MODEL_SEED']

const hosts = new Set<unknown>()
beforeEach(() => {
  const connect = Reflect.get(Socket.prototype, 'connect') as (...args: unknown[]) => Socket
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [first] = (Array.isArray(args[0]) ? args[0] : args) as [{ readonly host?: string }]
    hosts.add(first.host)
    return connect.apply(this, args)
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('whatever the user, the provider, the clock and kill -9 do to a take', () => {
  it.each([
    ['a provider that can be asked for a lost task', true],
    ['a provider that cannot', false],
  ])(
    'it is never paid twice, lost or shown as something it is not · %s',
    async (_name, canLook) => {
      await fc.assert(
        fc.asyncProperty(opening, commands(30), async (first, steps) => {
          const world = await createWorld(canLook)
          if (first.fault !== null) world.provider.next.submit.push(first.fault)
          world.doom(first.doom)
          try {
            const model: Model = { submitted: false }
            await fc.asyncModelRun(() => ({ model, real: world }), steps)
            await expectGoodEnd(world)
          } finally {
            await world.end()
            dropFolder(world.folder)
          }
        }),
        { numRuns: runs, ...(seed !== undefined && { seed: Number(seed) }) },
      )
      expect([...hosts]).toEqual(['127.0.0.1'])
    },
    600_000,
  )
})
