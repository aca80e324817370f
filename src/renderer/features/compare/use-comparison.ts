import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Comparison, PlayableVideo } from '../../../shared/domain/views.ts'
import { desktop } from '../../lib/desktop.ts'
import type { ShownFrame } from './engine/shown-frames.ts'
import type { PairStatus, PlayerPair, Readings } from './pair-types.ts'
import type { PerSide } from './shared-clock.ts'
import { firstSound } from './sound.ts'
import type { SyncSummary } from './sync-meter.ts'
import { useFrames, type WhyPlayers } from './use-frames.ts'
import { usePlayerPair, type VideoRefs } from './use-player-pair.ts'
import type { RunningEngine } from './words.ts'

/** Why and from where two video players play instead. */
type Fallback = { readonly why: WhyPlayers; readonly side: number; readonly at: number }

export type ComparisonInPage = {
  readonly pair: PlayerPair | null
  readonly status: PairStatus
  readonly engine: RunningEngine
  /** Something that is said while it plays: what is less than the whole. */
  readonly reduced: boolean
  readonly silent: boolean
  /** Resolves once the picture is that of the files. */
  readonly sharp: () => Promise<void>
  /** What two video elements have to play; null where a canvas shows the frames. */
  readonly videos: PerSide<PlayableVideo> | null
  /** Two video players instead: smoother on a slow machine, and up to a frame apart. */
  readonly playSmoother: () => void
}

type Options = {
  readonly comparison: Comparison
  /** Index of the take that is compared. */
  readonly chosen: number
  /** Only the reference and that take are in sight. */
  readonly onePair: boolean
  /** Nothing may be shown from smaller copies, not even for a moment. */
  readonly sharpOnly: boolean
  readonly refs: VideoRefs
  readonly readings: Readings
  readonly volume: number
  readonly onPaint: (shown: readonly ShownFrame[]) => void
  readonly onSync: (summary: SyncSummary) => void
}

/** Plays a comparison: from decoded frames where this window can, else with two video players. */
export function useComparison(options: Options): ComparisonInPage {
  const { comparison, chosen, onePair, sharpOnly, refs, readings, volume, onPaint, onSync } = options
  const [fallback, setFallback] = useState<Fallback | null>(null)
  const videos = useMemo(
    () => [comparison.reference, ...comparison.takes.map(({ result }) => result)],
    [comparison],
  )
  const take = comparison.takes[chosen] ?? comparison.takes[0]
  const pairVideos = useMemo(
    () => (take ? { reference: comparison.reference, result: take.result } : null),
    [comparison, take],
  )
  const heard = firstSound(pairVideos ?? { reference: comparison.reference, result: comparison.reference })

  const frames = useFrames({
    videos: fallback === null ? videos : null,
    heard,
    readings,
    volume,
    onPaint,
    soundOf: (side, speed) => soundOf(comparison, side, speed),
    copyOf: (side, signal) => copyOf(comparison, side, videos[side], signal),
    onFallback: (why, side, at) => {
      setFallback({ why, side, at })
    },
  })
  const copied = useCallback(
    (side: 'reference' | 'result') =>
      copyOf(comparison, side === 'reference' ? 0 : chosen + 1, pairVideos?.[side]),
    [comparison, chosen, pairVideos],
  )
  const players = usePlayerPair({
    videos: fallback === null ? null : pairVideos,
    from: fallback?.at ?? 0,
    copyOf: copied,
    refs,
    readings,
    volume,
    onSync,
  })

  const { engine } = frames
  useEffect(() => {
    engine?.allowSoft(!sharpOnly)
  }, [engine, sharpOnly])
  useEffect(() => {
    engine?.setVisible(onePair ? [0, chosen + 1] : videos.map((_, side) => side), chosen + 1)
  }, [engine, onePair, chosen, videos])

  if (fallback === null)
    return {
      pair: engine,
      status: frames.status,
      engine: { kind: 'frames' },
      reduced: frames.reduced,
      silent: frames.silent,
      sharp: () => engine?.sharp() ?? Promise.resolve(),
      videos: null,
      playSmoother: () => {
        setFallback({ why: 'chosen', side: 0, at: engine?.reading().time ?? 0 })
      },
    }
  return {
    ...players,
    engine: { kind: 'video', why: fallback.why, side: fallback.side === 0 ? 'reference' : 'result' },
    reduced: false,
    silent: false,
    sharp: () => Promise.resolve(),
    playSmoother: () => undefined,
  }
}

/** The side of the take that it belongs to. */
const placeOf = (comparison: Comparison, side: number) => {
  const owner = comparison.takes[Math.max(0, side - 1)]
  return owner ? ({ take: owner.take.id, side: side === 0 ? 'reference' : 'result' } as const) : null
}

async function soundOf(comparison: Comparison, side: number, speed: number): Promise<string | null> {
  const place = placeOf(comparison, side)
  const video = side === 0 ? comparison.reference : comparison.takes[side - 1]?.result
  if (!place || video?.hasSound !== true) return null
  const answer = await desktop().ask['take:sound']({ ...place, speed })
  if (!answer.ok) throw new Error(answer.problem.message)
  return answer.value.media
}

async function copyOf(
  comparison: Comparison,
  side: number,
  video: PlayableVideo | undefined,
  signal?: AbortSignal,
): Promise<PlayableVideo | null> {
  const place = placeOf(comparison, side)
  if (!place || !video || signal?.aborted) return null
  const { ask } = desktop()
  const call = crypto.randomUUID()
  const cancel = () => void ask['call:cancel']({ call })
  signal?.addEventListener('abort', cancel, { once: true })
  const answer = await ask['take:preview'](place, call)
  signal?.removeEventListener('abort', cancel)
  return answer.ok ? { ...video, url: answer.value.media, clockStart: answer.value.clockStart } : null
}
