/** What ffprobe is asked to print and how its lines are read; pure. */
const streamEntries = [
  'stream=index,id,codec_type,codec_name,profile,pix_fmt,bits_per_raw_sample,width,height,sample_aspect_ratio',
  'field_order,color_transfer,has_b_frames,r_frame_rate,nb_frames,sample_rate,channels',
].join(',')

export const reportEntries = [
  'packet=codec_type,stream_index,pts_time,dts_time,duration_time,size,flags',
  streamEntries,
  'stream_side_data=rotation,displaymatrix',
  'stream_disposition=attached_pic',
].join(':')

export const frameEntries = 'frame=best_effort_timestamp_time,key_frame,interlaced_frame'

export type Fields = ReadonlyMap<string, string>

/** The packets of one stream of pictures. */
export type Timeline = {
  /** Presentation times of the shown packets on the file's own clock; in any order until the report is closed. */
  readonly times: number[]
  /** Of the shown packets that need no other; in any order until the report is closed. */
  readonly keys: number[]
  /** How long the packet shown last is shown; not a number where the container does not say. */
  lastDuration: number
  lastTime: number
  /** Packets that an edit list keeps from being shown. */
  hidden: number
  /** The time of the first keyframe in the order of decoding, shown or hidden; null before one has come. */
  firstKey: number | null
  /** The first packet of all needs one before it. */
  headless: boolean
  /** Packets of which only the order of decoding is known. */
  undated: number
}

/** What came out of a decoder, in the order in which it is shown. */
export type DecodedFrame = {
  /** Not a number where nothing says when it is shown. */
  readonly time: number
  readonly key: boolean
  readonly interlaced: boolean
}

export type Report = {
  readonly streams: readonly Fields[]
  readonly timelines: ReadonlyMap<number, Timeline>
  readonly frames: readonly DecodedFrame[]
}

export const numberIn = (fields: Fields, key: string): number => Number(fields.get(key) ?? Number.NaN)

/** One line of ffprobe's compact writer: a section's name, then `key=value` pairs. */
function readLine(line: string): { readonly section: string; readonly fields: Fields } {
  const [section = '', ...pairs] = line.split('|')
  const fields = new Map<string, string>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1)
    if (at > 0 && value !== 'N/A' && value !== 'unknown') fields.set(pair.slice(0, at), value)
  }
  return { section, fields }
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
})

function addPacket(timelines: Map<number, Timeline>, fields: Fields): void {
  if (fields.get('codec_type') !== 'video') return
  const presented = numberIn(fields, 'pts_time')
  const undated = Number.isNaN(presented)
  // AVI knows only the order of decoding, and fills gaps with empty packets.
  const time = undated ? numberIn(fields, 'dts_time') : presented
  if (Number.isNaN(time) || numberIn(fields, 'size') === 0) return
  const stream = numberIn(fields, 'stream_index')
  const flags = fields.get('flags') ?? ''
  const key = flags.includes('K')
  const timeline = timelines.get(stream) ?? emptyTimeline(!key)
  timelines.set(stream, timeline)
  if (key) timeline.firstKey ??= time
  if (undated) timeline.undated += 1
  if (flags.includes('D')) {
    timeline.hidden += 1
    return
  }
  timeline.times.push(time)
  if (key) timeline.keys.push(time)
  if (time < timeline.lastTime) return
  timeline.lastTime = time
  timeline.lastDuration = numberIn(fields, 'duration_time')
}

const asFrame = (fields: Fields): DecodedFrame => ({
  time: numberIn(fields, 'best_effort_timestamp_time'),
  key: fields.get('key_frame') === '1',
  interlaced: fields.get('interlaced_frame') === '1',
})

const ascending = (left: number, right: number) => left - right

/** Takes ffprobe's output as it comes, so that hours of packets never stand in memory as text. */
export function createReportReader(): {
  readonly take: (chunk: Uint8Array) => void
  /** Packets of pictures and frames so far. */
  readonly count: () => number
  readonly close: () => Report
} {
  const decoder = new TextDecoder()
  const streams: Fields[] = []
  const timelines = new Map<number, Timeline>()
  const frames: DecodedFrame[] = []
  let rest = ''

  const readOne = (line: string) => {
    const { section, fields } = readLine(line)
    if (section === 'packet') addPacket(timelines, fields)
    if (section === 'stream') streams.push(fields)
    if (section === 'frame') frames.push(asFrame(fields))
  }
  return {
    take: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
      rest = lines.pop() ?? ''
      lines.forEach(readOne)
    },
    count: () => [...timelines.values()].reduce((sum, { times }) => sum + times.length, frames.length),
    close: () => {
      readOne(rest)
      for (const { times, keys } of timelines.values()) {
        times.sort(ascending)
        keys.sort(ascending)
      }
      return { streams, timelines, frames }
    },
  }
}
