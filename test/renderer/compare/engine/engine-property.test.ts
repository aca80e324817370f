import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FrameList } from '../../../../src/shared/domain/frames.ts'
import { createFrameSource } from '../../../../src/renderer/features/compare/engine/frame-source.ts'
import { speeds } from '../../../../src/renderer/features/compare/pair-types.ts'
import { createFakeEngine, expectExact, type FakeEngine } from '../../../support/window/fake-engine.ts'
import { fakePackets, fakeTimers, FakeDecoders, stubCanvases } from '../../../support/window/fake-frames.ts'
import { seededRandom, steadyTimes } from '../../../support/window/fake-players.ts'

beforeAll(stubCanvases)
afterAll(() => {
  vi.unstubAllGlobals()
})

const steady = (rate: number, duration: number): FrameList => ({
  frameTimes: steadyTimes(rate, duration),
  duration,
})
const uneven: FrameList = {
  frameTimes: steadyTimes(30, 3).filter((_, frame) => frame % 7 !== 3 && !(frame > 40 && frame < 55)),
  duration: 3,
}

const list = fc.oneof(
  fc
    .record({ rate: fc.constantFrom(24, 25, 29.97, 30, 60), seconds: fc.constantFrom(0.2, 1, 3) })
    .map(({ rate, seconds }) => steady(rate, seconds)),
  fc.constant(uneven),
)
const time = fc.double({ min: -1, max: 4, noNaN: true })
/** Never so small that two frames begin as good as at one moment, and rounding decides which is first. */
const lead = fc.integer({ min: -700, max: 700 }).map((steps) => steps * 0.00071)
const action = fc.oneof(
  fc.tuple(fc.constantFrom('toggle', 'endScrub'), fc.constant(0), time),
  fc.tuple(fc.constantFrom('seek', 'scrub', 'loop'), time, time),
  fc.tuple(fc.constantFrom('step'), fc.integer({ min: -30, max: 30 }), time),
  fc.tuple(fc.constantFrom('lead'), lead, time),
  fc.tuple(fc.constantFrom('speed', 'silent', 'replace', 'hide', 'copy', 'sharp'), fc.nat({ max: 7 }), time),
)
type Action = typeof action extends fc.Arbitrary<infer Made> ? Made : never

function act({ engine, setLeads, sourceFor, addCopy }: FakeEngine, [name, value, other]: Action) {
  if (name === 'toggle') engine.toggle()
  else if (name === 'endScrub') engine.endScrub()
  else if (name === 'seek') engine.seek(value)
  else if (name === 'scrub') engine.scrub(value)
  else if (name === 'step') engine.step(value)
  else if (name === 'loop') engine.setLoop({ on: value < other, from: value, to: other })
  else if (name === 'lead') setLeads([0, value, 0])
  else if (name === 'speed') engine.setSpeed(speeds[value] ?? 1)
  else if (name === 'silent') engine.setSound(value < 4 ? 'none' : 'result')
  else if (name === 'replace') engine.replaceSource(value & 1, sourceFor(value & 1))
  else if (name === 'copy') {
    if (value < 6) addCopy(value & 1)
    else engine.setCopy(value & 1, null)
  } else if (name === 'sharp') engine.allowSoft(value > 1)
  else engine.setVisible(value < 4 ? [0] : [0, 1])
}

describe('whatever is asked for and whenever frames come', () => {
  it('paints only frames of one moment, and comes to rest on the pair that is wanted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(list, { minLength: 2, maxLength: 3 }),
        fc.array(fc.tuple(action, fc.integer({ min: 0, max: 300 })), { maxLength: 14 }),
        fc.integer(),
        fc.constantFrom(0, 0.02),
        async (lists, steps, seed, never) => {
          const random = seededRandom(seed)
          let healed = false
          const fake = createFakeEngine(lists, {
            arrival: () => (!healed && random() < never ? null : random() ** 3 * (healed ? 10 : 150)),
            copyArrival: () => (!healed && random() < never ? null : random() ** 3 * 30),
            heard: 'reference',
          })
          fake.pictures.readTime = () => random() ** 2 * 30
          for (const [asked, pause] of steps) {
            act(fake, asked)
            await fake.screen.advance(pause)
          }
          fake.engine.pause()
          fake.engine.endScrub()
          healed = true
          fake.release()
          await fake.screen.advance(700)
          expect(fake.engine.status()).toMatchObject({
            phase: 'paused',
            settled: true,
            catchingUp: false,
            sharpening: false,
            slow: false,
          })
          expect(fake.paints.at(-1)?.soft).toBe(false)
          expectExact(fake)
          const { time: shown, wanted } = fake.engine.reading()
          expect(shown).toBe(wanted)
          fake.engine.dispose()
          await fake.screen.advance(300)
          expect(fake.pictures.open).toBe(0)
        },
      ),
      { seed: 13, numRuns: 600 },
    )
  })

  it('decoded by real windows over decoders of every kind, it does so too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(action, fc.integer({ min: 0, max: 300 })), { maxLength: 14 }),
        fc.record({
          rates: fc.tuple(fc.constantFrom(24, 30, 60), fc.constantFrom(24, 25, 30)),
          gop: fc.constantFrom(1, 12, 250),
          reordered: fc.boolean(),
          disposable: fc.boolean(),
          delay: fc.constantFrom(0, 4, 20),
          /** Few frames in memory, and many. */
          bytes: fc.constantFrom(1_000_000, 12_000_000),
        }),
        fc.integer(),
        async (steps, { rates, gop, reordered, disposable, delay, bytes }, seed) => {
          const random = seededRandom(seed)
          const decoders: FakeDecoders[] = []
          const fake = createFakeEngine(
            rates.map((rate) => steady(rate, 3)),
            {
              heard: 'reference',
              source: (side, { screen, pictures, onFrame, onError }) => {
                const rate = rates[side] ?? 30
                const packets = fakePackets({ frames: rate * 3, gop, rate, reordered, disposable })
                const decodeTime = () => random() ** 3 * 30
                const device = new FakeDecoders({ screen, pictures, packets, delay, bytes, decodeTime })
                decoders.push(device)
                return createFrameSource({
                  ...{
                    ...fakeTimers(screen),
                    createDecoder: device.create,
                    packets,
                    sides: 2,
                    onFrame,
                    onError,
                  },
                })
              },
            },
          )
          fake.pictures.readTime = () => random() ** 2 * 30
          for (const [asked, pause] of steps) {
            if (asked[0] !== 'replace' && asked[0] !== 'copy') act(fake, asked)
            await fake.screen.advance(pause)
          }
          fake.engine.pause()
          fake.engine.endScrub()
          await fake.screen.advance(4000)
          expect(fake.engine.status()).toMatchObject({ phase: 'paused', settled: true })
          expectExact(fake)
          fake.engine.dispose()
          await fake.screen.advance(300)
          expect(fake.pictures.open).toBe(0)
          expect(decoders.map(({ open }) => open)).toEqual([0, 0])
        },
      ),
      { seed: 13, numRuns: 150 },
    )
  })
})
