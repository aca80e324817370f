import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import type { Seconds } from '../../../shared/units.ts'
import {
  createComparedFiles,
  type ComparedFile,
  type ComparedFiles,
  type Failure,
  type LeftOut,
} from './engine/compared-files.ts'
import type { Engine } from './engine/engine-types.ts'
import { createEngine } from './engine/engine.ts'
import type { ShownFrame } from './engine/shown-frames.ts'
import { createSoundTrack } from './engine/sound.ts'
import { browserScheduler, firstStatus, type PairStatus, type Readings } from './pair-types.ts'
import { takeOver, type PlayState } from './play-state.ts'
import type { Sound } from './sound.ts'

/** Why a comparison is played by two video players and not frame by frame. */
export type WhyPlayers = Failure | 'chosen'

export type FramesOptions = {
  /** The reference first; null while they are played in another way. */
  readonly files: readonly ComparedFile[] | null
  readonly heard: Sound
  /** What played before; null at the beginning. */
  readonly before: () => PlayState | null
  readonly readings: Readings
  readonly volume: number
  /** `ids`: by the side of a shown frame. */
  readonly onPaint: (shown: readonly ShownFrame[], ids: readonly string[]) => void
  /** A file with the sound of a side at this speed, which begins with its first frame; null where it has none. */
  readonly soundOf: (id: string, speed: number, signal: AbortSignal) => Promise<string | null>
  /** A smaller copy with the same frames; null where there is none. */
  readonly copyOf: (id: string, signal: AbortSignal) => Promise<PlayableVideo | null>
  readonly leadOf: (id: string) => Seconds
  /** It can't be played frame by frame. */
  readonly onFallback: (why: Failure, id: string) => void
  /** Without this side there is nothing to compare; any other one that fails is left out. */
  readonly isNeeded: (id: string) => boolean
  readonly onLeftOut: (sides: readonly LeftOut[]) => void
}

export type FramesInPage = {
  /** Null until all sides are open. */
  readonly engine: Engine | null
  readonly status: PairStatus
  /** A take that was added is not open yet. */
  readonly opening: boolean
  /** The sides of which smaller copies play. */
  readonly copies: readonly string[]
  readonly playCopies: () => void
  readonly playOriginals: () => void
  /** The sound of a side could not be loaded. */
  readonly silent: boolean
}

/** The engine of decoded frames, for as long as files are compared with it. */
export function useFrames(options: FramesOptions): FramesInPage {
  const { files, readings, volume } = options
  const opened = useRef<ComparedFiles | null>(null)
  const [engine, setEngine] = useState<Engine | null>(null)
  const [status, setStatus] = useState<PairStatus>(() => firstStatus(options.heard))
  const [opening, setOpening] = useState(false)
  const [copies, setCopies] = useState<readonly string[]>([])
  const [silent, setSilent] = useState(false)
  const onPaint = useEffectEvent(options.onPaint)
  const onFallback = useEffectEvent(options.onFallback)
  const isNeeded = useEffectEvent(options.isNeeded)
  const onLeftOut = useEffectEvent(options.onLeftOut)
  const soundOf = useEffectEvent(options.soundOf)
  const copyOf = useEffectEvent(options.copyOf)
  const leadsOf = useEffectEvent((ids: readonly string[]) => ids.map(options.leadOf))
  const beginning = useEffectEvent(() => ({ before: options.before(), heard: options.heard }))

  const isOn = files !== null
  useEffect(() => {
    if (!isOn) return undefined
    const stop = new AbortController()
    const compared = createComparedFiles({
      createEngine: (sides) => {
        const { before, heard } = beginning()
        const context = soundDevice()
        if (context === null) setSilent(true)
        const sound =
          context &&
          createSoundTrack({
            context,
            sides: sides.length,
            load: (side, speed) =>
              loadSound(() => soundOf(compared.ids()[side] ?? '', speed, stop.signal), context),
            onReady: () => undefined,
            onProblem: () => {
              setSilent(true)
            },
          })
        const playing = createEngine({
          sides,
          sound,
          heard: before?.sound ?? heard,
          scheduler: browserScheduler,
          onPaint: (shown) => {
            onPaint(shown, compared.ids())
          },
          onStatus: setStatus,
          onReading: readings.publish,
          onHeavy: () => void compared.playCopies(false),
          onUnreadable: compared.lose,
        })
        playing.setLeads(leadsOf(compared.ids()))
        if (before) takeOver(playing, before)
        setStatus(playing.status())
        setEngine(playing)
        return playing
      },
      copyOf,
      ...{ leadsOf, isNeeded, onLeftOut },
      onOpening: setOpening,
      onCopies: setCopies,
      onFail: onFallback,
    })
    opened.current = compared
    return () => {
      stop.abort()
      compared.dispose()
      opened.current = null
      setEngine(null)
      setCopies([])
      setOpening(false)
    }
  }, [isOn, readings])

  useEffect(() => {
    if (files) void opened.current?.show(files)
  }, [files, readings])

  useEffect(() => {
    engine?.setVolume(volume)
  }, [engine, volume])

  return {
    ...{ engine, status, copies, silent },
    opening: opening && engine !== null,
    playCopies: () => void opened.current?.playCopies(true),
    playOriginals: () => void opened.current?.playOriginals(),
  }
}

/** Null where this computer lets nobody have one: the pictures play without. */
function soundDevice(): AudioContext | null {
  try {
    return new AudioContext()
  } catch {
    return null
  }
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
