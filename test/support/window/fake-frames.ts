import { vi } from 'vitest'
import type { Decoder } from '../../../src/renderer/features/compare/engine/decode-run.ts'
import { orderPackets } from '../../../src/renderer/features/compare/engine/decode-order.ts'
import type { Packets } from '../../../src/renderer/features/compare/engine/packets.ts'
import type { FakeScreen } from './fake-players.ts'

/** Decoded pictures and decoders as browsers have them, on the clock of a fake screen. Every picture carries its number. */

/** Counts what is open, so that a test can say that nothing is left. */
export class FakePictures {
  open = 0
  /** How long reading the pixels takes; null: it fails. */
  readTime: () => number | null = () => 0
  readonly #screen: FakeScreen

  constructor(screen: FakeScreen) {
    this.#screen = screen
  }

  make(number: number, timestamp: number, bytes = 3_000_000): VideoFrame {
    this.open += 1
    let closed = false
    const picture = {
      timestamp,
      format: 'I420',
      visibleRect: { width: 1, height: 1 },
      allocationSize: () => bytes,
      close: () => {
        if (!closed) this.open -= 1
        closed = true
      },
      clone: () => {
        if (closed) throw new Error('a closed picture was cloned')
        return this.make(number, timestamp, bytes)
      },
      copyTo: (pixels: Uint8ClampedArray) =>
        new Promise<void>((resolve, reject) => {
          const time = this.readTime()
          this.#screen.later(time ?? 0, () => {
            if (closed || time === null) {
              reject(new Error('unreadable'))
              return
            }
            pixels.set([number & 255, number >> 8])
            resolve()
          })
        }),
    }
    // The engine uses no more of it.
    return picture as unknown as VideoFrame
  }
}

class FakeImageData {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.data = new Uint8ClampedArray(width * height * 4)
  }
}

class FakeCanvas {
  readonly width: number
  readonly height: number
  number = -1
  constructor(width: number, height: number) {
    this.width = width
    this.height = height
  }
  getContext() {
    return {
      putImageData: ({ data: [low = 0, high = 0] }: FakeImageData) => {
        this.number = low + high * 256
      },
    }
  }
}

/** Canvases that hold the number of the picture on them. Undone by `vi.unstubAllGlobals`. */
export function stubCanvases(): void {
  vi.stubGlobal('OffscreenCanvas', FakeCanvas)
  vi.stubGlobal('ImageData', FakeImageData)
}

/** The number of the picture on a stubbed canvas. */
export function numberOn(image: CanvasImageSource): number {
  if (image instanceof FakeCanvas) return image.number
  throw new Error('not a stubbed canvas')
}

type PacketOptions = {
  readonly frames: number
  /** Every so many frames one can be decoded without the others. */
  readonly gop: number
  readonly rate?: number
  /** Every third picture refers to the two after it, so that they are decoded before it is shown. */
  readonly reordered?: boolean
  /** Nothing refers to the others of the three. */
  readonly disposable?: boolean
  /** The last two before a key refer to it too, so that they are decoded after it. */
  readonly leading?: boolean
}

export function fakePackets({
  frames,
  gop,
  rate = 30,
  reordered = false,
  disposable = false,
  leading = false,
}: PacketOptions): Packets {
  const shown = Array.from({ length: frames }, (_, frame) => frame)
  /** Two pictures follow the one that is shown after them. */
  const place = (frame: number) => {
    const inGop = frame % gop
    if (leading && inGop >= gop - 2) return frame - inGop + gop + (inGop - gop + 3) / 10
    const isLastOfClip = frame - inGop + Math.ceil(inGop / 3) * 3 >= Math.min(frames, frame - inGop + gop)
    return !reordered || inGop % 3 === 0 || isLastOfClip ? frame : frame + 0.5 + (3 - (inGop % 3))
  }
  const decoded = shown.toSorted((one, other) => place(one) - place(other))
  const timings = decoded.map((frame) => ({ time: frame / rate, key: frame % gop === 0 }))
  const order = orderPackets(
    timings,
    shown.map((frame) => frame / rate),
    0,
  )
  if (order === null) throw new Error('packets without an order')
  const chunks = timings.map(({ time, key }) => ({
    timestamp: Math.round(time * 1e6),
    type: key ? 'key' : 'delta',
  }))
  const numbers = new Map(
    chunks.map(({ timestamp }, packet) => [timestamp, order.frameOf[packet] ?? undefined]),
  )
  return {
    config: { codec: 'fake' },
    // A decoder that is fake itself needs no bytes.
    chunks: chunks as unknown as readonly EncodedVideoChunk[],
    order,
    disposable: order.frameOf.map((frame) => disposable && ((frame ?? 0) % gop) % 3 !== 0),
    frameAt: (timestamp) => numbers.get(timestamp),
  }
}

