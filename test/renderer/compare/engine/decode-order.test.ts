import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  longestGroup,
  orderPackets,
  type PacketTiming,
} from '../../../../src/renderer/features/compare/engine/decode-order.ts'
import { steadyTimes } from '../../../support/window/fake-players.ts'

/** Packets in the order of decoding, by the number of the picture; a key has an exclamation mark. */
const packets = (text: string, first = 0): readonly PacketTiming[] =>
  text.split(' ').map((word) => ({ time: first + parseInt(word) / 30, key: word.endsWith('!') }))

const frames = (count: number) => steadyTimes(30, count / 30)

describe('matching packets to frames', () => {
  it('goes by time where pictures are decoded in another order', () => {
    expect(orderPackets(packets('0! 3 1 2 6 4 5'), frames(7), 0)).toEqual({
      packetOf: [0, 2, 3, 1, 5, 6, 4],
      frameOf: [0, 3, 1, 2, 6, 4, 5],
      keyOf: [0, 0, 0, 0, 0, 0, 0],
    })
  })

  it('decodes what a cut has left before the first frame, and does not show it', () => {
    const order = orderPackets(packets('0! 1 2 3 4 5! 6', -4 / 30), frames(3), 0)
    expect(order).toEqual({
      packetOf: [4, 5, 6],
      frameOf: [null, null, null, null, 0, 1, 2],
      keyOf: [0, 5, 5],
    })
  })

  it('leaves out what comes after the last frame', () => {
    expect(orderPackets(packets('0! 1 2 3'), frames(2), 0)?.frameOf).toEqual([0, 1, null, null])
  })

  it('begins each frame at the key before it', () => {
    expect(orderPackets(packets('0! 1 2 3! 4 5 6! 7'), frames(8), 0)?.keyOf).toEqual([0, 0, 0, 3, 3, 3, 6, 6])
  })

  it('takes no key that is shown later for a beginning: its first pictures refer to what was before', () => {
    // An open group of pictures: 3 and 4 are decoded after the key 5 and shown before it.
    expect(orderPackets(packets('0! 2 1 5! 3 4 7 6'), frames(8), 0)?.keyOf).toEqual([0, 0, 0, 0, 0, 3, 3, 3])
  })

  it('counts from where the clock of the file starts, and takes rounded times for what they are', () => {
    const late = packets('0! 1 2', 1.4).map((packet) => ({
      ...packet,
      time: Math.round(packet.time * 1000) / 1000,
    }))
    expect(orderPackets(late, frames(3), 1.4)?.packetOf).toEqual([0, 1, 2])
    expect(orderPackets(late, frames(3), 0)).toBeNull()
  })

  it('begins with the first whole frame where an edit list cuts within one, as the core does', () => {
    // Frame 3 is cut off by a third of a frame before its end: 4 is the first that is shown, and it begins at zero.
    const cut = packets('0! 2 1 3 4 6 5', -(4 - 1 / 3) / 30)
    expect(orderPackets(cut, frames(3), 0)?.packetOf).toEqual([4, 6, 5])
  })

  it('moves no frame by a whole one, and none where nothing was cut off', () => {
    expect(orderPackets(packets('0! 2 3 4', -1 / 30), frames(3), 0)).toBeNull()
    expect(orderPackets(packets('0! 1 2', 0.01), frames(3), 0)).toBeNull()
    expect(orderPackets(packets('0! 1', -0.02), frames(1), 0)).toBeNull()
  })

  it('fails where a frame has no packet', () => {
    expect(orderPackets(packets('0! 1 3'), frames(4), 0)).toBeNull()
    expect(orderPackets(packets('0! 1'), frames(3), 0)).toBeNull()
    expect(orderPackets([], frames(1), 0)).toBeNull()
  })

  it('says how many frames one may need', () => {
    const order = orderPackets(packets('0! 3 1 2 4! 5'), frames(6), 0)
    expect(order && longestGroup(order)).toBe(4)
  })

  it('fails where nothing says how to begin', () => {
    expect(orderPackets(packets('0 1 2!'), frames(3), 0)).toBeNull()
    expect(orderPackets(packets('1! 0 2'), frames(3), 0)).toBeNull()
  })

  it('gives every frame the packet of its time, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 5 }),
        (ticks, cut) => {
          const shown = ticks.toSorted((one, other) => one - other).slice(Math.min(cut, ticks.length - 1))
          const start = (shown[0] ?? 0) / 60
          const earliest = Math.min(...ticks)
          const decoded = [
            { time: earliest / 60 - 1, key: true },
            ...ticks.map((tick) => ({ time: tick / 60, key: false })),
          ]
          const times = shown.map((tick) => tick / 60 - start)
          const order = orderPackets(decoded, times, start)
          expect(order?.packetOf.map((packet) => decoded[packet]?.time)).toEqual(
            shown.map((tick) => tick / 60),
          )
          expect(order?.frameOf.filter((frame) => frame !== null)).toHaveLength(shown.length)
        },
      ),
      { numRuns: 200 },
    )
  })
})
