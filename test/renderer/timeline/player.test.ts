import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLoopPlayer, nextSpeed } from '../../../src/renderer/features/timeline/loop-player.ts'
import { evenEdges, type FrameSpan } from '../../../src/renderer/state/trim-window.ts'
import { createFakeLoopVideo } from '../../support/window/fake-loop-video.ts'

const edges = evenEdges({ frames: 300, duration: 10 })

function openPlayer(span: FrameSpan, start = 0) {
  const fake = createFakeLoopVideo(edges, start)
  let unplayable = 0
  const player = createLoopPlayer({
    video: fake.video,
    start,
    screen: fake.screen,
    later: fake.later,
    painted: fake.painted,
    onUnplayable: () => {
      unplayable += 1
    },
  })
  player.setPart(edges, span)
  player.show(span.from)
  fake.settle()
  return { ...fake, player, unplayable: () => unplayable }
}

/** Plays until the frames went round so often; the video reports after every so many frames. */
function playRounds(open: ReturnType<typeof openPlayer>, rounds: number, strides: readonly number[]) {
  let turns = 0
  for (let step = 0; turns < rounds && step < 5000; step += 1) {
    const before = open.shown.length
    open.run(strides[step % strides.length] ?? 1)
    open.settle()
    turns += open.shown
      .slice(before)
      .filter((frame, index, all) => index > 0 && frame < (all[index - 1] ?? 0)).length
    const [first, last] = [open.shown[before], open.shown[before - 1]]
    if (first !== undefined && last !== undefined && first < last) turns += 1
  }
  return turns
}

describe('The loop preview', () => {
  it('shows every frame of the part and no other while the machine keeps up', () => {
    const open = openPlayer({ from: 30, to: 90 })
    open.player.toggle()
    expect(playRounds(open, 2, [1])).toBeGreaterThanOrEqual(2)
    const round = Array.from({ length: 60 }, (_, index) => 30 + index)
    expect(open.shown.slice(0, 120)).toEqual([...round, ...round])
  })

  it('shows no frame outside the part and never leaves the last one out, however late it is told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 2, max: 99 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 }),
        (from, length, strides) => {
          const open = openPlayer({ from, to: from + length })
          open.player.toggle()
          expect(playRounds(open, 3, strides)).toBeGreaterThanOrEqual(3)
          expect(Math.min(...open.shown)).toBe(from)
          expect(Math.max(...open.shown)).toBe(from + length - 1)
          open.shown.forEach((frame, index) => {
            if (index > 0 && frame < (open.shown[index - 1] ?? 0)) {
              expect(frame).toBe(from)
              expect(open.shown[index - 1]).toBe(from + length - 1)
            }
          })
        },
      ),
    )
  })

  it('goes round at the end of the clip as well', () => {
    const open = openPlayer({ from: 250, to: 300 })
    open.player.toggle()
    expect(playRounds(open, 3, [1, 4])).toBeGreaterThanOrEqual(3)
    expect(new Set(open.shown)).toContain(299)
    expect(Math.min(...open.shown)).toBe(250)
  })

  it('steps frame by frame anywhere in the clip, and stops at its ends', () => {
    const open = openPlayer({ from: 30, to: 90 })
    open.player.step(1)
    open.settle()
    open.player.step(-10)
    open.settle()
    expect(open.shown).toEqual([30, 31, 21])
    open.player.step(-100)
    open.settle()
    expect(open.player.reading()).toEqual({ frame: 0, speed: 0 })
    open.player.step(1000)
    open.settle()
    expect(open.player.reading().frame).toBe(299)
  })

  it('finds every frame of a clip whose clock begins late, or before zero', () => {
    for (const start of [0.5, 3600, -0.4]) {
      const open = openPlayer({ from: 0, to: 300 }, start)
      for (const frame of [10, 119, 299, 0]) {
        open.player.show(frame)
        open.settle()
        expect(open.shown.at(-1)).toBe(frame)
      }
    }
  })

  it('follows a quick hand: the newest place counts', () => {
    const open = openPlayer({ from: 0, to: 90 })
    for (const frame of [10, 20, 30, 40]) open.player.show(frame)
    expect(open.player.reading().frame).toBe(40)
    open.settle()
    expect(open.shown.at(-1)).toBe(40)
    expect(open.shown).not.toContain(20)
  })

  it('goes backwards through every frame of the part', () => {
    const open = openPlayer({ from: 30, to: 34 })
    open.player.show(33)
    open.settle()
    open.player.shuttle(-1)
    open.settle()
    expect(open.shown.slice(1, 10)).toEqual([33, 32, 31, 30, 33, 32, 31, 30, 33])
  })

  it('is faster each time, and starts anew in the other direction', () => {
    expect([0, 1, 2, 4].map((speed) => nextSpeed(speed, 1))).toEqual([1, 2, 4, 4])
    expect([0, -1, -2, -4].map((speed) => nextSpeed(speed, -1))).toEqual([-1, -2, -4, -4])
    expect(nextSpeed(4, -1)).toBe(-1)
    expect(nextSpeed(-2, 1)).toBe(1)
  })

  it('stops where it is', () => {
    const open = openPlayer({ from: 30, to: 90 })
    open.player.toggle()
    open.run(5)
    open.player.toggle()
    open.settle()
    expect(open.isPlaying()).toBe(false)
    expect(open.player.reading()).toEqual({ frame: 35, speed: 0 })
  })

  it('comes back into the part when that was moved away while it played', () => {
    const open = openPlayer({ from: 30, to: 90 })
    open.player.toggle()
    open.run(5)
    open.player.setPart(edges, { from: 100, to: 190 })
    open.run(1)
    open.settle()
    expect(open.shown.at(-1)).toBe(100)
  })
})

describe('The times of an uneven clip', () => {
  // The first second has twice as many frames as the rest.
  const uneven = [...Array.from({ length: 60 }, (_, frame) => frame / 60), 1, 2, 3, 4]

  it('come after its picture, which is then the frame of the number that was asked for', () => {
    const fake = createFakeLoopVideo(uneven)
    const player = createLoopPlayer({
      ...fake,
      start: 0,
      onUnplayable: () => undefined,
    })
    const guessed = evenEdges({ frames: 63, duration: 4 })
    const part = { from: 0, to: 63 }
    player.setPart(guessed, part)
    player.show(30)
    fake.settle()
    player.setPart(uneven, part)
    fake.settle()
    expect(fake.shown.at(-1)).toBe(30)
    expect(player.reading().frame).toBe(30)
  })

  it('that change nothing for the shown frame seek nowhere', () => {
    const open = openPlayer({ from: 30, to: 90 })
    const before = open.video.currentTime
    open.video.currentTime = 7
    open.settle()
    open.player.setPart(edges, { from: 20, to: 80 })
    open.settle()
    expect(open.video.currentTime).not.toBe(before)
  })
})
