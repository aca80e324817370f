import { useEffect, useEffectEvent, useMemo, useRef, useState, type RefObject } from 'react'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import type { Outcome, Problem } from '../../../shared/outcome.ts'
import type { Fraction, Seconds } from '../../../shared/units.ts'
import type { Until } from '../../lib/ask-until.ts'
import {
  browserScheduler,
  firstStatus,
  type PairStatus,
  type PlayerPair,
  type Readings,
} from './pair-types.ts'
import { playStateOf, takeOver, type PlayState } from './play-state.ts'
import { createPlayerPair } from './player-pair.ts'
import type { PerSide, Side } from './shared-clock.ts'
import { firstSound, soundChoices } from './sound.ts'
import { createSyncMeter, type SyncSummary } from './sync-meter.ts'

export type VideoRefs = PerSide<RefObject<HTMLVideoElement | null>>

/** A side that this window can't play. */
export type FailedSide = {
  readonly side: Side
  /** Why it couldn’t be copied; null where there is a copy, and it can't be played either. */
  readonly problem: Problem | null
  /** Asks for the copy once more. */
  readonly again: () => void
}

export type PairInPage = {
  readonly pair: PlayerPair | null
  readonly status: PairStatus
  /** What the two elements have to load; null while there are none. */
  readonly videos: PerSide<PlayableVideo> | null
  /** A copy that is on its way, of a side that this window can't play. */
  readonly making: { readonly side: Side; readonly fraction: Fraction | null } | null
  readonly failed: FailedSide | null
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
  /** A copy of a side that this window can play. */
  readonly copyOf: (side: Side, until: Until) => Promise<Outcome<PlayableVideo>>
  readonly refs: VideoRefs
  readonly readings: Readings
  readonly volume: number
  readonly onSync: (summary: SyncSummary) => void
}

/** Copies that were asked for, of these videos; null: on its way. */
type Copies = {
  readonly of: PerSide<PlayableVideo> | null
  readonly asked: Partial<Record<Side, Outcome<PlayableVideo> | null>>
}

/** Copies of the sides that this window can't play, for as long as the comparison is open. */
function useCopies({ videos, copyOf }: Pick<Options, 'videos' | 'copyOf'>) {
  const [copies, setCopies] = useState<Copies>({ of: null, asked: {} })
  const [fractions, setFractions] = useState<Partial<Record<Side, Fraction | null>>>({})
  const stop = useRef<AbortController>(null)
  const asked = useMemo(() => (copies.of === videos ? copies.asked : {}), [copies, videos])
  const valueOf = (side: Side) => (asked[side]?.ok === true ? asked[side].value : null)
  const [reference, result] = [valueOf('reference'), valueOf('result')]
  const played = useMemo(
    () => videos && { reference: reference ?? videos.reference, result: result ?? videos.result },
    [videos, reference, result],
  )

  useEffect(() => {
    const ends = new AbortController()
    stop.current = ends
    return () => {
      ends.abort()
    }
  }, [videos])

  const make = async (side: Side) => {
    const signal = stop.current?.signal
    if (!signal) return
    const keep = (copy: Outcome<PlayableVideo> | null) => {
      if (signal.aborted) return
      setCopies(({ of, asked: before }) => ({
        of: videos,
        asked: { ...(of === videos && before), [side]: copy },
      }))
    }
    const onProgress = (fraction: Fraction | null) => {
      setFractions((before) => ({ ...before, [side]: fraction }))
    }
    onProgress(null)
    keep(null)
    keep(await copyOf(side, { signal, onProgress }))
  }
  return { asked, played, fractions, make }
}

/** The engine over the two video elements of this page, for as long as they are there. */
export function usePlayerPair(options: Options): PairInPage {
  const { refs, readings, volume, onSync } = options
  const { asked, played, fractions, make } = useCopies(options)
  const [pair, setPair] = useState<PlayerPair | null>(null)
  const [told, setTold] = useState<{ readonly of: typeof played; readonly status: PairStatus }>(() => ({
    of: null,
    status: firstStatus('none'),
  }))
  const { reference: referenceRef, result: resultRef } = refs
  /** How it was before a side failed, for the players of its copy. */
  const latest = useRef<PlayState>(null)

  /** A side that this window can't play is copied, once. */
  const onFailed = useEffectEvent((side: Side) => {
    if (!(side in asked)) void make(side)
  })
  const beginning = useEffectEvent(() => ({
    leads: options.leads,
    before: latest.current ?? options.before(),
  }))

  useEffect(() => {
    const reference = referenceRef.current
    const result = resultRef.current
    if (!reference || !result || !played) {
      latest.current = null
      return undefined
    }
    const meter = createSyncMeter()
    let samples = 0
    const { leads, before } = beginning()
    const created = createPlayerPair({
      players: { reference, result },
      videos: played,
      sound: firstSound(played),
      volume: 0,
      scheduler: browserScheduler,
      onStatus: (status) => {
        setTold({ of: played, status })
        if (status.failed !== null) onFailed(status.failed)
        else if (status.phase !== 'loading')
          latest.current = playStateOf(status, beginning().before?.time ?? 0)
      },
      onReading: (reading) => {
        if (latest.current !== null) latest.current = { ...latest.current, time: reading.time }
        readings.publish(reading)
      },
      onDrift: (measured) => {
        meter.record(measured)
        samples += 1
        if (samples % reportEvery === 0) onSync(meter.summary())
      },
    })
    created.setLeads(leads)
    if (before)
      takeOver(created, {
        ...before,
        sound: soundChoices(played).includes(before.sound) ? before.sound : firstSound(played),
      })
    // What is asked for while a side is being copied is for the players of its copy.
    latest.current ??= before ?? playStateOf(created.status(), created.reading().wanted)
    setPair(created)
    setTold({ of: played, status: created.status() })
    return () => {
      created.dispose()
      setPair(null)
    }
  }, [played, referenceRef, resultRef, readings, onSync])

  useEffect(() => {
    pair?.setVolume(volume)
  }, [pair, volume])

  // What is told of other videos is over.
  const broken = told.of === played ? told.status.failed : null
  const copy = broken === null ? null : (asked[broken] ?? null)
  const loading = told.of !== played || (broken !== null && copy === null)
  return {
    pair,
    videos: played,
    status: loading ? { ...told.status, phase: 'loading', settled: false, failed: null } : told.status,
    making: broken !== null && copy === null ? { side: broken, fraction: fractions[broken] ?? null } : null,
    failed:
      broken === null || copy === null
        ? null
        : { side: broken, problem: copy.ok ? null : copy.problem, again: () => void make(broken) },
  }
}
