import type { PlayableVideo } from '../../../../shared/domain/views.ts'
import type { Seconds } from '../../../../shared/units.ts'
import { longestGroup } from './decode-order.ts'
import { browserDecoding } from './decode-run.ts'
import { createFrameSource, type FrameSource } from './frame-source.ts'
import type { NoPackets, Packets } from './packets.ts'

export type SourceEvents = {
  readonly onFrame: () => void
  readonly onError: (side: number, error: unknown) => void
}

type OpenedSource = {
  readonly source: FrameSource
  /** So many frames have to be decoded for one of them that a copy with more keyframes is worth making. */
  readonly seeksSlowly: boolean
}

/** A side, or why it can't be decoded here frame by frame. */
type Opened = ({ readonly ok: true } & OpenedSource) | { readonly ok: false; readonly why: NoPackets }

const longGroup = 60
const longVideo: Seconds = 5
/** Frames of a small copy that are kept: those around the last one, for a drag that goes back. */
const keptOfCopy = 6

const seeksSlowly = ({ duration }: PlayableVideo, { order }: Packets): boolean =>
  duration > longVideo && longestGroup(order) > longGroup

/** What takes files apart is a sixth of the page's code, and needed only here. */
const loadPackets = async (video: PlayableVideo, signal: AbortSignal) =>
  (await import('./packets.ts')).loadPackets(video, signal)

/** A source of decoded frames for one side; `sides` share the memory. Rejects only when `signal` ends it. */
export async function openSource(
  video: PlayableVideo,
  side: number,
  sides: number,
  { onFrame, onError }: SourceEvents,
  signal: AbortSignal,
): Promise<Opened> {
  const loaded = await loadPackets(video, signal)
  if (!loaded.ok) return loaded
  const source = createFrameSource({
    ...browserDecoding,
    packets: loaded.packets,
    sides,
    onFrame,
    onError: (error) => {
      onError(side, error)
    },
  })
  return { ok: true, source, seeksSlowly: seeksSlowly(video, loaded.packets) }
}

/** A source for a glance: of a small copy of a side. Null where it can't be decoded. Rejects only when `signal` ends it. */
export async function openCopy(
  copy: PlayableVideo,
  { onFrame, onError }: { readonly onFrame: () => void; readonly onError: () => void },
  signal: AbortSignal,
): Promise<FrameSource | null> {
  const loaded = await loadPackets(copy, signal)
  if (!loaded.ok) return null
  // Its frames are in the order of decoding, so that each can be handed out at once.
  const config = { ...loaded.packets.config, optimizeForLatency: true }
  const packets = { ...loaded.packets, config }
  return createFrameSource({ ...browserDecoding, packets, sides: 1, capacity: keptOfCopy, onFrame, onError })
}

/** In the order of the videos. Rejects only when `signal` ends it. */
export const openSources = (
  videos: readonly PlayableVideo[],
  events: SourceEvents,
  signal: AbortSignal,
): Promise<readonly Opened[]> =>
  Promise.all(videos.map((video, side) => openSource(video, side, videos.length, events, signal)))
