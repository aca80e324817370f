import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeptComparison } from '../../../shared/domain/desk.ts'
import type { Comparison, PlayableVideo } from '../../../shared/domain/views.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import { askUntil, type Until } from '../../lib/ask-until.ts'
import { sideIds } from './compared-sides.ts'
import { hasSmallerCopy, type LeftOut } from './engine/compared-files.ts'
import type { ShownFrame } from './engine/shown-frames.ts'
import type { PairStatus, PlayerPair, Readings } from './pair-types.ts'
import { playStateIn } from './kept-view.ts'
import { playStateOf, type PlayState } from './play-state.ts'
import type { PerSide } from './shared-clock.ts'
import { firstSound } from './sound.ts'
import type { SyncSummary } from './sync-meter.ts'
import { useFrames, type WhyPlayers } from './use-frames.ts'
import { usePlayerPair, type PairInPage, type VideoRefs } from './use-player-pair.ts'
import { sideInWords, type RunningEngine } from './words.ts'

/** Why two video players play instead. */
type Fallback = { readonly why: WhyPlayers; readonly side: number; readonly id: string | undefined }

/** A take that is compared no longer, because it can't be decoded; `side`: what it was called, in a sentence. */
export type LeftOutTake = LeftOut & { readonly side: string }

/** What may be another time: the choice of the user, or a file that could not be read or decoded just then. */
const passes: readonly WhyPlayers[] = ['chosen', 'broken', 'unreadable', 'not-started']

export type ComparisonInPage = Pick<PairInPage, 'making' | 'failed'> & {
  readonly pair: PlayerPair | null
  readonly status: PairStatus
  readonly engine: RunningEngine
  /** The sides of which smaller copies play. */
  readonly copies: readonly string[]
  readonly silent: boolean
  /** Resolves once the picture is that of the files. */
  readonly sharp: () => Promise<void>
  /** A take that was added is not there yet. */
  readonly opening: boolean
  /** What two video elements have to play; null where a canvas shows the frames. */
  readonly videos: PerSide<PlayableVideo> | null
  /** Two video players instead: smoother on a slow machine, and up to a frame apart. */
  readonly playSmoother: () => void
  /** Null where nothing has a smaller copy that does not play already. */
  readonly playCopies: (() => void) | null
  /** Back from less than the whole, at the same place; null where it is the whole, or can't be. */
  readonly playWhole: (() => void) | null
}

type Options = {
  readonly comparison: Comparison
  /** Index of the take that is compared. */
  readonly chosen: number
  /** Only the reference and that take are in sight. */
  readonly onePair: boolean
  /** Nothing may be shown from smaller copies, not even for a moment. */
  readonly sharpOnly: boolean
  /** How it was left; null where it begins. */
  readonly kept: KeptComparison | null
  /** How far each side is ahead of the shared clock, the reference first. */
  readonly leads: readonly Seconds[]
  readonly refs: VideoRefs
  readonly readings: Readings
  readonly volume: number
  readonly onPaint: (shown: readonly ShownFrame[], ids: readonly string[]) => void
  readonly onSync: (summary: SyncSummary) => void
  /** Takes that can't be decoded and are not the chosen one. What plays has closed them; it is to be told their end. */
  readonly onLeftOut: (takes: readonly LeftOutTake[]) => void
}

