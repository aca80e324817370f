import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createShownFrames } from '../../../../src/renderer/features/compare/engine/shown-frames.ts'
import { FakePictures, numberOn, stubCanvases } from '../../../support/window/fake-frames.ts'
import { FakeScreen } from '../../../support/window/fake-players.ts'

beforeAll(stubCanvases)
afterAll(() => {
  vi.unstubAllGlobals()
})

function opened() {
  const screen = new FakeScreen()
  const pictures = new FakePictures(screen)
  const failed: number[] = []
  const shown = createShownFrames((side) => failed.push(side))
  const reads: number[] = []
  const done: boolean[] = []
  /** Frame 3 of side 1 carries the number 103. */
  const show = (...frames: readonly number[]) => {
    const open: VideoFrame[] = []
    shown.show(
      frames.map((frame, side) => ({ side, frame, soft: false })),
      ({ side, frame }) => {
        reads.push(side * 100 + frame)
        const picture = pictures.make(side * 100 + frame, frame)
        open.push(picture)
        return picture
      },
      (changed) => done.push(changed),
    )
    // A source may close its frame as soon as another one is wanted.
    for (const picture of open) picture.close()
  }
  const numbers = () => shown.all().map(({ image }) => numberOn(image))
  return { screen, pictures, shown, failed, done, reads, show, numbers }
}

describe('the frames that are painted', () => {
  it('are copies: their sources may close theirs', async () => {
    const { screen, show, numbers, done, pictures } = opened()
    pictures.readTime = () => 50
    show(3, 4)
    await screen.advance(100)
    expect(numbers()).toEqual([3, 104])
    expect(done).toEqual([true])
    expect(pictures.open).toBe(0)
  })

  it('change all at one moment, however long one of them takes', async () => {
    const { screen, show, numbers, shown, pictures } = opened()
    show(1, 1)
    await screen.advance(10)
    const times = [5, 200]
    pictures.readTime = () => times.shift() ?? 0
    show(2, 2)
    await screen.advance(150)
    expect(shown.isBusy()).toBe(true)
    expect(numbers()).toEqual([1, 101])
    await screen.advance(100)
    expect(shown.isBusy()).toBe(false)
    expect(numbers()).toEqual([2, 102])
  })

  it('are not read again where they stay the same', async () => {
    const { screen, show, numbers, done, pictures } = opened()
    show(1, 1)
    await screen.advance(10)
    let read = 0
    pictures.readTime = () => {
      read += 1
      return 0
    }
    show(1, 2)
    await screen.advance(10)
    expect(read).toBe(1)
    expect(numbers()).toEqual([1, 102])
    show(1, 2)
    expect(read).toBe(1)
    expect(done).toEqual([true, true, false])
  })

  it('are the newest that were asked for; those between are left out', async () => {
    const { screen, show, numbers, done, pictures } = opened()
    pictures.readTime = () => 20
    for (const frame of [1, 2, 3, 4]) show(frame, frame)
    await screen.advance(100)
    expect(numbers()).toEqual([4, 104])
    expect(done).toEqual([true, true])
  })

  it('stay what they are where one is not there', async () => {
    const { screen, shown, show, numbers, done } = opened()
    show(1, 1)
    await screen.advance(10)
    shown.show(
      [{ side: 0, frame: 2, soft: false }],
      () => null,
      (changed) => done.push(changed),
    )
    await screen.advance(10)
    expect(numbers()).toEqual([1, 101])
    expect(done).toEqual([true])
  })

  it('can be fewer sides and more again', async () => {
    const { screen, show, numbers } = opened()
    for (const [frames, expected] of [
      [
        [1, 1],
        [1, 101],
      ],
      [[1], [1]],
      [
        [1, 5],
        [1, 105],
      ],
    ] as const) {
      show(...frames)
      await screen.advance(10)
      expect(numbers()).toEqual(expected)
    }
  })

  it('stay a pair where one can not be read, and the side is named', async () => {
    const { screen, show, numbers, failed, done, pictures } = opened()
    show(1, 1)
    await screen.advance(10)
    const times = [0, null]
    pictures.readTime = () => times.shift() ?? null
    show(2, 2)
    await screen.advance(10)
    expect(failed).toEqual([1])
    expect(numbers()).toEqual([1, 101])
    expect(done).toEqual([true])
    expect(pictures.open).toBe(0)
  })

  it('are not painted any more after the end', async () => {
    const { screen, shown, show, done, pictures } = opened()
    pictures.readTime = () => 20
    show(1, 1)
    shown.close()
    await screen.advance(100)
    expect(done).toEqual([])
    expect(shown.all()).toEqual([])
    expect(pictures.open).toBe(0)
  })
})
