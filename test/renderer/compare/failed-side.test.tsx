import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { createReadings, type PairStatus } from '../../../src/renderer/features/compare/pair-types.ts'
import type { PlayState } from '../../../src/renderer/features/compare/play-state.ts'
import { usePlayerPair, type PairInPage } from '../../../src/renderer/features/compare/use-player-pair.ts'
import type { Until } from '../../../src/renderer/lib/ask-until.ts'
import type { PlayableVideo } from '../../../src/shared/domain/views.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { FakePlayer, FakeScreen, steadyTimes } from '../../support/window/fake-players.ts'

/** What the window does about a side that two players can't play. */

const shape = { frameTimes: steadyTimes(30, 10), duration: 10 }
const video = (url: string): PlayableVideo => ({
  ...shape,
  url,
  width: 640,
  height: 360,
  clockStart: 0,
  hasSound: false,
})
const copy = video('/media/copy')
const gone = fail('file-missing', 'The result of this take is no longer there.', { advice: 'Put it back.' })

afterEach(cleanup)

type Asked = {
  readonly side: string
  readonly until: Until
  readonly answer: (copy: Outcome<PlayableVideo>) => void
}

function open(from: PlayState | null = null) {
  const screen = new FakeScreen()
  const player = () => new FakePlayer(screen, shape)
  const players = { reference: player(), result: player() }
  // The hook uses no more of an element than a player has.
  const ref = (one: FakePlayer) => ({ current: one as unknown as HTMLVideoElement })
  const refs = { reference: ref(players.reference), result: ref(players.result) }
  const asked: Asked[] = []
  const phases: string[] = []
  const videos = { reference: video('/media/reference'), result: video('/media/result') }
  const readings = createReadings()
  const onSync = () => undefined
  const { result: shown, unmount } = renderHook((): PairInPage => {
    const page = usePlayerPair({
      videos,
      before: () => from,
      leads: [0, 0],
      copyOf: (side, until) =>
        new Promise((resolve) => {
          asked.push({ side, until, answer: resolve })
        }),
      refs,
      readings,
      volume: 1,
      onSync,
    })
    phases.push(page.status.phase)
    return page
  })
  const breaks = (error: object | null = {}) => {
    act(() => {
      players.result.error = error
      players.result.dispatchEvent(new Event('error'))
    })
  }
  const answer = async (outcome: Outcome<PlayableVideo>) => {
    await act(async () => {
      asked.at(-1)?.answer(outcome)
      await Promise.resolve()
    })
  }
  return { shown, unmount, screen, players, asked, phases, breaks, answer }
}

it('copies it once, says how far that is, and never calls it failed on the way to its copy', async () => {
  const { shown, asked, phases, breaks, answer, players } = open()
  breaks()
  expect(asked.map(({ side }) => side)).toEqual(['result'])
  expect(shown.current.making).toEqual({ side: 'result', fraction: null })
  act(() => asked[0]?.until.onProgress?.(0.5))
  expect(shown.current.making).toEqual({ side: 'result', fraction: 0.5 })
  // Its element loads the copy.
  players.result.error = null
  await answer(ok(copy))
  expect(shown.current.videos?.result).toBe(copy)
  expect(shown.current).toMatchObject({ making: null, failed: null })
  expect(phases).not.toContain('failed')
})

it('says why there is no copy, stays where it was, and asks again on request', async () => {
  const { shown, asked, breaks, answer } = open()
  const { pair } = shown.current
  breaks()
  await answer(gone)
  expect(shown.current.status.phase).toBe('failed')
  expect(shown.current.failed).toMatchObject({ side: 'result', problem: gone.problem })
  expect(shown.current.pair).toBe(pair)
  act(() => shown.current.failed?.again())
  expect(asked).toHaveLength(2)
  expect(shown.current).toMatchObject({ failed: null, making: { side: 'result' } })
})

it('says so where the copy can’t be played either', async () => {
  const { shown, asked, breaks, answer, players } = open()
  breaks()
  players.result.error = null
  await answer(ok(copy))
  breaks()
  expect(asked).toHaveLength(1)
  expect(shown.current.failed).toMatchObject({ side: 'result', problem: null })
})

it('goes on where and how it was when it broke in the middle of playing', async () => {
  const from: PlayState = {
    ...{ time: 3, plays: true, speed: 0.5, sound: 'none' },
    loop: { on: true, from: 2, to: 5 },
  }
  const { shown, breaks, answer, players, asked, screen } = open(from)
  const kept: Partial<PairStatus> = { phase: 'playing', speed: 0.5, sound: 'none', loop: from.loop }
  expect(shown.current.status).toMatchObject(kept)
  expect(shown.current.pair?.reading().time).toBeCloseTo(3)
  players.reference.currentTime = 3
  await screen.advance(100)
  breaks()
  players.result.error = null
  await answer(ok(copy))
  expect(shown.current.status).toMatchObject(kept)
  expect(shown.current.pair?.reading().time).toBeCloseTo(3)
  // The other side is no beginner any more, and nothing is wrong with it.
  expect(asked.map(({ side }) => side)).toEqual(['result'])
})

it('begins where one went while it was being copied', async () => {
  const { shown, breaks, answer, players } = open()
  breaks()
  act(() => shown.current.pair?.seek(4))
  players.result.error = null
  await answer(ok(copy))
  expect(shown.current.pair?.reading().time).toBeCloseTo(4)
})

it('cancels a copy that nobody waits for any more', () => {
  const { asked, breaks, unmount } = open()
  breaks()
  expect(asked[0]?.until.signal.aborted).toBe(false)
  unmount()
  expect(asked[0]?.until.signal.aborted).toBe(true)
})