/** Plays a comparison: from decoded frames where this window can, else with two video players. */
export function useComparison(options: Options): ComparisonInPage {
  const { comparison, chosen, onePair, sharpOnly, leads, refs, readings, volume } = options
  const { onPaint, onSync, onLeftOut } = options
  const [fallback, setFallback] = useState<Fallback | null>(null)
  const ids = useMemo(() => sideIds(comparison), [comparison])
  const files = useMemo(
    () =>
      [comparison.reference, ...comparison.takes.map(({ result }) => result)].map((video, side) => ({
        id: ids[side] ?? '',
        video,
      })),
    [comparison, ids],
  )
  const isNeeded = (id: string | undefined) => id === ids[0] || id === ids[chosen + 1]
  const take = comparison.takes[chosen] ?? comparison.takes[0]
  const pairVideos = useMemo(
    () => (take ? { reference: comparison.reference, result: take.result } : null),
    [comparison, take],
  )
  const heard = firstSound(pairVideos ?? { reference: comparison.reference, result: comparison.reference })

  const before = useRef<PlayState | null>(
    options.kept === null ? null : playStateIn(options.kept, pairVideos),
  )

  const change = (from: PlayerPair | null, next: Fallback | null) => {
    if (from) before.current = playStateOf(from.status(), from.reading().wanted)
    setFallback(next)
  }
  const frames = useFrames({
    files: fallback === null ? files : null,
    heard,
    before: () => before.current,
    readings,
    volume,
    onPaint,
    soundOf: (id, speed, signal) => soundOf(comparison, ids.indexOf(id), speed, signal),
    copyOf: async (id, signal) => {
      const side = ids.indexOf(id)
      const copy = side < 0 ? null : await copyOf(comparison, side, { signal })
      return copy?.ok === true ? copy.value : null
    },
    leadOf: (id) => leads[ids.indexOf(id)] ?? 0,
    isNeeded,
    onFallback: (why, id) => {
      change(frames.engine, { why, side: Math.max(0, ids.indexOf(id)), id })
    },
    onLeftOut: (sides) => {
      onLeftOut(sides.map((one) => ({ ...one, side: sideInWords(ids.indexOf(one.id), ids.length) })))
    },
  })
  const { engine } = frames
  const pairLeads = useMemo(() => [0, leads[chosen + 1] ?? 0], [leads, chosen])
  const players = usePlayerPair({
    videos: fallback === null ? null : pairVideos,
    before: () => before.current,
    leads: pairLeads,
    copyOf: (side, until) => copyOf(comparison, side === 'reference' ? 0 : chosen + 1, until),
    refs,
    readings,
    volume,
    onSync,
  })

  useEffect(() => {
    engine?.allowSoft(!sharpOnly)
  }, [engine, sharpOnly])
  useEffect(() => {
    engine?.setVisible(onePair ? [0, chosen + 1] : files.map((_, side) => side), chosen + 1)
  }, [engine, onePair, chosen, files])
  useEffect(() => {
    engine?.setLeads(leads)
  }, [engine, leads])
  useEffect(() => {
    players.pair?.setLeads(pairLeads)
  }, [players.pair, pairLeads])

  if (fallback === null)
    return {
      pair: engine,
      status: frames.status,
      engine: { kind: 'frames' },
      copies: frames.copies,
      silent: frames.silent,
      sharp: () => engine?.sharp() ?? Promise.resolve(),
      opening: frames.opening,
      videos: null,
      making: null,
      failed: null,
      playSmoother: () => {
        change(engine, { why: 'chosen', side: 0, id: ids[0] })
      },
      playCopies: files.some(({ id, video }) => hasSmallerCopy(video) && !frames.copies.includes(id))
        ? frames.playCopies
        : null,
      playWhole: frames.copies.length > 0 ? frames.playOriginals : null,
    }
  return {
    ...players,
    engine: { kind: 'video', why: fallback.why, side: sideInWords(fallback.side, files.length) },
    // A file that can't be played is played from its copy.
    copies: (['reference', 'result'] as const).flatMap((side) => {
      const id = ids[side === 'reference' ? 0 : chosen + 1]
      return id !== undefined && players.videos?.[side].url !== pairVideos?.[side].url ? [id] : []
    }),
    silent: false,
    sharp: () => Promise.resolve(),
    opening: false,
    playSmoother: () => undefined,
    playCopies: null,
    playWhole:
      passes.includes(fallback.why) || !isNeeded(fallback.id)
        ? () => {
            change(players.pair, null)
          }
        : null,
  }
}

const videoOf = ({ reference, takes }: Comparison, side: number): PlayableVideo | undefined =>
  side === 0 ? reference : takes[side - 1]?.result

/** The side of the take that it belongs to. */
function placeOf({ takes }: Comparison, side: number) {
  const owner = takes[Math.max(0, side - 1)]
  return owner ? ({ take: owner.take.id, side: side === 0 ? 'reference' : 'result' } as const) : null
}

async function soundOf(
  comparison: Comparison,
  side: number,
  speed: number,
  signal: AbortSignal,
): Promise<string | null> {
  const place = placeOf(comparison, side)
  if (!place || videoOf(comparison, side)?.hasSound !== true) return null
  const answer = await askUntil('take:sound', { ...place, speed }, { signal })
  if (!answer.ok) throw new Error(answer.problem.message)
  return answer.value.media
}

async function copyOf(comparison: Comparison, side: number, until: Until): Promise<Outcome<PlayableVideo>> {
  const place = placeOf(comparison, side)
  const video = videoOf(comparison, side)
  if (!place || !video) throw new Error(`The comparison has no side ${String(side)}`)
  const answer = await askUntil('take:preview', place, until)
  if (!answer.ok) return answer
  return ok({ ...video, url: answer.value.media, clockStart: answer.value.clockStart })
}
