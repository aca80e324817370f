import { useEffect, useState } from 'react'
import type { ClipContainer, ClipFacts } from '../../shared/domain/media.ts'
import { endsTooEarly, type ClockStart } from '../../shared/domain/player-clock.ts'
import type { Problem } from '../../shared/outcome.ts'
import type { Fraction } from '../../shared/units.ts'
import { desktop } from './desktop.ts'
import type { ClipInspection } from '../state/intake.ts'

/** Asks a browser about a type and its codecs; empty for one that it surely cannot play. */
type CanPlay = (type: string) => string

/** Every window plays these, as far as it plays what is in them. */
const playedContainers: ReadonlySet<ClipContainer> = new Set<ClipContainer>(['mp4', 'mov', 'webm', 'mkv'])
/** What browsers commonly play; anything else is not even tried. */
const playedAnywhere = new Set(['h264', 'vp8', 'vp9', 'av1'])
const askedAs: Readonly<Record<string, string>> = { hevc: 'video/mp4; codecs="hvc1.1.6.L120.90"' }
/** H.264 High 10. */
const tenBit = 'video/mp4; codecs="avc1.6E0028"'

/** Whether a copy is needed before anything is played. A clip that is tried and fails gets one as well. */
export function needsCopy(
  facts: Pick<ClipFacts, 'container' | 'codec' | 'bitDepth' | 'startTime'>,
  canPlay: CanPlay,
): boolean {
  const { container, codec, bitDepth } = facts
  if (!playedContainers.has(container) || endsTooEarly(facts)) return true
  const asked = askedAs[codec]
  if (asked !== undefined) return canPlay(asked) === ''
  if (codec === 'h264' && bitDepth > 8) return canPlay(tenBit) === ''
  return !playedAnywhere.has(codec)
}

export type PlayableMedia = {
  readonly media: string
  /** Where the clock of a player begins that plays it. */
  readonly start: ClockStart
}

type Playable =
  | ({ readonly step: 'ready' } & PlayableMedia)
  | { readonly step: 'making'; readonly call: string; readonly fraction: Fraction | null }
  | { readonly step: 'stopped'; readonly problem: Problem | null }

export type PlayableClip = {
  readonly playable: Playable
  /** The window could not play it: a copy is made, unless this was the copy. */
  readonly failed: () => void
  readonly makeCopy: () => void
  readonly cancel: () => void
}

const newCall = (): Playable => ({ step: 'making', call: crypto.randomUUID(), fraction: null })

function firstStep({ facts, media }: ClipInspection): Playable {
  const probe = document.createElement('video')
  return needsCopy(facts, (type) => probe.canPlayType(type))
    ? newCall()
    : { step: 'ready', media, start: facts.startTime }
}

const copyFails: Problem = {
  code: 'internal',
  message: 'This window can’t play the clip or a copy of it.',
}

/** Something of the clip that this window can play: the clip itself where that is possible, else a copy. */
export function usePlayable(clip: ClipInspection): PlayableClip {
  const [playable, setPlayable] = useState<Playable>(() => firstStep(clip))
  const call = playable.step === 'making' ? playable.call : null
  const { token } = clip.file

  useEffect(() => {
    if (call === null) return undefined
    let over = false
    const { ask, listen } = desktop()
    const end = listen['call:progress'](({ call: of, fraction }) => {
      if (of === call) setPlayable({ step: 'making', call, fraction })
    })
    void ask['clip:playable']({ file: token }, call).then((answer) => {
      if (over) return
      over = true
      setPlayable(
        answer.ok
          ? // A copy begins at zero.
            { step: 'ready', media: answer.value.media, start: 0 }
          : { step: 'stopped', problem: answer.problem },
      )
    })
    return () => {
      end()
      if (!over) void ask['call:cancel']({ call })
      over = true
    }
  }, [call, token])

  return {
    playable,
    failed: () => {
      const isOwn = playable.step === 'ready' && playable.media === clip.media
      setPlayable(isOwn ? newCall() : { step: 'stopped', problem: copyFails })
    },
    makeCopy: () => {
      setPlayable(newCall())
    },
    cancel: () => {
      setPlayable({ step: 'stopped', problem: null })
    },
  }
}
