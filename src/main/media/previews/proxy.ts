import { stat } from 'node:fs/promises'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Pixels } from '../../../shared/units.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import {
  asStored,
  inOnePiece,
  unrotatedSize,
  toSdr,
  storedSize,
  joined,
  soundGraph,
  canToneMap,
} from '../clip/filter-graph.ts'
import {
  becomesBt709,
  taggedBt709,
  toBt709,
  onBackground,
  defaultBackground,
  withAlpha,
} from '../clip/colours.ts'
import { type FfmpegJob, runFfmpeg, share } from '../ffmpeg.ts'
import { atMost, type Size, asMp4, withoutMetadata, soundOptions } from '../clip/output-format.ts'
import type { MediaTools, Running } from '../media.ts'
import { measure, measureFile } from '../probe/probe-clip.ts'
import { alreadyThere, doing, proxyDiffers, proxyIncomplete } from '../problems.ts'
import { isSameFile, putInPlace } from '../put-in-place.ts'
import { passThroughTimes, readBuild, type Build } from '../tools/choose.ts'

/** The longer side: as large as the preview on a usual screen, and quick to make. */
const maxProxySide: Pixels = 1280
/** The keyframe interval: a player that seeks decodes at most this many frames. */
const keyframeEvery = 5
/** Ticks a second: divisible by all usual frame rates, and an eleventh of a millisecond for others. */
const clock = 90_000

const builds = new WeakMap<MediaTools, Build | null>()

/** ffmpeg does not change while the app runs. */
async function buildOf(mediaTools: MediaTools): Promise<Build | null> {
  const known = builds.get(mediaTools)
  if (known !== undefined) return known
  const said = await mediaTools.run({ command: mediaTools.ffmpeg, args: ['-version'], wallLimit: 10_000 })
  const build = readBuild('ffmpeg', new TextDecoder().decode(said.stdout))
  builds.set(mediaTools, build)
  return build
}

type CopyAs = {
  readonly size: Size
  readonly toneMap: boolean
  readonly build: Build | null
  readonly target: string
}

function copyJob(path: string, clip: MeasuredClip, { size, toneMap, build, target }: CopyAs): FfmpegJob {
  const { facts, times, upright, videoStream, audioStream } = clip
  const [begins = 0] = times
  const lying = unrotatedSize(facts, size)
  const picture = [
    ...(facts.interlaced ? ['yadif=deint=interlaced'] : []),
    `settb=expr=1/${clock}`,
    `setpts=PTS-STARTPTS`,
    ...onBackground(facts, defaultBackground, storedSize(facts)),
    `scale=${lying.width}:${lying.height}:flags=bilinear:out_range=tv${becomesBt709(facts, false) ? toBt709 : ''}`,
    ...toSdr(clip, toneMap),
    ...upright,
    'setsar=1',
    'format=yuv420p',
  ]
  const sound = audioStream === null ? null : soundGraph({ begins, duration: facts.duration })
  return {
    inputs: [
      {
        path,
        options: [...withAlpha(facts), '-copyts', '-seek_timestamp', '1', ...asStored, ...inOnePiece(facts)],
      },
    ],
    graph: [
      `[0:${videoStream}]${joined(picture)}[v]`,
      ...(sound === null ? [] : [`[0:${audioStream ?? 0}]${sound}[a]`]),
    ].join(';'),
    options: [
      // Every frame keeps its time; by default ffmpeg evens them out for MP4.
      ...['-map', '[v]', ...passThroughTimes(build), '-enc_time_base', `1:${clock}`],
      ...['-video_track_timescale', String(clock)],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-bf', '0'],
      ...['-g', String(keyframeEvery), '-sc_threshold', '0'],
      ...(becomesBt709(facts, toneMap) ? taggedBt709 : []),
      ...(sound === null ? [] : ['-map', '[a]', ...soundOptions(facts.audio?.channels ?? 2)]),
      ...withoutMetadata,
      ...asMp4,
    ],
    target,
  }
}

/** One millisecond is shorter than any frame, and longer than the rounding of any clock. */
const sameTime = 0.0011

async function sameFrames(
  mediaTools: MediaTools,
  path: string,
  clip: MeasuredClip,
  copy: string,
  running: Running,
): Promise<Outcome<null>> {
  const { size: bytes } = await stat(copy)
  const made = await measure(mediaTools, copy, { container: 'mp4', bytes }, running)
  if (!made.ok) return made
  const zero = clip.times[0] ?? 0
  const { times } = made.value
  if (times.length !== clip.times.length)
    return proxyDiffers(path, `${times.length} frames instead of ${clip.times.length}`)
  const off = clip.times.findIndex((time, nth) => Math.abs(time - zero - (times[nth] ?? -1)) > sameTime)
  return off === -1 ? ok(null) : proxyDiffers(path, `frame ${off} at ${times[off] ?? -1}`)
}

/** Writes a small H.264 proxy with the same frames at the same times, starting at zero, which every window can play. */
export async function playable(
  mediaTools: MediaTools,
  path: string,
  target: string,
  running: Running = {},
): Promise<Outcome<null>> {
  if (await isSameFile(path, target)) return alreadyThere(target)
  const measured = await measureFile(mediaTools, path, running)
  if (!measured.ok) return measured
  const clip = measured.value
  const size = atMost(clip.facts, maxProxySide)
  const [toneMap, build] = await Promise.all([canToneMap(mediaTools, clip.facts), buildOf(mediaTools)])
  return putInPlace(mediaTools, target, 'replace', async (temporary) => {
    const copied = await runFfmpeg(
      mediaTools,
      {
        job: copyJob(path, clip, { size, toneMap, build, target: temporary }),
        doing: doing.copyingForPreview(path),
        duration: clip.facts.duration,
        otherwise: (detail) => proxyIncomplete(path, detail),
      },
      share(running, 0, 0.95),
    )
    if (!copied.ok) return copied
    return sameFrames(mediaTools, path, clip, temporary, share(running, 0.95, 1))
  })
}
