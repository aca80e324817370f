import { createEngine } from '../../../../src/renderer/features/compare/engine/engine.ts'
import { openCopy, openSources } from '../../../../src/renderer/features/compare/engine/open-sources.ts'
import { createSoundTrack } from '../../../../src/renderer/features/compare/engine/sound.ts'
import type { PairStatus } from '../../../../src/renderer/features/compare/pair-types.ts'
import { browserScheduler } from '../../../../src/renderer/features/compare/pair-types.ts'
import type { PlayableVideo } from '../../../../src/shared/domain/views.ts'

/** The engine of decoded frames alone in a page. What was painted is read from the pixels, not from the engine's word. */

const blocks = 10

/** One paint: the numbers that the pictures carry, and what the engine says it shows. */
export type Painted = {
  readonly at: number
  readonly time: number
  readonly numbers: readonly number[]
  readonly frames: readonly number[]
  /** A side was painted from a smaller copy. */
  readonly soft: boolean
}

export type OpenOptions = {
  readonly leads?: readonly number[]
  /** The side that is heard. */
  readonly heard?: 'reference' | 'none'
  /** Pixels are read only where a test looks at them. */
  readonly reads?: boolean
}

const canvas = found()
const context = pen()

function found(): HTMLCanvasElement {
  const element = document.getElementById('stage')
  if (element instanceof HTMLCanvasElement) return element
  throw new Error('No canvas in the page')
}

function pen(): CanvasRenderingContext2D {
  const made = canvas.getContext('2d', { willReadFrequently: true })
  if (made) return made
  throw new Error('This browser has no canvas')
}

/** Every frame that is open, seen from outside the engine. */
let open = 0
const close = VideoFrame.prototype.close
const clone = VideoFrame.prototype.clone
const counted = new WeakSet<VideoFrame>()
VideoFrame.prototype.close = function closeOnce(this: VideoFrame) {
  if (counted.delete(this)) open -= 1
  close.call(this)
}
VideoFrame.prototype.clone = function countClone(this: VideoFrame) {
  const copy = clone.call(this)
  counted.add(copy)
  open += 1
  return copy
}
const Native = VideoDecoder
window.VideoDecoder = class extends Native {
  constructor(init: VideoDecoderInit) {
    super({
      ...init,
      output: (frame) => {
        counted.add(frame)
        open += 1
        decoded += 1
        init.output(frame)
      },
    })
  }
}
let decoded = 0

function readNumber(left: number, width: number, height: number): number {
  const row = Math.round(height / 8)
  const { data } = context.getImageData(left, row, width, 1)
  let number = 0
  for (let block = 0; block < blocks; block += 1)
    if ((data[Math.round(((block + 0.5) * width) / blocks) * 4] ?? 0) > 128) number += 2 ** block
  return number
}

/** A sound device whose last two thirds of a second can be looked at. */
class HeardContext extends AudioContext {
  readonly tap: AnalyserNode = new AnalyserNode(this, { fftSize: 32_768 })

  constructor() {
    super()
    this.tap.connect(super.destination)
  }

  override get destination(): AudioDestinationNode {
    // The sound track connects to it as to any other node.
    return this.tap as AudioNode as AudioDestinationNode
  }
}

async function start(videos: readonly PlayableVideo[], options: OpenOptions = {}) {
  const began = performance.now()
  const { leads = [], heard = 'none', reads = true } = options
  const painted: Painted[] = []
  const troubles: string[] = []
  const lefts = videos.map((_, nth) => videos.slice(0, nth).reduce((sum, { width }) => sum + width, 0))
  canvas.width = videos.reduce((sum, { width }) => sum + width, 0)
  canvas.height = Math.max(...videos.map(({ height }) => height))
  let status: PairStatus | null = null
  let firstPair: number | null = null
  const listeners = new Set<() => void>()
  const opened = await openSources(
    videos,
    {
      onFrame: () => engine?.frameArrived(),
      onError: (side, error) => {
        troubles.push(String(error))
        engine?.fail(side)
      },
    },
    new AbortController().signal,
  )
  const sides = opened.map((one, side) => {
    if (one.ok) return one
    throw new Error(`side ${String(side)}: ${one.why}`)
  })
  const sources = sides.map(({ source }) => source)
  const audio = new HeardContext()
  const sound = createSoundTrack({
    context: audio,
    sides: videos.length,
    load: async (side, speed, target) => {
      const video = videos[side]
      if (!video?.hasSound || speed !== 1) return null
      return target.decodeAudioData(await (await fetch(video.url)).arrayBuffer())
    },
    onReady: () => undefined,
    onProblem: (error) => {
      troubles.push(String(error))
    },
  })
  let engine: ReturnType<typeof createEngine> | null = null
  let heavy = 0
  engine = createEngine({
    sides: sources.map((source, side) => ({ source, frames: videos[side]! })),
    sound,
    heard,
    scheduler: browserScheduler,
    onPaint: (shown) => {
      for (const { side, image } of shown) {
        const { width, height } = videos[side]!
        context.drawImage(image, lefts[side] ?? 0, 0, width, height)
      }
      firstPair ??= performance.now() - began
      const numbers = reads
        ? shown.map(({ side }) => readNumber(lefts[side] ?? 0, videos[side]!.width, videos[side]!.height))
        : []
      pending = {
        numbers,
        frames: shown.map(({ frame }) => frame),
        soft: shown.some(({ soft }) => soft),
        at: performance.now(),
      }
    },
    onStatus: (next) => {
      status = next
      for (const listener of listeners) listener()
    },
    onReading: ({ time }) => {
      if (pending) painted.push({ ...pending, time })
      pending = null
    },
    onHeavy: () => (heavy += 1),
    onUnreadable: (side, error) => {
      troubles.push(String(error))
      engine?.fail(side)
    },
  })
  let pending: Omit<Painted, 'time'> | null = null
  if (leads.length > 0) engine.setLeads(leads)
  engine.frameArrived()
  const until = (wanted: (status: PairStatus) => boolean) =>
    new Promise<void>((resolve) => {
      const listener = () => {
        if (!wanted(status ?? engine.status())) return
        listeners.delete(listener)
        resolve()
      }
      listeners.add(listener)
      listener()
    })
  const addCopy = async (side: number, copy: PlayableVideo) => {
    const source = await openCopy(
      copy,
      {
        onFrame: () => engine.frameArrived(),
        onError: () => troubles.push(`the copy of side ${String(side)}`),
      },
      new AbortController().signal,
    )
    engine.setCopy(side, source)
  }
  return {
    engine,
    addCopy,
    painted,
    troubles,
    audio,
    sources,
    slowSides: sides.flatMap(({ seeksSlowly }, side) => (seeksSlowly ? [side] : [])),
    settled: () => until(({ phase, settled }) => phase === 'paused' && settled),
    until,
    wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    openFrames: () => open,
    decodedFrames: () => decoded,
    firstPair: () => firstPair,
    heavy: () => heavy,
    heard: () => {
      const samples = new Float32Array(audio.tap.fftSize)
      audio.tap.getFloatTimeDomainData(samples)
      return samples
    },
  }
}

declare global {
  interface Window {
    engines: {
      readonly start: typeof start
      readonly openFrames: () => number
      opened?: Awaited<ReturnType<typeof start>>
    }
  }
}

window.engines = { start, openFrames: () => open }
