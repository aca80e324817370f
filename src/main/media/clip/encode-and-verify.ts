import { createLineReader, progressReader } from '../tool-output.ts'
import { textIn, type ProbeItem } from '../probe/probe-items.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { ffmpegArgs, standardInput, type FfmpegJob, encoderStall, type FfmpegStep } from '../ffmpeg.ts'
import { commandLine, type MediaTools, type Running } from '../media.ts'
import { toolProblem } from '../tool-problem.ts'

/** Passes the output of one process to another; what is not read yet waits in memory. */
type Channel = {
  readonly push: (chunk: Uint8Array) => void
  readonly end: () => void
  readonly chunks: AsyncIterable<Uint8Array>
}

function createChannel(): Channel {
  let waiting: Uint8Array[] = []
  let ended = false
  let wake: () => void = () => undefined

  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const ready = waiting
      waiting = []
      yield* ready
      if (waiting.length > 0) continue
      if (ended) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    push: (chunk) => {
      waiting.push(chunk)
      wake()
    },
    end: () => {
      ended = true
      wake()
    },
    chunks: read(),
  }
}

/** Makes ffmpeg list every packet with its hash, and the extradata of each track. */
const hashOptions: readonly string[] = [
  ...['-c', 'copy', '-flush_packets', '1', '-f', 'framehash', '-hash', 'murmur3'],
]

/** `#extradata 0, 48, hash`, or `0, dts, pts, duration, size, hash`. */
const line = /^(#extradata )?(\d+),.*,\s*([0-9a-f]+)\s*$/

type HashReader = {
  readonly take: (chunk: Uint8Array) => void
  /** Two files with the same answer hold the same packets in the same order on every track. */
  readonly close: () => string
}

const inOrder = (tracks: ReadonlyMap<string, readonly string[]>): string =>
  [...tracks]
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([track, hashes]) => `${track}: ${hashes.join(' ')}`)
    .join('\n')

/** `onPacket` gets the number of packets of the first track so far. */
export function createHashReader(onPacket: (count: number) => void = () => undefined): HashReader {
  const tracks = new Map<string, string[]>()
  let count = 0

  const readOne = (text: string) => {
    const [, extra, track, hash] = line.exec(text) ?? []
    if (track === undefined || hash === undefined) return
    const hashes = tracks.get(track) ?? []
    hashes.push(hash)
    tracks.set(track, hashes)
    if (track !== '0' || extra !== undefined) return
    count += 1
    onPacket(count)
  }
  const lines = createLineReader(readOne)
  return {
    take: lines.take,
    close: () => {
      lines.close()
      return inOrder(tracks)
    },
  }
}

/** The same for a finished file, from ffprobe, which starts four times as fast. */
export const probedHashes = {
  options: ['-show_data_hash', 'murmur3'],
  entries: 'packet=stream_index,data_hash:stream=index,extradata_hash',
} as const

const hashIn = (item: ProbeItem, key: string) => /^murmur3:([0-9a-f]+)$/.exec(textIn(item, key) ?? '')?.[1]

/** Reads ffprobe’s packets and tracks; `close` returns the same as `HashReader.close`. */
export function createProbedHashReader(): {
  readonly take: (list: string, item: ProbeItem) => void
  readonly close: () => string
} {
  const tracks = new Map<string, string[]>()
  return {
    take: (list, item) => {
      const isTrack = list === 'streams'
      const track = textIn(item, isTrack ? 'index' : 'stream_index')
      const hash = hashIn(item, isTrack ? 'extradata_hash' : 'data_hash')
      if (track === undefined || hash === undefined) return
      const hashes = tracks.get(track) ?? []
      // ffprobe lists the tracks after all packets.
      if (isTrack) hashes.unshift(hash)
      else hashes.push(hash)
      tracks.set(track, hashes)
    },
    close: () => inOrder(tracks),
  }
}

/** Hashes of the packets that a strict decoder has decoded. */
export type Watched = { readonly packets: string }

/**
 * Decodes every frame and sample and stops at the first error. Deblocking reads nothing from the file, so it is
 * skipped.
 */
const watchJob: FfmpegJob = {
  inputs: [
    {
      path: standardInput,
      options: ['-protocol_whitelist', 'pipe', '-skip_loop_filter', 'all', '-f', 'matroska'],
    },
  ],
  options: ['-map', '0', '-f', 'null', '-', '-map', '0', ...hashOptions],
  target: 'pipe:1',
  strict: true,
  threads: 1,
}

const lowPriorityFactor = 5

/**
 * Runs an encoder, and at the same time a strict decoder of its packets. The decoder uses idle time of the encoder; run
 * afterwards, it would add its own time.
 */
export async function encodeWatched(
  mediaTools: MediaTools,
  { job, doing, duration, otherwise }: FfmpegStep,
  frames: number,
  { signal, onProgress, onCommand }: Running,
): Promise<Outcome<Watched>> {
  const [encoder, watcher] = [ffmpegArgs({ ...job, progress: true }), ffmpegArgs(watchJob)]
  onCommand?.(`${commandLine(mediaTools.ffmpeg, encoder)} | ${commandLine(mediaTools.ffmpeg, watcher)}`)
  const channel = createChannel()
  const hashes = createHashReader((count) => onProgress?.(Math.min(1, count / frames)))
  const common = { command: mediaTools.ffmpeg, stallLimit: encoderStall(mediaTools) }
  // If the encoder fails, the decoder is stopped; one that hangs would outlive it.
  const unwatched = new AbortController()
  const watching = mediaTools.run({
    ...common,
    args: watcher,
    yields: true,
    // On a busy computer, a process of low priority gets almost no time.
    stallLimit: lowPriorityFactor * common.stallLimit,
    signal: AbortSignal.any([unwatched.signal, ...(signal ? [signal] : [])]),
    input: channel.chunks,
    onOutput: hashes.take,
  })
  const encoded = await mediaTools.run({
    ...common,
    args: encoder,
    signal,
    onOutput: channel.push,
    // Progress is what has been decoded.
    onComplaint: progressReader(duration, () => undefined),
  })
  channel.end()
  if (encoded.ended !== 'exit' || encoded.exitCode !== 0) unwatched.abort()
  const watched = await watching
  const about = { tool: 'ffmpeg', doing, otherwise } as const
  return toolProblem(encoded, about) ?? toolProblem(watched, about) ?? ok({ packets: hashes.close() })
}
