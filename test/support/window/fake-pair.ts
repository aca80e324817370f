import { createPlayerPair } from '../../../src/renderer/features/compare/player-pair.ts'
import type { PairStatus, Reading } from '../../../src/renderer/features/compare/pair-types.ts'
import type { Sound } from '../../../src/renderer/features/compare/sound.ts'
import { createSyncMeter } from '../../../src/renderer/features/compare/sync-meter.ts'
import { FakePlayer, FakeScreen, steadyTimes, type FakePlayerOptions } from './fake-players.ts'

type FakeVideo = Partial<FakePlayerOptions> & {
  readonly rate?: number
  readonly hasSound?: boolean
}

/** The engine over two fake players; by default 10 s of 30 and of 24 frames per second, the reference with sound. */
export function createFakePair(
  videos: { reference?: FakeVideo; result?: FakeVideo } = {},
  sound: Sound = 'reference',
) {
  const screen = new FakeScreen()
  const prepare = ({ rate = 30, duration = 10, hasSound = false, ...rest }: FakeVideo) => ({
    ...rest,
    duration,
    hasSound,
    clockStart: rest.clockStart ?? 0,
    frameTimes: rest.frameTimes ?? steadyTimes(rate, duration),
  })
  const lists = {
    reference: prepare({ hasSound: true, ...videos.reference }),
    result: prepare({ rate: 24, ...videos.result }),
  }
  const reference = new FakePlayer(screen, lists.reference)
  const result = new FakePlayer(screen, lists.result)
  const statuses: PairStatus[] = []
  const readings: Reading[] = []
  const meter = createSyncMeter(10_000)
  const pair = createPlayerPair({
    players: { reference, result },
    videos: lists,
    sound,
    volume: 0.3,
    scheduler: screen.scheduler,
    onStatus: (status) => statuses.push(status),
    onReading: (reading) => readings.push(reading),
    onDrift: meter.record,
  })
  return {
    screen,
    pair,
    reference,
    result,
    meter,
    readings,
    statuses,
    /** Long enough for everything that was asked for to be done. */
    settle: () => screen.advance(500),
    frames: () => [reference.frame, result.frame] as const,
  }
}
