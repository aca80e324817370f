import { availableParallelism } from 'node:os'
import type { ClipFacts } from '../../../shared/domain/media.ts'
import { canBeEntered, type MeasuredClip } from '../probe/clip-facts.ts'
import type { Seconds, Pixels } from '../../../shared/units.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { unrotatedSize, toSdr, storedSize, joined, canToneMap } from '../clip/filter-graph.ts'
import { even } from '../clip/output-format.ts'
import { forJpeg, assumedMatrix, onBackground, defaultBackground, withAlpha } from '../clip/colours.ts'
import { measureFile } from '../probe/probe-clip.ts'
import { type FfmpegJob, runJob, share } from '../ffmpeg.ts'
import { createLineReader } from '../tool-output.ts'
import { everyFrameOnce, seekMargin, withoutRebuilding } from './frame-range.ts'
import { createJpegSplitter } from './picture.ts'
import type { MediaTools, Running, StripJob } from '../media.ts'
import { doing, noThumbnails } from '../problems.ts'
import { toolProblem } from '../tool-problem.ts'

/** The frames that a filmstrip may use: the fewer are decoded, the faster it is. */
type StripPass = 'keyframes' | 'referred' | 'all'

/** There are seldom more than seven non-reference frames in a row; a finer strip decodes them too. */
const finest: Seconds = 0.35

const frameOf = ({ frameRate }: ClipFacts): Seconds => 1 / Math.max(1, frameRate)

/** The passes until every time has a thumbnail. Where keyframes are too rare for most times, they are not tried. */
export function stripPasses(near: Seconds, { keyframeInterval }: ClipFacts): readonly StripPass[] {
  if (2 * near < finest) return ['all']
  return keyframeInterval > 4 * near ? ['referred', 'all'] : ['keyframes', 'referred', 'all']
}

/**
 * Splits a strip into parts that are made in parallel, since one decoder leaves cores idle. Each starts decoding at the
 * keyframe before it, so a part shorter than the keyframe interval saves nothing.
 */
export function stripLanes(
  times: readonly Seconds[],
  pass: StripPass,
  { container, keyframeInterval }: ClipFacts,
  most: number,
): readonly (readonly Seconds[])[] {
  const inOrder = [...times].sort((left, right) => left - right)
  const span = (inOrder.at(-1) ?? 0) - (inOrder[0] ?? 0)
  const inOne = pass === 'keyframes' || !canBeEntered(container)
  const worthwhile = inOne ? 1 : Math.floor(span / Math.max(1, keyframeInterval))
  const lanes = Math.max(1, Math.min(most, worthwhile, inOrder.length))
  const edge = (lane: number) => Math.round((lane * inOrder.length) / lanes)
  return Array.from({ length: lanes }, (_, lane) => inOrder.slice(edge(lane), edge(lane + 1)))
}

/** The times without a thumbnail near enough. */
const unmet = (times: readonly Seconds[], made: readonly Seconds[], near: Seconds): readonly Seconds[] =>
  times.filter((time) => !made.some((at) => Math.abs(at - time) <= near + 0.0005))

/** How long before the requested time a frame may be: as little as the pass allows. */
function leadOf(pass: StripPass, near: Seconds, facts: ClipFacts): Seconds {
  const frame = frameOf(facts)
  if (pass === 'all') return 0.9 * frame
  const gap = pass === 'referred' ? 8 * frame : facts.keyframeInterval
  return Math.min(near, Math.max(frame, gap > 0 ? gap / 2 : near))
}

/** ffmpeg limits expressions to a nesting of a hundred, and a long sum nests once for each term. */
function sum(terms: readonly string[]): string {
  if (terms.length <= 1) return terms[0] ?? '0'
  const half = terms.length >> 1
  return `(${sum(terms.slice(0, half))}+${sum(terms.slice(half))})`
}

/** An expression for ffmpeg’s `select`, on the clock of the file: one frame near each time. */
function selecting(pass: StripPass, times: readonly Seconds[], near: Seconds, facts: ClipFacts): string {
  const lead = leadOf(pass, near, facts)
  const at = (time: Seconds) => (facts.startTime + time).toFixed(6)
  // The end of one window is the start of the next: one frame serves both.
  const windows = times.map((time) => {
    const from = at(time - lead)
    return `between(t,${from},${at(time + near)})*(isnan(prev_selected_t)+lt(prev_selected_t,${from}))`
  })
  return sum(windows)
}

type Strip = {
  readonly path: string
  readonly clip: MeasuredClip
  readonly height: Pixels
  readonly near: Seconds
  readonly toneMap: boolean
}

/** Scales before rotating and tone mapping, which is faster on few pixels. */
function smallPicture({ clip, height, toneMap }: Strip): readonly string[] {
  const { facts, upright } = clip
  const shown = { width: even((facts.width / facts.height) * height), height: even(height) }
  const lying = unrotatedSize(facts, shown)
  const light = toSdr(clip, toneMap)
  return [
    ...onBackground(facts, defaultBackground, storedSize(facts)),
    `scale=${lying.width}:${lying.height}:flags=fast_bilinear${light.length > 0 ? '' : assumedMatrix(clip) + forJpeg}`,
    'setsar=1',
    ...upright,
    ...light,
    ...(light.length > 0 ? [`scale=iw:ih${forJpeg}`] : []),
    'format=yuvj420p',
  ]
}

const decoded: Readonly<Record<StripPass, readonly string[]>> = {
  keyframes: ['-skip_frame', 'nokey'],
  referred: ['-skip_frame', 'noref'],
  all: [],
}

/** Each is a process with frames in memory. */
const maxLanes = Math.min(4, availableParallelism())

