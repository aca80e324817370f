import { expect, it } from 'vitest'
import { createBackgroundCopies } from '../../../../src/renderer/features/compare/engine/background-copies.ts'

/** Time passes when a test says so. */
function world() {
  const log: string[] = []
  const state = { quiet: true, busy: false }
  const stop = new AbortController()
  let wake: (() => void)[] = []
  const finish = new Map<string, () => void>()
  const copies = createBackgroundCopies({
    isQuiet: () => state.quiet,
    isBusy: () => state.busy,
    open: (side, signal) =>
      new Promise((resolve, reject) => {
        log.push(`begin ${side}`)
        finish.set(side, resolve)
        signal.addEventListener('abort', () => {
          log.push(`end ${side}`)
          reject(new Error('ended'))
        })
      }),
    wait: () => new Promise((resolve) => (wake = [...wake, resolve])),
    signal: stop.signal,
  })
  const want = (sides: readonly string[]) => copies.want(sides).then(() => log.push('over'))
  const done = want(['a', 'c'])
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  return {
    ...{ log, state, stop, want, done },
    tick: async () => {
      const woken = wake
      wake = []
      for (const resolve of woken) resolve()
      await settle()
    },
    finish: async (side: string) => {
      finish.get(side)?.()
      await settle()
    },
  }
}

it('copies are opened one after the other', async () => {
  const { log, tick, finish, done } = world()
  await tick()
  await tick()
  expect(log).toEqual(['begin a'])
  await finish('a')
  await tick()
  expect(log).toEqual(['begin a', 'begin c'])
  await finish('c')
  await done
  expect(log).toEqual(['begin a', 'begin c', 'over'])
})

it('none is begun while the first picture is awaited or it plays', async () => {
  const { log, state, tick } = world()
  state.quiet = false
  await tick()
  await tick()
  expect(log).toEqual([])
  state.quiet = true
  await tick()
  expect(log).toEqual(['begin a'])
})

it('one is given up for what plays and can’t keep up, and begun again later', async () => {
  const { log, state, tick, finish } = world()
  await tick()
  Object.assign(state, { quiet: false, busy: true })
  await tick()
  await tick()
  expect(log).toEqual(['begin a', 'end a'])
  Object.assign(state, { quiet: true, busy: false })
  await tick()
  await finish('a')
  await tick()
  expect(log).toEqual(['begin a', 'end a', 'begin a', 'begin c'])
})

it('nothing is made any more once the comparison is left', async () => {
  const { log, stop, tick, done } = world()
  await tick()
  stop.abort()
  await done
  expect(log).toEqual(['begin a', 'end a', 'over'])
})

it('a side that is gone gets no copy any more, and one that comes gets it after the others', async () => {
  const { log, want, tick, finish, done } = world()
  await tick()
  void want(['c', 'd'])
  await tick()
  expect(log).toEqual(['begin a', 'end a'])
  await tick()
  await finish('c')
  await tick()
  await finish('d')
  await done
  expect(log.slice(2)).toEqual(['begin c', 'begin d', 'over', 'over'])
})

it('a side that was not wanted for a while gets its copy once more', async () => {
  const { log, want, tick, finish, done } = world()
  await tick()
  await finish('a')
  void want([])
  await tick()
  await done
  void want(['a'])
  await tick()
  expect(log.filter((line) => line !== 'over')).toEqual(['begin a', 'begin a'])
})
