import type { Milliseconds, Seconds } from '../../../../shared/units.ts'
import type { Span } from './clock.ts'

/**
 * The sound of the sides on the shared clock. While it plays, it is the clock: pictures can wait a refresh for it, but
 * nobody hears a sound that waits.
 */
export type SoundTrack = {
  /** Whether the heard side can be started at this speed; asks for it where it is missing. */
  readonly isReady: (speed: number) => boolean
  /** From this moment of the shared clock; in a loop it goes round without a gap. */
  readonly start: (from: Seconds, speed: number, loop: Span | null) => void
  readonly stop: () => void
  /** Seconds of media heard since the start; null before anything is heard. */
  readonly played: (now: Milliseconds) => Seconds | null
  /** Which side is heard, by index; null: none. False where it is not playing yet: it has to be loaded and started. */
  readonly hear: (side: number | null) => boolean
  readonly setVolume: (volume: number) => void
  /** The sides have moved against each other: `lead` of each side, and where the shared clock begins and ends. */
  readonly place: (leads: readonly Seconds[], span: Span) => void
  /** Other sides from now on: of each, which one it was before, or null for a new one. */
  readonly setSides: (before: readonly (number | null)[]) => void
  readonly dispose: () => void
}

type SoundOptions = {
  readonly context: AudioContext
  /** Sound 0 of a side is the moment of its first picture; null for a side that has none. */
  readonly load: (side: number, speed: number, context: AudioContext) => Promise<AudioBuffer | null>
  readonly sides: number
  /** What was asked for is there. */
  readonly onReady: () => void
  readonly onProblem: (error: unknown) => void
}

/** `buffer`: undefined while it is on its way, null where there is none. */
type Loaded = { side: number; readonly speed: number; buffer: AudioBuffer | null | undefined }

type Playing = {
  /** By side. */
  readonly nodes: ReadonlyMap<number, AudioBufferSourceNode>
  /** When they began, on the context's own time. */
  readonly at: Seconds
  readonly speed: number
}

/**
 * A minute at a tenth of the speed takes 230 MB. So only what is heard is loaded, and kept are the two sides heard last, to
 * switch between, each at the two speeds it was played at last.
 */
const most = { sides: 2, speeds: 2 } as const

/** What is kept once this one has been used, the newest first. */
function newest(used: Loaded, before: readonly Loaded[]): readonly Loaded[] {
  const all = [used, ...before.filter((one) => one !== used)]
  const sides = [...new Set(all.map(({ side }) => side))].slice(0, most.sides)
  return sides.flatMap((side) => all.filter((one) => one.side === side).slice(0, most.speeds))
}

/** Short enough to be no fade, long enough not to click. */
const crossing: Seconds = 0.01
/** From the start until the first sample: what the sound device needs to begin at an exact moment. */
const headStart: Seconds = 0.02

export function createSoundTrack(options: SoundOptions): SoundTrack {
  const { context, load, onReady, onProblem } = options
  const output = context.createGain()
  output.connect(context.destination)
  const silentGain = () => {
    const gain = context.createGain()
    gain.gain.value = 0
    gain.connect(output)
    return gain
  }
  let gains = Array.from({ length: options.sides }, silentGain)
  let kept: readonly Loaded[] = []
  let heard: number | null = null
  let leads: readonly Seconds[] = []
  let span: Span = { start: 0, end: 0 }
  let playing: Playing | null = null
  let disposed = false

  /** The heard side's sound, or undefined while it is on its way. */
  function bufferOf(side: number, speed: number): AudioBuffer | null | undefined {
    const known = kept.find((one) => one.side === side && one.speed === speed) ?? begin(side, speed)
    kept = newest(known, kept)
    return known.buffer
  }

  function begin(side: number, speed: number): Loaded {
    const loading: Loaded = { side, speed, buffer: undefined }
    load(side, speed, context).then(
      (buffer) => {
        loading.buffer = buffer
        if (!disposed) onReady()
      },
      (error: unknown) => {
        loading.buffer = null
        if (!disposed) onProblem(error)
      },
    )
    return loading
  }

  /** One side's sound over the whole shared clock: every loop lies within it, and all sides begin at one moment. */
  function onSharedClock(buffer: AudioBuffer, side: number, speed: number, loops: boolean): AudioBuffer {
    const { sampleRate, numberOfChannels } = buffer
    const length = Math.max(1, Math.ceil(((span.end - span.start) / speed) * sampleRate))
    const first = Math.round(((0 - (leads[side] ?? 0) - span.start) / speed) * sampleRate)
    if (first === 0 && (!loops || buffer.length >= length)) return buffer
    const placed = context.createBuffer(numberOfChannels, length, sampleRate)
    for (let channel = 0; channel < numberOfChannels; channel += 1) {
      const samples = buffer.getChannelData(channel)
      placed.copyToChannel(first < 0 ? samples.subarray(-first) : samples, channel, Math.max(first, 0))
    }
    return placed
  }

  function stop() {
    for (const node of playing?.nodes.values() ?? []) {
      node.stop()
      node.disconnect()
    }
    playing = null
  }

  return {
    isReady: (speed) => heard !== null && bufferOf(heard, speed) !== undefined,
    start: (from, speed, loop) => {
      stop()
      void context.resume()
      const at = context.currentTime + headStart
      const started = kept.flatMap(
        ({ side, buffer, ...one }): (readonly [number, AudioBufferSourceNode])[] => {
          const gain = gains[side]
          if (one.speed !== speed || !buffer || !gain) return []
          const node = context.createBufferSource()
          node.buffer = onSharedClock(buffer, side, speed, loop !== null)
          if (loop) {
            node.loop = true
            node.loopStart = (loop.start - span.start) / speed
            node.loopEnd = (loop.end - span.start) / speed
          }
          node.connect(gain)
          node.start(at, Math.max(0, (from - span.start) / speed))
          return [[side, node]]
        },
      )
      playing = { nodes: new Map(started), at, speed }
    },
    stop,
    played: (now) => {
      if (playing === null || context.state !== 'running') return null
      const elapsed = audibleAt(context, now) - playing.at
      return elapsed < 0 ? null : elapsed * playing.speed
    },
    hear: (side) => {
      heard = side
      kept = [...kept.filter((one) => one.side === side), ...kept.filter((one) => one.side !== side)]
      for (const [index, { gain }] of gains.entries())
        gain.setTargetAtTime(index === side ? 1 : 0, context.currentTime, crossing / 3)
      return side === null || playing === null || playing.nodes.has(side)
    },
    setVolume: (volume) => {
      output.gain.setTargetAtTime(volume, context.currentTime, crossing / 3)
    },
    place: (next, whole) => {
      leads = next
      span = whole
    },
    setSides: (before) => {
      stop()
      gains = before.map((side) => (side === null ? null : gains[side]) ?? silentGain())
      kept = kept.filter(({ side }) => before.includes(side))
      for (const one of kept) one.side = before.indexOf(one.side)
    },
    dispose: () => {
      disposed = true
      kept = []
      stop()
      void context.close()
    },
  }
}

/** The moment of the context's own time that is heard now: behind what is computed, by the latency of the device. */
function audibleAt(context: AudioContext, now: Milliseconds): Seconds {
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
  const computed = context.currentTime
  // Without a device that reports, both are zero.
  if (contextTime <= 0 || performanceTime <= 0) return computed - (context.outputLatency || 0)
  return Math.min(contextTime + (now - performanceTime) / 1000, computed)
}
