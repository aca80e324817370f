import type { MediaFacts } from '../../../shared/domain/media.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Pixels } from '../../../shared/units.ts'
import {
  asStored,
  inOnePiece,
  unrotatedSize,
  toSdr,
  storedSize,
  joined,
  canToneMap,
} from '../clip/filter-graph.ts'
import { forJpeg, assumedMatrix, onBackground, defaultBackground, withAlpha } from '../clip/colours.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { measureFile } from '../probe/probe-clip.ts'
import { type FfmpegJob, runJob } from '../ffmpeg.ts'
import { atMost } from '../clip/output-format.ts'
import { withImage } from '../image/image.ts'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import type { MediaTools, Running } from '../media.ts'
import { lastWords, toolProblem } from '../tool-problem.ts'
import { doing, noFirstFrame } from '../problems.ts'

function firstFrame(path: string, clip: MeasuredClip, maxSide: Pixels, toneMap: boolean): FfmpegJob {
  const { facts, videoStream, upright } = clip
  const { width, height } = unrotatedSize(facts, atMost(facts, maxSide))
  const light = toSdr(clip, toneMap)
  const filters = [
    ...onBackground(facts, defaultBackground, storedSize(facts)),
    ...light,
    `scale=${width}:${height}${light.length > 0 ? '' : assumedMatrix(clip)}${forJpeg}`,
    ...upright,
    'setsar=1',
    'format=yuvj420p',
  ]
  return {
    inputs: [{ path, options: [...withAlpha(facts), ...asStored, ...inOnePiece(facts)] }],
    options: [
      ...['-map', `0:${videoStream}`, '-frames:v', '1', '-filter:v', joined(filters)],
      ...['-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe'],
    ],
    target: 'pipe:1',
    threads: 1,
  }
}

async function clipPicture(
  mediaTools: MediaTools,
  path: string,
  maxSide: Pixels,
  running: Running,
): Promise<Outcome<Uint8Array>> {
  const clip = await measureFile(mediaTools, path, running)
  if (!clip.ok) return clip
  const { signal, onCommand } = running
  const job = firstFrame(path, clip.value, maxSide, await canToneMap(mediaTools, clip.value.facts))
  const exit = await runJob(mediaTools, { job, duration: 0 }, { signal, onCommand })
  const noPicture = (detail: string) => noFirstFrame(path, detail)
  const problem = toolProblem(exit, {
    tool: 'ffmpeg',
    doing: doing.reading(path),
    otherwise: noPicture,
  })
  if (problem) return problem
  return exit.stdout.length > 0 ? ok(exit.stdout) : noPicture(lastWords(exit.stderr))
}

/** A JPEG of an image or of a clip’s first shown frame, upright and with its aspect ratio. */
export async function picture(
  mediaTools: MediaTools,
  path: string,
  facts: MediaFacts,
  maxSide: Pixels,
  running: Running = {},
): Promise<Outcome<Uint8Array>> {
  if (facts.kind === 'clip') return clipPicture(mediaTools, path, maxSide, running)
  return withImage(
    mediaTools,
    path,
    facts,
    (input, handOver) => doPictureWork('thumbnail', [input, maxSide], { signal: running.signal, handOver }),
    running,
  )
}

/** Splits a stream of JPEGs. FF D9 FF D8 never occurs inside one: FF is always followed by a marker or 0. */
export function createJpegSplitter(onJpeg: (jpeg: Uint8Array) => void) {
  const between = Buffer.from([0xff, 0xd9, 0xff, 0xd8])
  let rest = Buffer.alloc(0)
  return {
    take: (chunk: Uint8Array): void => {
      // A boundary may be split across two chunks.
      let from = Math.max(0, rest.length - between.length)
      rest = Buffer.concat([rest, chunk])
      for (let at = rest.indexOf(between, from); at !== -1; at = rest.indexOf(between, from)) {
        onJpeg(Uint8Array.from(rest.subarray(0, at + 2)))
        rest = rest.subarray(at + 2)
        from = 0
      }
    },
    close: (): void => {
      if (rest.length > 0) onJpeg(Uint8Array.from(rest))
      rest = Buffer.alloc(0)
    },
  }
}
