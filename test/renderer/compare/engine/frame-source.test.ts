import { describe, expect, it } from 'vitest'
import { createFrameSource } from '../../../../src/renderer/features/compare/engine/frame-source.ts'
import { frameCapacity } from '../../../../src/renderer/features/compare/engine/frame-window.ts'
import { fakePackets, fakeTimers, FakeDecoders, FakePictures } from '../../../support/window/fake-frames.ts'
import { FakeScreen } from '../../../support/window/fake-players.ts'
import { opened, until, type Opened } from '../../../support/window/opened-source.ts'

const capacity = frameCapacity(3_000_000, 2)
/** What a decoder hands out beyond the window is kept up to here. */
const slack = 16

describe('the frames of a side', () => {
  it('are never more than its share of the memory and what the decoder handed out beyond', async () => {
    const one = opened({ reordered: true })
    let most = 0
    for (const [frame, motion] of [
      ...Array.from({ length: 120 }, (_, nth) => [nth, 'playing'] as const),
      [400, 'still'] as const,
      ...Array.from({ length: 80 }, (_, nth) => [399 - nth, 'back'] as const),
      ...Array.from({ length: 40 }, (_, nth) => [320 + nth, 'still'] as const),
    ]) {
      one.source.want(frame, motion)
      await one.screen.advance(33)
      most = Math.max(most, one.source.held(), one.pictures.open)
    }
    expect(most).toBeGreaterThan(capacity / 2)
    expect(most).toBeLessThanOrEqual(capacity + slack + 1)
  })

  it('are all closed when it is closed, also those that come later', async () => {
    const one = opened()
    one.source.want(100, 'still')
    await until(one, 100)
    one.source.want(103, 'playing')
    one.source.close()
    await one.screen.advance(1000)
    expect([one.pictures.open, one.decoders.open, one.source.held()]).toEqual([0, 0, 0])
  })

  it('are the ones that belong to their numbers where pictures are decoded in another order', async () => {
    const one = opened({ reordered: true, gop: 30 })
    for (const frame of [0, 1, 2, 100, 99, 61, 60, 59, 499]) {
      one.source.want(frame, 'still')
      await until(one, frame)
      expect(one.source.get(frame)?.timestamp).toBe(Math.round((frame / 30) * 1e6))
    }
  })
})

describe('pictures that are decoded after a key and shown before it', () => {
  it('are not taken from a decoder that began there', async () => {
    const one = opened({ gop: 30, leading: true })
    one.source.want(61, 'still')
    await until(one, 61)
    await one.screen.advance(50)
    expect([58, 59, 60].map(one.source.has)).toEqual([false, false, true])
    one.source.want(59, 'still')
    await until(one, 59)
    expect(one.decoders.made).toBe(2)
  })
})

describe('frames that nothing refers to', () => {
  const clip = { reordered: true, disposable: true } as const

  it('are left out on the way to a frame, and come when it has been looked at', async () => {
    const one = opened(clip)
    one.source.want(200, 'still')
    await until(one, 200)
    expect(one.decoders.decoded).toBeLessThan(90)
    expect([197, 198, 199].map(one.source.has)).toEqual([false, true, false])
    await one.screen.advance(1000)
    expect([180, 190, 197, 199, 200, 201].filter((frame) => !one.source.has(frame))).toEqual([])
    expect(one.errors).toEqual([])
  })

  it('are not left out where they are wanted next', async () => {
    const one = opened(clip)
    for (let frame = 100; frame < 260; frame += 1) {
      one.source.want(frame, 'playing')
      await until(one, frame)
      await one.screen.advance(20)
    }
    expect(one.decoders.made).toBe(1)
    expect(one.errors).toEqual([])
  })

  it('are left out by a decoder that is on its way already, and are asked for later', async () => {
    const one = opened(clip, { decodeTime: () => 5 })
    one.source.want(240, 'still')
    await one.screen.advance(100)
    one.source.want(150, 'still')
    await until(one, 150)
    expect(one.decoders.made).toBe(1)
    await one.screen.advance(2000)
    one.source.want(149, 'back')
    await until(one, 149)
    expect(one.errors).toEqual([])
  })

  it('are decoded after all where a decoder needs them', async () => {
    // It hands out nothing of what comes behind a gap.
    const one = opened(clip, { needsAll: true })
    one.source.want(200, 'still')
    await until(one, 200)
    expect(one.errors).toEqual([])
    one.source.want(100, 'still')
    await until(one, 100)
    expect(one.errors).toEqual([])
    one.source.close()
    expect([one.pictures.open, one.decoders.open]).toEqual([0, 0])
  })
})

describe('stepping', () => {
  it('forward decodes one frame a step', async () => {
    const one = opened()
    one.source.want(260, 'still')
    await until(one, 260)
    await one.screen.advance(1000)
    const before = one.decoders.decoded
    for (let frame = 261; frame <= 360; frame += 1) {
      one.source.want(frame, 'still')
      await until(one, frame)
      await one.screen.advance(100)
    }
    expect(one.decoders.decoded - before).toBeLessThanOrEqual(110)
  })

  for (const reordered of [false, true])
    it(`back${reordered ? ' over reordered pictures' : ''} decodes four frames a step at most, in long groups of pictures`, async () => {
      const one = opened({ reordered })
      one.source.want(249, 'still')
      await until(one, 249)
      await one.screen.advance(1000)
      const before = one.decoders.decoded
      let slow = 0
      for (let frame = 248; frame >= 0; frame -= 1) {
        one.source.want(frame, 'back')
        if ((await until(one, frame)) > 50) slow += 1
        await one.screen.advance(100)
      }
      expect((one.decoders.decoded - before) / 249).toBeLessThanOrEqual(4)
      expect(slow).toBe(0)
    })

  it('back as fast as keys repeat always finds its frame, and no more than two decoders are open', async () => {
    const one = opened({}, { decodeTime: () => 3 })
    one.source.want(249, 'still')
    await until(one, 249)
    for (let frame = 248; frame >= 0; frame -= 1) {
      one.source.want(frame, 'back')
      await one.screen.advance(10)
      expect(one.decoders.open).toBeLessThanOrEqual(2)
    }
    await until(one, 0)
    await one.screen.advance(500)
    expect(one.decoders.open).toBe(0)
  })
})

