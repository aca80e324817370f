import type { Milliseconds } from '../../../../shared/units.ts'
import { createDecodeRun, type Decoding, type DecodeRun } from './decode-run.ts'
import { planFeed, planFill, windowFor, type Motion } from './frame-window.ts'
import type { Packets } from './packets.ts'

/** The frames of one side around the one that is wanted, decoded. */
export type FrameSource = {
  /** From now on frames around this one are decoded and kept. */
  readonly want: (frame: number, motion: Motion) => void
  readonly get: (frame: number) => VideoFrame | null
  readonly has: (frame: number) => boolean
  /** True once playing from the wanted frame would find the next frames. */
  readonly isReady: () => boolean
  /** How many frames have been decoded since the beginning, shown or not. */
  readonly decoded: () => number
  /** How many frames are open. */
  readonly held: () => number
  readonly close: () => void
}

type SourceOptions = Decoding & {
  readonly packets: Packets
  /** How many decoded frames may be kept. */
  readonly capacity: number
  readonly onFrame: () => void
  readonly onError: (error: unknown) => void
}

/** Frames behind a still picture are decoded after it has been looked at for this long. */
const idle: Milliseconds = 120
/** What the decoder hands out beyond the window is kept: closed, it would have to be decoded once more. */
const slack: Readonly<Record<Motion, number>> = { playing: 16, still: 16, back: 4 }

export function createFrameSource(options: SourceOptions): FrameSource {
  const { packets, capacity, onFrame, onError, setTimer, clearTimer } = options
  const { packetOf, keyOf } = packets.order
  const last = packetOf.length - 1
  const frames = new Map<number, VideoFrame>()
  let wanted = 0
  let motion: Motion = 'still'
  let run: DecodeRun | null = null
  let filler: { readonly run: DecodeRun; readonly first: number; readonly last: number } | null = null
  let timer: number | null = null
  let decoded = 0
  let closed = false

  const has = (frame: number) => frames.has(frame)
  const fills = (frame: number) =>
    filler !== null && frame >= filler.first && frame <= filler.last && filler.run.willGive(frame)

  const keeps = (frame: number) => {
    const { ahead, behind } = windowFor(capacity, motion)
    return frame >= wanted - behind && frame <= wanted + ahead + slack[motion]
  }

  const receive = (frame: number, picture: VideoFrame) => {
    decoded += 1
    if (closed || !keeps(frame) || frames.has(frame)) {
      picture.close()
      return
    }
    frames.set(frame, picture)
    if (frame === wanted) scheduleBehind()
    onFrame()
  }

  function evict() {
    for (const [frame, picture] of frames)
      if (!keeps(frame)) {
        picture.close()
        frames.delete(frame)
      }
  }

  const start = (from: number, onPicture: (frame: number, picture: VideoFrame) => void): DecodeRun =>
    createDecodeRun({ ...options, packets, from, onFrame: onPicture, onError })

  function decodeAhead() {
    const window = windowFor(capacity, motion)
    const state = run && { from: run.from, fed: run.fed(), willGive: run.willGive }
    const plan = planFeed({ wanted, last, window, has, packetOf, keyOf, run: state, fills })
    if (plan === null) return
    if (plan.begin !== null) {
      run?.close()
      run = start(plan.begin, receive)
    }
    run?.feedTo(plan.feedTo)
  }

  function decodeBehind() {
    timer = null
    if (closed || motion === 'playing' || !has(wanted)) return
    const range = planFill(wanted, windowFor(capacity, motion), has)
    if (range === null || run?.willGive(range.last) === true || fills(range.last)) return
    stopFiller()
    const { first, last: end } = range
    // It delivers only what it was started for.
    const filling = start(keyOf[first] ?? 0, (frame, picture) => {
      if (frame >= first && frame <= end) receive(frame, picture)
      else {
        decoded += 1
        picture.close()
      }
      if (frame === end) stopFiller()
    })
    filler = { run: filling, first, last: end }
    filling.feedTo(Math.max(...packetOf.slice(first, end + 1)))
  }

  function stopFiller() {
    filler?.run.close()
    filler = null
  }

  /** At once where the next step back may already need it. */
  function scheduleBehind() {
    if (timer !== null) clearTimer(timer)
    timer = null
    if (motion === 'back') decodeBehind()
    else if (motion === 'still') timer = setTimer(decodeBehind, idle)
  }

  return {
    want: (frame, how) => {
      if (closed) return
      wanted = Math.min(Math.max(frame, 0), last)
      motion = how
      evict()
      if (filler !== null && !keeps(filler.last)) stopFiller()
      decodeAhead()
      scheduleBehind()
    },
    get: (frame) => frames.get(frame) ?? null,
    has,
    isReady: () => {
      const { ahead } = windowFor(capacity, 'playing')
      for (let frame = wanted; frame <= Math.min(wanted + ahead, last); frame += 1) if (!has(frame)) return false
      return true
    },
    decoded: () => decoded,
    held: () => frames.size,
    close: () => {
      closed = true
      if (timer !== null) clearTimer(timer)
      run?.close()
      stopFiller()
      for (const picture of frames.values()) picture.close()
      frames.clear()
    },
  }
}
