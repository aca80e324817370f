/** What ffprobe is asked to print and how its lines are read; pure. */
export const reportEntries = [
  'packet=stream_index,pts_time,dts_time,duration_time,size,flags',
  [
    'stream=index,codec_type,codec_name,profile,pix_fmt,width,height,sample_aspect_ratio',
    'field_order,color_transfer,nb_frames,sample_rate,channels',
  ].join(','),
  'stream_side_data=rotation',
  'stream_disposition=attached_pic',
].join(':')

export type Fields = ReadonlyMap<string, string>

/** The packets of one stream. */
export type Timeline = {
  /** Presentation times of the shown packets on the file's own clock; in any order until the report is closed. */
  readonly times: number[]
  /** How long the packet shown last is shown; not a number where the container does not say. */
  lastDuration: number
  lastTime: number
  /** Packets that an edit list keeps from being shown. */
  hidden: number
}

export type Report = {
  readonly streams: readonly Fields[]
  readonly timelines: ReadonlyMap<number, Timeline>
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

function addPacket(timelines: Map<number, Timeline>, fields: Fields): void {
  const presented = numberIn(fields, 'pts_time')
  // AVI knows only the order of decoding, and fills gaps with empty packets.
  const time = Number.isNaN(presented) ? numberIn(fields, 'dts_time') : presented
  if (Number.isNaN(time) || numberIn(fields, 'size') === 0) return
  const stream = numberIn(fields, 'stream_index')
  const timeline = timelines.get(stream) ?? {
    times: [],
    lastTime: Number.NEGATIVE_INFINITY,
    lastDuration: Number.NaN,
    hidden: 0,
  }
  timelines.set(stream, timeline)
  if (fields.get('flags')?.includes('D')) {
    timeline.hidden += 1
    return
  }
  timeline.times.push(time)
  if (time < timeline.lastTime) return
  timeline.lastTime = time
  timeline.lastDuration = numberIn(fields, 'duration_time')
}

/** Takes ffprobe's output as it comes, so that hours of packets never stand in memory as text. */
export function createReportReader(): {
  readonly take: (chunk: Uint8Array) => void
  readonly close: () => Report
} {
  const decoder = new TextDecoder()
  const streams: Fields[] = []
  const timelines = new Map<number, Timeline>()
  let rest = ''

  const readOne = (line: string) => {
    const { section, fields } = readLine(line)
    if (section === 'packet') addPacket(timelines, fields)
    if (section === 'stream') streams.push(fields)
  }
  return {
    take: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
      rest = lines.pop() ?? ''
      lines.forEach(readOne)
    },
    close: () => {
      readOne(rest)
      for (const { times } of timelines.values()) times.sort((left, right) => left - right)
      return { streams, timelines }
    },
  }
}