type DecoderOptions = {
  readonly screen: FakeScreen
  readonly pictures: FakePictures
  readonly packets: Packets
  /** So many packets are in it before it hands out the first picture. */
  readonly delay?: number
  /** Milliseconds for one packet. */
  readonly decodeTime?: () => number
  readonly loses?: (frame: number) => boolean
  /** It breaks on this frame. */
  readonly breaksOn?: (frame: number) => boolean
  readonly bytes?: number
  /** Hands out nothing after a packet that was left out. */
  readonly needsAll?: boolean
}

/** Makes decoders that hand pictures out in the order in which they are shown, late, and counts what they do. */
export class FakeDecoders {
  /** Packets that were decoded. */
  decoded = 0
  /** Decoders that are not closed. */
  open = 0
  made = 0
  readonly #options: DecoderOptions

  constructor(options: DecoderOptions) {
    this.#options = options
  }

  readonly create = (init: VideoDecoderInit & { readonly dequeue: () => void }): Decoder => {
    const {
      screen,
      pictures,
      packets,
      delay = 4,
      decodeTime = () => 1,
      loses,
      breaksOn,
      bytes,
      needsAll = false,
    } = this.#options
    let queue: number[] = []
    let held: number[] = []
    let state: CodecState = 'unconfigured'
    let busy = false
    let wantsKey = true
    let newest = -1
    let hasGap = false
    let flushed: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null
    this.open += 1
    this.made += 1

    const stop = () => {
      if (state !== 'closed') this.open -= 1
      state = 'closed'
      queue = []
      held = []
      flushed?.reject(new Error('closed'))
      flushed = null
    }
    const handOut = (keep: number) => {
      held.sort((one, other) => one - other)
      while (held.length > keep && state !== 'closed') {
        const timestamp = held.shift() ?? 0
        const frame = packets.frameAt(timestamp) ?? 0
        if (loses?.(frame) !== true && !(needsAll && hasGap))
          init.output(pictures.make(frame, timestamp, bytes))
      }
    }
    const work = () => {
      if (busy || state === 'closed') return
      const timestamp = queue.shift()
      if (timestamp === undefined) {
        const ended = flushed
        flushed = null
        if (ended === null) return
        handOut(0)
        ended.resolve()
        wantsKey = true
        return
      }
      busy = true
      screen.later(0, init.dequeue)
      screen.later(decodeTime(), () => {
        busy = false
        if (state === 'closed') return
        this.decoded += 1
        if (breaksOn?.(packets.frameAt(timestamp) ?? -1) === true) {
          stop()
          init.error(new DOMException('broken', 'EncodingError'))
          return
        }
        held.push(timestamp)
        handOut(delay)
        work()
      })
    }
    return {
      get state() {
        return state
      },
      get decodeQueueSize() {
        return queue.length
      },
      configure: () => {
        state = 'configured'
      },
      decode: ({ timestamp, type }) => {
        if (state !== 'configured') throw new DOMException('decode', 'InvalidStateError')
        if (wantsKey && type !== 'key') throw new DOMException('no key', 'DataError')
        wantsKey = false
        const packet = packets.order.packetOf[packets.frameAt(timestamp) ?? -1] ?? -1
        hasGap ||= newest !== -1 && packet !== newest + 1
        newest = packet
        queue.push(timestamp)
        work()
      },
      flush: () =>
        new Promise((resolve, reject) => {
          flushed = { resolve, reject }
          work()
        }),
      close: () => {
        if (state === 'closed') throw new DOMException('close', 'InvalidStateError')
        stop()
      },
    }
  }
}

/** The timers of a source, on the clock of the screen. */
export function fakeTimers(screen: FakeScreen) {
  let last = 0
  const cleared = new Set<number>()
  return {
    setTimer: (run: () => void, after: number) => {
      last += 1
      const timer = last
      screen.later(after, () => {
        if (!cleared.has(timer)) run()
      })
      return timer
    },
    clearTimer: (timer: number) => {
      cleared.add(timer)
    },
  }
}