const seekWorthwhile: Seconds = 4

/** ffmpeg reports when each frame is shown; no packet does where frames are skipped. */
const tellTimes = ['metadata=mode=add:key=at:value=1', "metadata=mode=print:file='pipe\\:2'"]

type Lane = { readonly pass: StripPass; readonly times: readonly Seconds[]; readonly threads: number }

function stripJob(strip: Strip, { pass, times, threads }: Lane): FfmpegJob {
  const { path, clip, near } = strip
  const { facts, videoStream } = clip
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const seek = canBeEntered(facts.container) && first > seekWorthwhile + near
  const from = (facts.startTime + first - near - seekMargin).toFixed(3)
  const filters = [
    `trim=end=${(facts.startTime + last + near + 0.001).toFixed(6)}`,
    `select='${selecting(pass, times, near, facts)}'`,
    ...tellTimes,
    ...smallPicture(strip),
    ...everyFrameOnce.filters,
  ]
  return {
    threads,
    inputs: [
      {
        path,
        options: [
          ...withAlpha(facts),
          ...['-copyts', '-seek_timestamp', '1', '-noautorotate', '-skip_loop_filter', 'all'],
          ...withoutRebuilding,
          ...decoded[pass],
          ...(seek ? ['-noaccurate_seek', '-ss', from] : []),
        ],
      },
    ],
    options: [
      ...['-map', `0:${videoStream}`, '-filter:v', joined(filters), ...everyFrameOnce.options],
      ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe'],
    ],
    target: 'pipe:1',
  }
}

/** Reads times from ffmpeg’s messages as they come. */
function createTimeReader(onTime: (time: Seconds) => void) {
  let told = 0
  const lines = createLineReader((line) => {
    const time = /\bpts_time:(-?[\d.]+)/.exec(line)?.[1]
    if (time === undefined) return
    told += 1
    onTime(Number(time))
  })
  /** Returns whether there were any. */
  return (chunk: Uint8Array): boolean => {
    const before = told
    lines.take(chunk)
    return told > before
  }
}

type OnPicture = (at: Seconds, jpeg: Uint8Array) => void

async function runLane(
  mediaTools: MediaTools,
  strip: Strip,
  lane: Lane,
  onPicture: OnPicture,
  { signal, onCommand, yields }: Running,
): Promise<Outcome<null>> {
  const { startTime, duration } = strip.clip.facts
  const shown: Seconds[] = []
  const jpegs: Uint8Array[] = []
  let handed = 0
  // Times and images come through two pipes, in any order.
  const hand = () => {
    for (; handed < Math.min(shown.length, jpegs.length); handed += 1) {
      const at = (shown[handed] ?? 0) - startTime
      onPicture(Math.max(0, Number(at.toFixed(6))), jpegs[handed] ?? new Uint8Array())
    }
  }
  const splitter = createJpegSplitter((jpeg) => {
    jpegs.push(jpeg)
    hand()
  })
  const onComplaint = createTimeReader((time) => {
    shown.push(time)
    hand()
  })
  const exit = await runJob(
    mediaTools,
    { job: stripJob(strip, lane), duration },
    { signal, onCommand, yields },
    { onOutput: splitter.take, onComplaint },
  )
  splitter.close()
  const problem = toolProblem(exit, {
    tool: 'ffmpeg',
    doing: doing.makingThumbnails(strip.path),
    otherwise: (detail) => noThumbnails(strip.path, detail),
  })
  return problem ?? ok(null)
}

/** Ends when all parts have ended; the first that fails stops the others. */
async function runPass(
  mediaTools: MediaTools,
  strip: Strip,
  pass: StripPass,
  times: readonly Seconds[],
  onPicture: OnPicture,
  running: Running,
): Promise<Outcome<null>> {
  const lanes = stripLanes(times, pass, strip.clip.facts, maxLanes)
  const threads = Math.max(1, Math.floor(maxLanes / lanes.length))
  const failed = new AbortController()
  const signal = AbortSignal.any([failed.signal, ...(running.signal ? [running.signal] : [])])
  const ended = await Promise.all(
    lanes.map(async (part) => {
      const lane = { pass, times: part, threads }
      const made = await runLane(mediaTools, strip, lane, onPicture, { ...running, signal })
      if (!made.ok) failed.abort()
      return made
    }),
  )
  const wrong = ended.filter((lane) => !lane.ok)
  return wrong.find(({ problem }) => problem.code !== 'cancelled') ?? wrong[0] ?? ok(null)
}

/** Makes thumbnails from keyframes that are near enough, and decodes other frames only for the rest. */
export async function strip(
  mediaTools: MediaTools,
  path: string,
  { times, height, near: wanted }: StripJob,
  onPicture: OnPicture,
  running: Running = {},
): Promise<Outcome<null>> {
  const measured = await measureFile(mediaTools, path, running)
  if (!measured.ok) return measured
  const clip = measured.value
  const { facts } = clip
  const near = Math.max(wanted, frameOf(facts))
  const one: Strip = { path, clip, height, near, toneMap: await canToneMap(mediaTools, facts) }
  const made: Seconds[] = []
  const passes = stripPasses(near, facts)
  for (const [nth, pass] of passes.entries()) {
    const missing = unmet(times, made, near)
    if (missing.length === 0) break
    const part = share(running, nth / passes.length, (nth + 1) / passes.length)
    const keep: OnPicture = (at, jpeg) => {
      made.push(at)
      onPicture(at, jpeg)
      running.onProgress?.(1 - unmet(times, made, near).length / times.length)
    }
    const outcome = await runPass(mediaTools, one, pass, missing, keep, part)
    if (!outcome.ok) return outcome
  }
  return ok(null)
}
