import { useEffect, useEffectEvent, useMemo, useState, type RefObject } from 'react'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import type { Seconds } from '../../../shared/units.ts'
import {
  browserScheduler,
  firstStatus,
  playStateOf,
  resume,
  type PairStatus,
  type PlayerPair,
  type PlayState,
  type Readings,
} from './pair-types.ts'
import { createPlayerPair } from './player-pair.ts'
import type { PerSide, Side } from './shared-clock.ts'
import { firstSound, soundChoices } from './sound.ts'
import { createSyncMeter, type SyncSummary } from './sync-meter.ts'

export type VideoRefs = PerSide<RefObject<HTMLVideoElement | null>>

export type PairInPage = {
  readonly pair: PlayerPair | null
  readonly status: PairStatus
  /** What the two elements have to load; null while there are none. */
  readonly videos: PerSide<PlayableVideo> | null
}

/** Samples between two reports: a few times a second while playing. */
const reportEvery = 10

type Options = {
  /** Null while the comparison is played in another way. */
  readonly videos: PerSide<PlayableVideo> | null
  /** What played before; null at the beginning. */
  readonly before: () => PlayState | null
  /** How far the sides are ahead of the shared clock, the reference first. */
  readonly leads: readonly Seconds[]
  /** A copy of a side that this window can play; null where none can be made. */
  readonly copyOf: (side: Side) => Promise<PlayableVideo | null>
  readonly refs: VideoRefs
  readonly readings: Readings
  readonly volume: number
  readonly onSync: (summary: SyncSummary) => void
}

/** Copies that were asked for, of these videos: one on its way is `undefined`, one that can't be made is null. */
type Copies = {
  readonly of: PerSide<PlayableVideo> | null
  readonly asked: Partial<Record<Side, PlayableVideo | null | undefined>>
}

/** The engine over the two video elements of this page, for as long as they are there. */
export function usePlayerPair(options: Options): PairInPage {
  const { videos, refs, readings, volume, onSync } = options
  const [pair, setPair] = useState<PlayerPair | null>(null)
  const [status, setStatus] = useState<PairStatus>(() => firstStatus('none'))
  const [copies, setCopies] = useState<Copies>({ of: null, asked: {} })
  const asked = useMemo(() => (copies.of === videos ? copies.asked : {}), [copies, videos])
  const { reference: referenceCopy, result: resultCopy } = asked
  const played = useMemo(
    () =>
      videos && {
        reference: referenceCopy ?? videos.reference,
        result: resultCopy ?? videos.result,
      },
    [videos, referenceCopy, resultCopy],
  )
  const { reference: referenceRef, result: resultRef } = refs

  /** A side that this window can't play is copied, once. */
  const onFailed = useEffectEvent((side: Side) => {
    if (side in asked) return
    const keep = (copy: PlayableVideo | null | undefined) => {
      setCopies(({ of, asked: before }) => ({
        of: videos,
        asked: { ...(of === videos && before), [side]: copy },
      }))
    }
    keep(undefined)
    void options.copyOf(side).then(keep)
  })
  const beginning = useEffectEvent(() => ({
    leads: options.leads,
    before: pair ? playStateOf(pair) : options.before(),
  }))

  useEffect(() => {
    const reference = referenceRef.current
    const result = resultRef.current
    if (!reference || !result || !played) return undefined
    const meter = createSyncMeter()
    let samples = 0
    const { leads, before } = beginning()
    const created = createPlayerPair({
      players: { reference, result },
      videos: played,
      sound: firstSound(played),
      volume: 0,
      scheduler: browserScheduler,
      onStatus: (next) => {
        setStatus(next)
        if (next.failed !== null) onFailed(next.failed)
      },
      onReading: readings.publish,
      onDrift: (measured) => {
        meter.record(measured)
        samples += 1
        if (samples % reportEvery === 0) onSync(meter.summary())
      },
    })
    created.setLeads(leads)
    if (before)
      resume(created, {
        ...before,
        sound: soundChoices(played).includes(before.sound) ? before.sound : firstSound(played),
      })
    setPair(created)
    setStatus(created.status())
    return () => {
      created.dispose()
      setPair(null)
    }
  }, [played, referenceRef, resultRef, readings, onSync])

  useEffect(() => {
    pair?.setVolume(volume)
  }, [pair, volume])

  const waits = status.failed !== null && status.failed in asked && asked[status.failed] === undefined
  return {
    pair,
    videos: played,
    status: waits ? { ...status, phase: 'loading', failed: null } : status,
  }
}
