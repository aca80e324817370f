import type { PlayableVideo } from '../../../../shared/domain/views.ts'
import { browserDecoding } from './decode-run.ts'
import { createFrameSource, type FrameSource } from './frame-source.ts'
import { loadPackets, type NoPackets } from './packets.ts'

export type SourceEvents = {
  readonly onFrame: () => void
  readonly onError: (side: number, error: unknown) => void
}

export type OpenedSources =
  | { readonly ok: true; readonly sources: readonly FrameSource[] }
  /** Which side can't be decoded here frame by frame. */
  | { readonly ok: false; readonly side: number; readonly why: NoPackets }

/** A source of decoded frames for one side; `sides` share the memory. Rejects only when `signal` ends it. */
export async function openSource(
  video: PlayableVideo,
  side: number,
  sides: number,
  { onFrame, onError }: SourceEvents,
  signal: AbortSignal,
): Promise<
  { readonly ok: true; readonly source: FrameSource } | { readonly ok: false; readonly why: NoPackets }
> {
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
  return { ok: true, source }
}

/** All sides, or none: the first that fails decides. */
export async function openSources(
  videos: readonly PlayableVideo[],
  events: SourceEvents,
  signal: AbortSignal,
): Promise<OpenedSources> {
  const opened = await Promise.all(
    videos.map((video, side) => openSource(video, side, videos.length, events, signal)),
  )
  const sources = opened.flatMap((one) => (one.ok ? [one.source] : []))
  for (const [side, one] of opened.entries())
    if (!one.ok) {
      for (const source of sources) source.close()
      return { ok: false, side, why: one.why }
    }
  return { ok: true, sources }
}
