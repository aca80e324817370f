import { expect, it } from 'vitest'
import { openInBackground } from '../../../../src/renderer/features/compare/engine/background-copies.ts'

/** Time passes when a test says so. */
function world() {
  const log: string[] = []
  const state = { quiet: true, busy: false }
  const stop = new AbortController()
  let wake: (() => void)[] = []
  const finish = new Map<number, () => void>()
  const done = openInBackground({
    sides: [0, 2],
    isQuiet: () => state.quiet,
    isBusy: () => state.busy,
    open: (side, signal) =>
      new Promise((resolve, reject) => {
        log.push(`begin ${String(side)}`)
        finish.set(side, resolve)
        signal.addEventListener('abort', () => {
          log.push(`end ${String(side)}`)
          reject(new Error('ended'))
        })
      }),
    wait: () => new Promise((resolve) => (wake = [...wake, resolve])),
    signal: stop.signal,
  }).then(() => log.push('over'))
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  return {
    ...{ log, state, stop, done },
    tick: async () => {
      const woken = wake
      wake = []
      for (const resolve of woken) resolve()
      await settle()
    },
    finish: async (side: number) => {
      finish.get(side)?.()
      await settle()
    },
  }
}

it('copies are opened one after the other', async () => {
  const { log, tick, finish, done } = world()
  await tick()
  await tick()
  expect(log).toEqual(['begin 0'])
  await finish(0)
  await tick()
  expect(log).toEqual(['begin 0', 'begin 2'])
  await finish(2)
  await done
  expect(log).toEqual(['begin 0', 'begin 2', 'over'])
})

it('none is begun while the first picture is awaited or it plays', async () => {
  const { log, state, tick } = world()
  state.quiet = false
  await tick()
  await tick()
  expect(log).toEqual([])
  state.quiet = true
  await tick()
  expect(log).toEqual(['begin 0'])
})

it('one is given up for what plays and can’t keep up, and begun again later', async () => {
  const { log, state, tick, finish } = world()
  await tick()
  Object.assign(state, { quiet: false, busy: true })
  await tick()
  await tick()
  expect(log).toEqual(['begin 0', 'end 0'])
  Object.assign(state, { quiet: true, busy: false })
  await tick()
  await finish(0)
  await tick()
  expect(log).toEqual(['begin 0', 'end 0', 'begin 0', 'begin 2'])
})

it('nothing is made any more once the comparison is left', async () => {
  const { log, stop, tick, done } = world()
  await tick()
  stop.abort()
  await done
  expect(log).toEqual(['begin 0', 'end 0', 'over'])
})
