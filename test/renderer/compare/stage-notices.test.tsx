import '@testing-library/jest-dom/vitest'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { firstStatus, type PairStatus } from '../../../src/renderer/features/compare/pair-types.ts'
import { StageNotices } from '../../../src/renderer/features/compare/StageNotices.tsx'
import type { ComparisonInPage } from '../../../src/renderer/features/compare/use-comparison.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const still: PairStatus = { ...firstStatus('none'), phase: 'paused', settled: true }

const playing = (
  status: Partial<PairStatus>,
  change: Partial<Pick<ComparisonInPage, 'copies' | 'engine' | 'playWhole' | 'playCopies'>> = {},
): ComparisonInPage => ({
  pair: null,
  status: { ...still, ...status },
  engine: { kind: 'frames' },
  copies: [],
  silent: false,
  sharp: () => Promise.resolve(),
  opening: false,
  videos: null,
  making: null,
  failed: null,
  playSmoother: vi.fn(),
  playCopies: vi.fn(),
  playWhole: null,
  ...change,
})

const shown = (of: ComparisonInPage, takes = 1) => (
  <StageNotices playing={of} takes={takes} nameOf={() => 'the result'} />
)

const wait = (time: number) =>
  act(() => {
    vi.advanceTimersByTime(time)
  })

it('a seek that takes long says so, and then that the picture is not the sharp one yet', () => {
  const { container, rerender } = render(shown(playing({ settled: false })))
  wait(200)
  expect(container).toBeEmptyDOMElement()
  wait(200)
  expect(container).toHaveTextContent('Seeking…')
  rerender(shown(playing({ settled: false, sharpening: true })))
  expect(container).toBeEmptyDOMElement()
  wait(400)
  expect(container).toHaveTextContent('Sharpening…')
  rerender(shown(playing({})))
  expect(container).toBeEmptyDOMElement()
})

it('playing slower offers smaller copies only while none play', () => {
  const { rerender } = render(shown(playing({ phase: 'playing', slow: true })))
  expect(screen.getByRole('button', { name: 'Use smaller copies' })).toBeVisible()
  rerender(shown(playing({ phase: 'playing', slow: true }, { copies: ['a'] })))
  expect(screen.getByRole('status')).toHaveTextContent('Smaller copies play, and still slower.')
  expect(screen.queryByRole('button', { name: 'Use smaller copies' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Play smoother, up to a frame off' })).toBeVisible()
})

it('two players say how exact they are, that one take is shown at a time, and the way back', () => {
  const back = { playWhole: vi.fn() }
  const two = (why: 'chosen' | 'unreadable') =>
    playing({}, { ...back, engine: { kind: 'video', why, side: 'the result' } })
  const { rerender } = render(shown(two('chosen')))
  expect(screen.getByRole('status')).toHaveTextContent('It plays smoother, up to a frame off.')
  rerender(shown(two('unreadable'), 3))
  expect(screen.getByRole('status')).toHaveTextContent(
    'Two video players show it, one take at a time, up to a frame off.',
  )
  act(() => {
    screen.getByRole('button', { name: 'Exact frames again' }).click()
  })
  expect(back.playWhole).toHaveBeenCalledOnce()
})
