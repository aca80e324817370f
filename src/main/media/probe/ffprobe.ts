import { ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import {
  maxEntries,
  maxFrames,
  tooManyFrames,
  allocationLimit,
  fileUrl,
  inputGuards,
  refusedCodec,
} from '../limits.ts'
import { commandLine, type MediaTools, type Running } from '../media.ts'
import { damaged, doing } from '../problems.ts'
import { toolProblem } from '../tool-problem.ts'
import { asItems, createItemReader, type ProbeItem, numberIn, textIn } from './probe-items.ts'
import { otherFormat, unsupportedCodec } from './problems.ts'

export type Question = {
  /** The entries to report, as `-show_entries` takes them. */
  readonly entries: string
  readonly options?: readonly string[]
  readonly onItem: (list: string, item: ProbeItem) => void
  /** Begins the sentence when it is stopped; reading the file by default. */
  readonly doing?: string
  /** What a failure of ffprobe means, where it is not about the user’s file. */
  readonly otherwise?: (detail: string) => Failure
}

const foreignFormat = /Format not on whitelist/i

/** Why ffprobe gave up on a file. */
const unreadAs =
  (path: string, complaints: string) =>
  (detail: string): Failure => {
    const codec = refusedCodec(complaints)
    if (codec !== null) return unsupportedCodec(path, codec)
    return foreignFormat.test(complaints) ? otherFormat(path, detail) : damaged(path, detail)
  }

/** ffprobe prints dozens of packets at a time, and a slow disk may take long to read as many large ones. */
const stallFactor = 4

/** One run of ffprobe on an untrusted file, without a time limit as long as it prints something. */
export async function askFfprobe(
  mediaTools: MediaTools,
  path: string,
  { entries, options = [], onItem, doing: what = doing.reading(path), otherwise }: Question,
  { signal, onCommand }: Running,
): Promise<Outcome<{ readonly complaints: string }>> {
  let told = 0
  let pictures = 0
  const enough = new AbortController()
  const items = createItemReader((list, item) => {
    told += 1
    if (item['codec_type'] === 'video' || list === 'frames') pictures += 1
    onItem(list, item)
  })
  const args = [
    ...['-v', 'error', ...allocationLimit, ...inputGuards, ...options],
    ...['-show_entries', entries, ...asItems, fileUrl(path)],
  ]
  onCommand?.(commandLine(mediaTools.ffprobe, args))
  const exit = await mediaTools.run({
    command: mediaTools.ffprobe,
    args,
    signal: AbortSignal.any([enough.signal, ...(signal ? [signal] : [])]),
    stallLimit: stallFactor * mediaTools.stallLimit,
    onOutput: (chunk) => {
      items.take(chunk)
      // A file can list the same few bytes as any number of frames, and each would be kept in memory.
      if (pictures > maxFrames || told > maxEntries) enough.abort()
    },
  })
  if (enough.signal.aborted) return tooManyFrames(path)
  items.close()
  const problem = toolProblem(exit, {
    tool: 'ffprobe',
    doing: what,
    otherwise: otherwise ?? unreadAs(path, exit.stderr),
  })
  return problem ?? ok({ complaints: exit.stderr })
}

/** The entries that ffprobe is asked for. */
const streamEntries = [
  'stream=index,id,codec_type,codec_name,codec_tag_string,profile,pix_fmt,bits_per_raw_sample,width,height',
  'sample_aspect_ratio,field_order,color_space,color_primaries,color_transfer,has_b_frames,r_frame_rate,nb_frames',
  'sample_fmt,sample_rate,channels',
].join(',')

export const reportEntries = [
  'packet=codec_type,stream_index,pts_time,dts_time,duration_time,size,flags',
  streamEntries,
  'stream_side_data=side_data_type,rotation,displaymatrix,dv_profile,dv_bl_signal_compatibility_id',
  'stream_disposition=attached_pic',
  'stream_tags=enc_key_id,alpha_mode',
].join(':')

export const frameEntries = 'frame=best_effort_timestamp_time,key_frame,interlaced_frame'

/** The packets of one stream of pictures. */
export type Timeline = {
  /** Presentation times of the shown packets on the clock of the file, unsorted until the report is closed. */
  readonly times: number[]
  /** Times of the shown keyframes, unsorted until the report is closed. */
  readonly keys: number[]
  /** How long the last packet is shown; NaN where the container does not say. */
  lastDuration: number
  lastTime: number
  /** Packets that an edit list hides. */
  hidden: number
  /** The time of the first keyframe in decoding order, shown or hidden; null before the first. */
  firstKey: number | null
  /** The first packet needs an earlier one to be decoded. */
  headless: boolean
  /** Packets without a presentation time. */
  undated: number
  /** Decoding time of the last packet; NaN before the first. */
  lastDecoded: number
  /** The clock has jumped back: the file holds several recordings in a row. */
  restarts: boolean
}

/** Output of a decoder, in display order. */
export type DecodedFrame = {
  /** NaN where nothing says when it is shown. */
  readonly time: number
  readonly key: boolean
  readonly interlaced: boolean
}

export type Report = {
  readonly streams: readonly ProbeItem[]
  readonly timelines: ReadonlyMap<number, Timeline>
  readonly frames: readonly DecodedFrame[]
}

const emptyTimeline = (headless: boolean): Timeline => ({
  times: [],
  keys: [],
  lastTime: Number.NEGATIVE_INFINITY,
  lastDuration: Number.NaN,
  hidden: 0,
  firstKey: null,
  headless,
  undated: 0,
  lastDecoded: Number.NaN,
  restarts: false,
})

/** Packets come in decoding order; some programs are off by a few frames. */
const farBack = 0.5

function addPacket(timelines: Map<number, Timeline>, packet: ProbeItem): void {
  if (packet['codec_type'] !== 'video') return
  const presented = numberIn(packet, 'pts_time')
  const undated = Number.isNaN(presented)
  // AVI stores only decoding order, and fills gaps with empty packets.
  const time = undated ? numberIn(packet, 'dts_time') : presented
  if (Number.isNaN(time) || numberIn(packet, 'size') === 0) return
  const stream = numberIn(packet, 'stream_index')
  const flags = textIn(packet, 'flags') ?? ''
  const key = flags.includes('K')
  const timeline = timelines.get(stream) ?? emptyTimeline(!key)
  timelines.set(stream, timeline)
  if (key) timeline.firstKey ??= time
  const decoded = numberIn(packet, 'dts_time')
  if (timeline.lastDecoded - decoded > farBack) timeline.restarts = true
  if (!Number.isNaN(decoded)) timeline.lastDecoded = decoded
  if (undated) timeline.undated += 1
  if (flags.includes('D')) {
    timeline.hidden += 1
    return
  }
  timeline.times.push(time)
  if (key) timeline.keys.push(time)
  if (time < timeline.lastTime) return
  timeline.lastTime = time
  timeline.lastDuration = numberIn(packet, 'duration_time')
}

const asFrame = (frame: ProbeItem): DecodedFrame => ({
  time: numberIn(frame, 'best_effort_timestamp_time'),
  key: numberIn(frame, 'key_frame') === 1,
  interlaced: numberIn(frame, 'interlaced_frame') === 1,
})

const ascending = (left: number, right: number) => left - right

/** Keeps only a few numbers of each packet. */
export function createReportReader(): {
  readonly take: (list: string, item: ProbeItem) => void
  readonly close: () => Report
} {
  const streams: ProbeItem[] = []
  const timelines = new Map<number, Timeline>()
  const frames: DecodedFrame[] = []
  return {
    take: (list, item) => {
      if (list === 'streams') streams.push(item)
      if (list === 'packets') addPacket(timelines, item)
      if (list === 'frames') frames.push(asFrame(item))
    },
    close: () => {
      for (const { times, keys } of timelines.values()) {
        times.sort(ascending)
        keys.sort(ascending)
      }
      return { streams, timelines, frames }
    },
  }
}
