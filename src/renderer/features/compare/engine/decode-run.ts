import type { Milliseconds } from '../../../../shared/units.ts'
import type { Packets } from './packets.ts'

/** The part of a `VideoDecoder` that is used. */
export type Decoder = Pick<
  VideoDecoder,
  'configure' | 'decode' | 'flush' | 'close' | 'decodeQueueSize' | 'state'
>

export type Decoding = {
  readonly createDecoder: (init: VideoDecoderInit & { readonly dequeue: () => void }) => Decoder
  readonly setTimer: (run: () => void, after: Milliseconds) => number
  readonly clearTimer: (timer: number) => void
}

export const browserDecoding: Decoding = {
  createDecoder: ({ dequeue, ...init }) => {
    const decoder = new VideoDecoder(init)
    decoder.addEventListener('dequeue', dequeue)
    return decoder
  },
  setTimer: (run, after) => window.setTimeout(run, after),
  clearTimer: (timer) => {
    window.clearTimeout(timer)
  },
}

/** One decoder on its way from a key packet towards the end. */
export type DecodeRun = {
  readonly from: number
  /** The next packet to be fed. */
  readonly fed: () => number
  /** Feeds at least as far as this packet. On the way, frames before `first` are left out where nothing refers to them. */
  readonly feedTo: (packet: number, first: number) => void
  /** Will hand this frame out if it is fed far enough: it is still to come. */
  readonly willGive: (frame: number) => boolean
  readonly close: () => void
}

type RunOptions = Decoding & {
  readonly packets: Packets
  /** A key packet. */
  readonly from: number
  /** The receiver closes it. */
  readonly onFrame: (frame: number, picture: VideoFrame) => void
  /** `skipped`: frames had been left out on the way. */
  readonly onError: (error: unknown, skipped: boolean) => void
}

/** So many packets wait in the decoder; more would only hold memory and delay a change of mind. */
const maxQueue = 8
/** A decoder with several threads hands a frame out only when so many packets more are in it, unless it is to hurry. */
const firstLead = 6
/** No codec reorders by more; a frame that is so far behind the newest one is not coming. */
const maxReordered = 32
/** After this long without a frame, a decoder that has nothing left to do gets more packets, if need be to the end. */
const patience: Milliseconds = 40

export function createDecodeRun(options: RunOptions): DecodeRun {
  const { packets, from, onFrame, onError, setTimer, clearTimer } = options
  const { chunks, order } = packets
  const given = new Set<number>()
  /** Packets that were left out. */
  const skipped = new Set<number>()
  const begins = chunks[from]?.timestamp ?? 0
  let fed = from
  let goal = from
  let keepFrom = 0
  /** How many were left out after the goal: a decoder that looks ahead gets others for them. */
  let skippedLead = 0
  let ahead = packets.config.optimizeForLatency === true ? 0 : firstLead
  let ended = false
  let closed = false
  let timer: number | null = null

  const decoder = options.createDecoder({
    output: (picture) => {
      const frame = packets.frameAt(picture.timestamp)
      // What is shown before the key packet refers to what was never decoded.
      if (closed || frame === undefined || picture.timestamp < begins) {
        picture.close()
        return
      }
      given.add(frame)
      if (isLost(frame - maxReordered))
        fail(new Error(`frame ${String(frame - maxReordered)} did not come out`))
      onFrame(frame, picture)
      feed()
    },
    error: fail,
    dequeue: feed,
  })
  try {
    decoder.configure(packets.config)
  } catch (error) {
    fail(error)
  }

  function fail(error: unknown) {
    if (closed) return
    close()
    onError(error, skipped.size > 0)
  }

  function close() {
    closed = true
    stopTimer()
    // One that broke has closed already, and would throw.
    if (decoder.state !== 'closed') decoder.close()
  }

  function stopTimer() {
    if (timer !== null) clearTimer(timer)
    timer = null
  }

  const willGive = (frame: number) => {
    const packet = order.packetOf[frame] ?? -1
    if (packet < from || skipped.has(packet)) return false
    return (chunks[packet]?.timestamp ?? 0) >= begins && !given.has(frame)
  }

  const canSkip = (packet: number) =>
    packet > from && packets.disposable[packet] === true && (order.frameOf[packet] ?? -1) < keepFrom

  /** A frame up to the goal has been asked for and not come out yet. */
  const isWaiting = () =>
    order.frameOf.slice(from, goal + 1).some((frame) => frame !== null && willGive(frame))

  /** A frame that was fed long ago and that decoders of damaged data leave out. */
  const isLost = (frame: number) => willGive(frame) && (order.packetOf[frame] ?? Infinity) < fed

  const leadEnd = () => goal + ahead + skippedLead

  function feed() {
    if (closed || ended) return
    try {
      while (fed < chunks.length && fed <= leadEnd() && decoder.decodeQueueSize < maxQueue) {
        const packet = fed
        const chunk = chunks[packet]
        fed += 1
        if (canSkip(packet)) {
          skipped.add(packet)
          if (packet > goal) skippedLead += 1
        } else if (chunk) decoder.decode(chunk)
      }
      stopTimer()
      if (fed >= chunks.length) {
        ended = true
        // Rejects when the run is closed before it ends.
        decoder.flush().then(
          () => {
            if (isWaiting()) fail(new Error('the last frames did not come out'))
          },
          () => undefined,
        )
      } else if (fed > leadEnd() && isWaiting()) timer = setTimer(feedMore, patience)
    } catch (error) {
      fail(error)
    }
  }

  function feedMore() {
    timer = null
    if (decoder.decodeQueueSize === 0) ahead += 4
    feed()
  }

  return {
    from,
    fed: () => fed,
    feedTo: (packet, first) => {
      if (packet > goal) skippedLead = 0
      goal = Math.max(goal, packet)
      keepFrom = first
      feed()
    },
    willGive: (frame) => !closed && willGive(frame),
    close,
  }
}
