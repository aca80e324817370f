import type { Bytes, Milliseconds } from '../../../../shared/units.ts'
import { createDecodeRun, type Decoding, type DecodeRun } from './decode-run.ts'
import {
  frameCapacity,
  keepsWhole,
  loopHead,
  minFrames,
  neededFrames,
  planFeed,
  planFill,
  reaches,
  windowFor,
  type FrameRange,
  type Motion,
} from './frame-window.ts'
import type { Packets } from './packets.ts'

/** The frames of one side around the one that is wanted, decoded. */
export type FrameSource = {
  /** From now on frames around this one are decoded and kept; `loop`: what is played again and again. */
  readonly want: (frame: number, motion: Motion, loop?: FrameRange | null) => void
  /** Until the next wish nothing is decoded but what is on its way to this frame. */
  readonly rest: (frame: number) => void
  readonly get: (frame: number) => VideoFrame | null
  readonly has: (frame: number) => boolean
  /** True once playing from the wanted frame would find the next frames. */
  readonly isReady: () => boolean
  /** How many frames have been decoded since the beginning, shown or not. */
  readonly decoded: () => number
  /** How many frames are open. */
  readonly held: () => number
  /** From now on so many sides share the memory. */
  readonly share: (sides: number) => void
  readonly close: () => void
}

type SourceOptions = Decoding & {
  readonly packets: Packets
  /** How many sides share the memory for decoded frames. */
  readonly sides: number
  /** How many frames are kept; null: as many as that memory holds. */
  readonly capacity?: number | null
  readonly onFrame: () => void
  readonly onError: (error: unknown) => void
}

/** Frames behind a still picture are decoded after it has been looked at for this long. */
const idle: Milliseconds = 120
/** What the decoder hands out beyond the window is kept: closed, it would have to be decoded once more. */
const slack: Readonly<Record<Motion, number>> = { playing: 16, still: 16, back: 4, glance: 8 }