describe('a file that rests', () => {
  it('decodes nothing for another place until it is wanted', async () => {
    const one = opened()
    one.source.want(240, 'still')
    await until(one, 240)
    await one.screen.advance(130)
    one.source.rest(480)
    await one.screen.advance(50)
    const decoded = one.source.decoded()
    await one.screen.advance(2000)
    expect([one.source.decoded(), one.decoders.open]).toEqual([decoded, 0])
    one.source.want(480, 'still')
    await until(one, 480)
  })

  it('finishes what is on its way to that place', async () => {
    const one = opened()
    one.source.want(240, 'still')
    one.source.rest(240)
    await until(one, 240)
  })
})

describe('a loop', () => {
  const play = async (
    one: Opened,
    loop: { first: number; last: number },
    times: number,
    from = loop.first,
  ) => {
    let waited = 0
    for (let round = 0; round < times; round += 1)
      for (let frame = round === 0 ? from : loop.first; frame <= loop.last; frame += 1) {
        one.source.want(frame, 'playing', loop)
        if (!one.source.has(frame)) {
          await until(one, frame)
          if (round > 0) waited += 1
        }
        await one.screen.advance(33)
      }
    return waited
  }

  it('that is short is decoded once', async () => {
    const one = opened({ gop: 30 })
    const waited = await play(one, { first: 60, last: 80 }, 10)
    expect(waited).toBe(0)
    expect(one.decoders.decoded).toBeLessThan(40)
  })

  it('that is long has its beginning there before it ends', async () => {
    const one = opened({ gop: 30 })
    expect(await play(one, { first: 65, last: 164 }, 3, 130)).toBe(0)
    expect(one.pictures.open).toBeLessThanOrEqual(capacity + slack)
  })

  it('that is still to come is not decoded from here on', async () => {
    const one = opened({ gop: 30 })
    const loop = { first: 300, last: 320 }
    for (let frame = 0; frame <= 320; frame += 1) {
      one.source.want(frame, 'playing', loop)
      await until(one, frame)
      await one.screen.advance(33)
    }
    expect(one.decoders.decoded).toBeLessThan(420)
  })
})

describe('a decoder', () => {
  for (const delay of [0, 1, 6, 20])
    it(`that holds ${String(delay)} pictures back delivers every frame that is asked for, up to the last`, async () => {
      const one = opened({ frames: 120, gop: 60 }, { delay })
      for (const frame of [0, 50, 59, 60, 30, 118, 119]) {
        one.source.want(frame, 'still')
        await until(one, frame)
      }
      expect(one.errors).toEqual([])
    })

  it('that hands nothing out before the end of the file delivers it then', async () => {
    const one = opened({ frames: 200 }, { delay: Infinity })
    one.source.want(20, 'still')
    expect(await until(one, 20)).toBeGreaterThan(500)
    expect(one.errors).toEqual([])
  })

  it('that hands nothing out at all is said', async () => {
    const one = opened({}, { loses: () => true })
    one.source.want(0, 'still')
    await one.screen.advance(20_000)
    expect(one.errors).toHaveLength(1)
    expect(one.decoders.open).toBe(0)
  })

  it('that leaves a frame out is said, and closed', async () => {
    for (const lost of [100, 497, 499]) {
      const one = opened({}, { loses: (frame) => frame === lost })
      one.source.want(lost, 'still')
      await one.screen.advance(5000)
      expect(one.errors, `frame ${String(lost)}`).toHaveLength(1)
      expect(one.decoders.open).toBe(0)
      if (lost === 100) expect(one.decoders.decoded).toBeLessThan(200)
      one.source.close()
      expect(one.pictures.open).toBe(0)
    }
  })

  it('that breaks is said once', async () => {
    const one = opened({}, { breaksOn: (frame) => frame === 40 })
    one.source.want(40, 'still')
    await one.screen.advance(2000)
    expect(one.errors).toHaveLength(1)
    one.source.close()
    expect([one.pictures.open, one.decoders.open]).toEqual([0, 0])
  })

  it('that does not take the file is said', async () => {
    const screen = new FakeScreen()
    const packets = fakePackets({ frames: 10, gop: 10 })
    const decoders = new FakeDecoders({ screen, packets, pictures: new FakePictures(screen) })
    const errors: unknown[] = []
    const source = createFrameSource({
      ...fakeTimers(screen),
      createDecoder: (init) =>
        Object.assign(decoders.create(init), {
          configure: () => {
            throw new TypeError('not a codec')
          },
        }),
      ...{ packets, sides: 1, onFrame: () => undefined, onError: (error: unknown) => errors.push(error) },
    })
    source.want(0, 'still')
    await screen.advance(100)
    expect(errors).toHaveLength(1)
    source.close()
    expect(decoders.open).toBe(0)
  })
})
