import { useEffect, useState, type RefObject } from 'react'
import type { PerSide } from './shared-clock.ts'
import {
  firstStatus,
  type PairStatus,
  type PlayerPair,
  type Readings,
  browserScheduler,
} from './pair-types.ts'
import { createPlayerPair } from './player-pair.ts'
import { firstSound } from './sound.ts'
import type { ShownTake } from './words.ts'
import { createSyncMeter, type SyncSummary } from './sync-meter.ts'

export type VideoRefs = PerSide<RefObject<HTMLVideoElement | null>>

export type PairInPage = { readonly pair: PlayerPair | null; readonly status: PairStatus }

/** Samples between two reports: a few times a second while playing. */
const reportEvery = 10

type Options = {
  readonly comparison: ShownTake
  readonly refs: VideoRefs
  readonly readings: Readings
  readonly volume: number
  readonly onSync: (summary: SyncSummary) => void
}

/** The engine over the two video elements of this page, for as long as they are there. */
export function usePlayerPair({ comparison, refs, readings, volume, onSync }: Options): PairInPage {
  const [pair, setPair] = useState<PlayerPair | null>(null)
  const [status, setStatus] = useState<PairStatus>(() => firstStatus(firstSound(comparison)))
  const { reference: referenceRef, result: resultRef } = refs

  useEffect(() => {
    const reference = referenceRef.current
    const result = resultRef.current
    if (!reference || !result) return undefined
    const meter = createSyncMeter()
    let samples = 0
    const created = createPlayerPair({
      players: { reference, result },
      videos: comparison,
      sound: firstSound(comparison),
      volume: 0,
      scheduler: browserScheduler,
      onStatus: setStatus,
      onReading: readings.publish,
      onDrift: (measured) => {
        meter.record(measured)
        samples += 1
        if (samples % reportEvery === 0) onSync(meter.summary())
      },
    })
    setPair(created)
    setStatus(created.status())
    return () => {
      created.dispose()
    }
  }, [comparison, referenceRef, resultRef, readings, onSync])

  useEffect(() => {
    pair?.setVolume(volume)
  }, [pair, volume])

  return { pair, status }
}