export function createFrameSource(options: SourceOptions): FrameSource {
  const { packets, onFrame, onError, setTimer, clearTimer } = options
  const { packetOf, keyOf } = packets.order
  const last = packetOf.length - 1
  const frames = new Map<number, VideoFrame>()
  let { sides } = options
  /** Of one frame; null before the first. */
  let bytes: Bytes | null = null
  let wanted = 0
  let motion: Motion = 'still'
  let loop: FrameRange | null = null
  let run: DecodeRun | null = null
  /** A second decoder: for the frames behind a still picture, or for those a loop comes back to. */
  let filler: (FrameRange & { readonly run: DecodeRun }) | null = null
  let timer: number | null = null
  /** The last frame that the first decoder has handed out. */
  let newest = -1
  let decoded = 0
  /** Frames that nothing refers to are left out on the way to a wanted one. */
  let skips = true
  let closed = false

  const room = () => options.capacity ?? (bytes === null ? minFrames : frameCapacity(bytes, sides))
  const windowOf = (how: Motion) => windowFor(room(), how)
  const has = (frame: number) => frames.has(frame)
  const within = (range: FrameRange, frame: number) => frame >= range.first && frame <= range.last
  const fills = (frame: number) => filler !== null && within(filler, frame) && filler.run.willGive(frame)

  const keeps = (frame: number) => {
    const window = windowOf(motion)
    if (loop !== null && within(keepsWhole(loop, room()) ? loop : loopHead(loop, window), frame)) return true
    return frame >= wanted - window.behind && frame <= wanted + window.ahead + slack[motion]
  }

  /** From the first decoder, which goes forward. */
  const receiveNext = (frame: number, picture: VideoFrame) => {
    newest = Math.max(newest, frame)
    receive(frame, picture)
  }

  const receive = (frame: number, picture: VideoFrame) => {
    decoded += 1
    bytes ??= bytesOf(picture)
    if (closed || !keeps(frame) || has(frame)) {
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
    // Stepping back has left it behind. It can't resume where the frames end, and holds memory for as many again.
    if (run !== null && newest > wanted && !has(newest) && !run.willGive(wanted)) {
      run.close()
      run = null
    }
  }

  const start = (from: number, onPicture = receive): DecodeRun =>
    createDecodeRun({
      ...{ ...options, packets, from, onFrame: onPicture },
      onError: (error, skipped) => {
        // A file may not say how far its frames are reordered; its decoder learns that from what it decodes.
        if (skipped) startOver()
        else onError(error)
      },
    })

  function startOver() {
    skips = false
    run?.close()
    run = null
    stopFiller()
    decodeAhead()
    scheduleBehind()
  }

  /** Feeds a run as far as these frames need, and leaves out what comes before the first of them. */
  const feed = (to: DecodeRun, { first, feedTo }: { readonly first: number; readonly feedTo: number }) => {
    to.feedTo(feedTo, skips ? first : 0)
  }

  const stateOf = ({ fed, willGive }: DecodeRun) => ({ fed: fed(), willGive })

  function decodeAhead() {
    const needed = neededFrames(wanted, last, windowOf(motion), loop, room())
    const plan = planFeed({ needed, has, packetOf, keyOf, run: run && stateOf(run), fills })
    if (plan === null) return
    if (plan.begin !== null) {
      run?.close()
      const other = filler?.run ?? null
      // The second decoder is already where a loop begins again.
      const takesOver = other !== null && reaches(stateOf(other), plan.first, keyOf)
      if (takesOver) filler = null
      newest = -1
      run = takesOver ? other : start(plan.begin, receiveNext)
    }
    if (run !== null) feed(run, plan)
  }

  /** Decodes where a long loop begins before it ends. */
  function decodeLoopHead() {
    if (loop === null || motion !== 'playing' || keepsWhole(loop, room())) return
    const head = loopHead(loop, windowOf('playing'))
    const missing = Array.from({ length: head.last - head.first + 1 }, (_, nth) => head.first + nth).filter(
      (frame) => !has(frame) && run?.willGive(frame) !== true,
    )
    if (missing.length > 0 && (filler === null || filler.first !== head.first)) fill(head)
  }

  function decodeBehind() {
    timer = null
    if (closed || motion === 'playing' || !has(wanted)) return
    const range = planFill(wanted, windowOf(motion), has)
    if (range === null || run?.willGive(range.last) === true || fills(range.last)) return
    fill(range, (frame, picture) => {
      receive(frame, picture)
      if (frame === range.last) stopFiller()
    })
  }

  function fill({ first, last: end }: FrameRange, onPicture = receive) {
    stopFiller()
    filler = { run: start(keyOf[first] ?? 0, onPicture), first, last: end }
    feed(filler.run, { first, feedTo: Math.max(...packetOf.slice(first, end + 1)) })
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
    want: (frame, how, looped = null) => {
      if (closed) return
      loop = looped
      wanted = Math.min(Math.max(frame, 0), last)
      motion = how
      evict()
      if (filler !== null && !keeps(filler.last)) stopFiller()
      decodeAhead()
      decodeLoopHead()
      scheduleBehind()
    },
    rest: (frame) => {
      if (timer !== null) clearTimer(timer)
      timer = null
      stopFiller()
      if (run === null || reaches(stateOf(run), frame, keyOf)) return
      run.close()
      run = null
    },
    get: (frame) => frames.get(frame) ?? null,
    has,
    isReady: () => {
      const end = loop !== null && wanted <= loop.last ? loop.last : last
      return neededFrames(wanted, end, windowOf('playing'), null, room()).every(has)
    },
    decoded: () => decoded,
    held: () => frames.size,
    share: (count) => {
      sides = count
      evict()
    },
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

/** Without a known layout its memory is one of the few buffers of a hardware decoder: of those, as few as possible. */
const bytesOf = (picture: VideoFrame): Bytes =>
  picture.format === null ? Infinity : picture.allocationSize()
