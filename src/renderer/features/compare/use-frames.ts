import { useEffect, useEffectEvent, useState } from 'react'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import type { Seconds } from '../../../shared/units.ts'
import { openInBackground } from './engine/background-copies.ts'
import type { Engine } from './engine/engine-types.ts'
import { createEngine } from './engine/engine.ts'
import { openCopy, openSource, openSources } from './engine/open-sources.ts'
import type { NoPackets } from './engine/packets.ts'
import type { ShownFrame } from './engine/shown-frames.ts'
import { createSoundTrack } from './engine/sound.ts'
import { browserScheduler, firstStatus, type PairStatus, type Readings } from './pair-types.ts'
import type { Sound } from './sound.ts'

/** Why a comparison is played by two video players and not frame by frame. */
export type WhyPlayers = NoPackets | 'broken' | 'chosen'

export type FramesOptions = {
  /** The reference first; null while they are played in another way. */
  readonly videos: readonly PlayableVideo[] | null
  readonly heard: Sound
  readonly readings: Readings
  readonly volume: number
  readonly onPaint: (shown: readonly ShownFrame[]) => void
  /** A file with the sound of a side at this speed, which begins with its first frame; null where it has none. */
  readonly soundOf: (side: number, speed: number) => Promise<string | null>
  /** A smaller copy with the same frames; null where there is none. */
  readonly copyOf: (side: number, signal?: AbortSignal) => Promise<PlayableVideo | null>
  /** It can't be played frame by frame; `at` is where it was. */
  readonly onFallback: (why: WhyPlayers, side: number, at: Seconds) => void
}

export type FramesInPage = {
  /** Null until all sides are open. */
  readonly engine: Engine | null
  readonly status: PairStatus
  /** Smaller copies are played, because this machine can't decode the originals in time. */
  readonly reduced: boolean
  /** The sound of a side could not be loaded. */
  readonly silent: boolean
}

/** The longer side of the smaller copies. */
const copySide = 1280

/** The engine of decoded frames, for as long as these videos are compared. */
export function useFrames(options: FramesOptions): FramesInPage {
  const { videos, readings, volume } = options
  const [engine, setEngine] = useState<Engine | null>(null)
  const [status, setStatus] = useState<PairStatus>(() => firstStatus(options.heard))
  const [reduced, setReduced] = useState(false)
  const [silent, setSilent] = useState(false)
  const onPaint = useEffectEvent(options.onPaint)
  const onFallback = useEffectEvent(options.onFallback)
  const soundOf = useEffectEvent(options.soundOf)
  const copyOf = useEffectEvent(options.copyOf)
  const heard = useEffectEvent(() => options.heard)

  useEffect(() => {
    if (videos === null) return undefined
    const stop = new AbortController()
    const { signal } = stop
    let created: Engine | null = null
    const fail = (side: number) => {
      if (!signal.aborted) onFallback('broken', side, created?.reading().time ?? 0)
    }
    const background = new AbortController()
    const events = { onFrame: () => created?.frameArrived(), onError: fail }

    let reduces = false
    const reduce = async (playing: Engine) => {
      // Once: the copies are as small as they get.
      if (reduces) return
      reduces = true
      background.abort()
      for (const [side, video] of videos.entries()) {
        const copy = Math.max(video.width, video.height) > copySide ? await copyOf(side) : null
        if (copy === null || signal.aborted) continue
        const opened = await openSource(copy, side, videos.length, events, signal)
        if (!opened.ok) continue
        playing.setCopy(side, null)
        playing.replaceSource(side, opened.source)
        setReduced(true)
      }
    }

    const prepareCopies = (playing: Engine, sides: readonly number[]) =>
      openInBackground({
        sides,
        isQuiet: () => playing.status().phase === 'paused' && playing.status().settled,
        isBusy: () => playing.status().slow || playing.status().catchingUp,
        open: async (side, ended) => {
          const copy = await copyOf(side, ended)
          if (copy === null) return
          const onError = () => {
            playing.setCopy(side, null)
          }
          playing.setCopy(side, await openCopy(copy, { onFrame: events.onFrame, onError }, ended))
        },
        wait: (time) => new Promise((resolve) => window.setTimeout(resolve, time)),
        signal: AbortSignal.any([signal, background.signal]),
      })

    const open = async () => {
      const found = await openSources(videos, events, signal)
      if (!found.ok) {
        onFallback(found.why, found.side, 0)
        return
      }
      const { opened } = found
      if (signal.aborted) {
        for (const { source } of opened) source.close()
        return
      }
      const sound = createSoundTrack({
        context: new AudioContext(),
        sides: videos.length,
        load: (side, speed, context) => loadSound(() => soundOf(side, speed), context),
        onReady: () => undefined,
        onProblem: () => {
          setSilent(true)
        },
      })
      const playing = createEngine({
        sides: opened.map(({ source }, side) => ({
          source,
          frames: videos[side] ?? { frameTimes: [], duration: 0 },
        })),
        sound,
        heard: heard(),
        scheduler: browserScheduler,
        onPaint,
        onStatus: setStatus,
        onReading: readings.publish,
        onHeavy: () => void reduce(playing).catch(() => undefined),
        onUnreadable: fail,
      })
      created = playing
      setStatus(playing.status())
      setEngine(playing)
      const slowSides = opened.flatMap(({ seeksSlowly }, side) => (seeksSlowly ? [side] : []))
      void prepareCopies(playing, slowSides)
    }
    open().catch(() => {
      if (!signal.aborted) onFallback('unreadable', 0, 0)
    })
    return () => {
      stop.abort()
      created?.dispose()
      setEngine(null)
    }
  }, [videos, readings])

  useEffect(() => {
    engine?.setVolume(volume)
  }, [engine, volume])

  return { engine, status, reduced, silent }
}

async function loadSound(
  find: () => Promise<string | null>,
  context: AudioContext,
): Promise<AudioBuffer | null> {
  const url = await find()
  if (url === null) return null
  const answer = await fetch(url)
  return context.decodeAudioData(await answer.arrayBuffer())
}
