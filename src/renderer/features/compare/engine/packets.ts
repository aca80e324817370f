import { BufferSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny'
import type { Bytes } from '../../../../shared/units.ts'
import type { PlayableVideo } from '../../../../shared/domain/views.ts'
import { orderPackets, type DecodeOrder } from './decode-order.ts'
import { disposablePackets } from './disposable.ts'

/** All compressed pictures of one side, in memory, in the order of decoding. */
export type Packets = {
  readonly config: VideoDecoderConfig
  readonly chunks: readonly EncodedVideoChunk[]
  readonly order: DecodeOrder
  /** By packet: nothing refers to its picture. */
  readonly disposable: readonly boolean[]
  /** The frame that a decoded picture of this time stamp (in microseconds) is; undefined for one that is not shown. */
  readonly frameAt: (timestamp: number) => number | undefined
}

/** Why a side is not decoded frame by frame. */
export type NoPackets = 'unreadable' | 'undecodable' | 'unordered' | 'rotated' | 'too-large'

export type LoadedPackets =
  { readonly ok: true; readonly packets: Packets } | { readonly ok: false; readonly why: NoPackets }

/** More than this is not kept in memory: a minute at 34 Mbit/s. */
const maxFile: Bytes = 256_000_000

const no = (why: NoPackets): LoadedPackets => ({ ok: false, why })

/** Fetches a whole file and takes it apart. `signal` ends the download. Rejects only when it was ended. */
export async function loadPackets(
  video: Pick<PlayableVideo, 'url' | 'frameTimes' | 'clockStart'>,
  signal: AbortSignal,
): Promise<LoadedPackets> {
  const bytes = await download(video.url, signal)
  if (typeof bytes === 'string') return no(bytes)
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM, MATROSKA] })
  try {
    const track = await input.getPrimaryVideoTrack()
    const own = await track?.getDecoderConfig()
    if (!track || !own) return no('undecodable')
    // A decoder hands out pictures as they were filmed.
    if ((await track.getRotation()) !== 0 || (await track.getFlip())) return no('rotated')
    // A frame of a hardware decoder holds one of its few buffers, and a window of frames would soon hold all of them.
    const config = await supported(own)
    if (config === null) return no('undecodable')
    const sink = new EncodedPacketSink(track)
    const found = []
    for await (const packet of sink.packets(undefined, undefined, { verifyKeyPackets: true }))
      found.push(packet)
    signal.throwIfAborted()
    const timings = found.map(({ timestamp, type }) => ({ time: timestamp, key: type === 'key' }))
    const order = orderPackets(timings, video.frameTimes, video.clockStart)
    if (order === null) return no('unordered')
    const chunks = found.map((packet) => packet.toEncodedVideoChunk())
    const frames = new Map(
      chunks.map(({ timestamp }, packet) => [timestamp, order.frameOf[packet] ?? undefined]),
    )
    const disposable = disposablePackets(
      own,
      found.map(({ data }) => data),
    )
    return {
      ok: true,
      packets: { config, chunks, order, disposable, frameAt: (timestamp) => frames.get(timestamp) },
    }
  } catch {
    signal.throwIfAborted()
    return no('unreadable')
  } finally {
    input.dispose()
  }
}

async function download(url: string, signal: AbortSignal): Promise<ArrayBuffer | NoPackets> {
  try {
    const answer = await fetch(url, { signal })
    if (!answer.ok) return 'unreadable'
    if (Number(answer.headers.get('content-length') ?? 0) > maxFile) {
      await answer.body?.cancel()
      return 'too-large'
    }
    return await answer.arrayBuffer()
  } catch {
    signal.throwIfAborted()
    return 'unreadable'
  }
}

async function supported(config: VideoDecoderConfig): Promise<VideoDecoderConfig | null> {
  if (typeof VideoDecoder === 'undefined') return null
  const software = { ...config, hardwareAcceleration: 'prefer-software' as const }
  for (const tried of [software, config])
    if ((await VideoDecoder.isConfigSupported(tried)).supported) return tried
  return null
}
