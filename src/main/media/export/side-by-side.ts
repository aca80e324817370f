import { stat } from 'node:fs/promises'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes, Seconds } from '../../../shared/units.ts'
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
  taggedBt709,
  toBt709,
  assumedMatrix,
  onBackground,
  defaultBackground,
  withAlpha,
} from '../clip/colours.ts'
import { type FfmpegJob, runFfmpeg } from '../ffmpeg.ts'
import { asMp4, fineQuality, withoutMetadata, pictureOptions, soundOptions } from '../clip/output-format.ts'
import type { MediaTools, Running, SideBySideJob } from '../media.ts'
import { measureFile, timesFromFirst } from '../probe/probe-clip.ts'
import { alreadyThere, comparisonFailed, doing, nothingToCompare } from '../problems.ts'
import { exists, putInPlace } from '../put-in-place.ts'
import { perSecond, rateText, resampledRate, steadyRate, type Rate } from '../../../shared/domain/frames.ts'
import { firstTicks } from '../../../shared/domain/pairs.ts'
import { tickExpression } from './tick-expression.ts'

/** Two taller videos side by side are wider than most players support. */
const tallest = 1080
const fastest = 60

type Side = {
  readonly clip: MeasuredClip
  /** From the start of the comparison to this side’s first frame; negative when it comes earlier. */
  readonly lead: Seconds
  readonly toneMap: boolean
}

type Comparison = {
  readonly reference: Side
  readonly result: Side
  readonly rate: Rate
  readonly height: number
  readonly duration: Seconds
}

const rateOf = ({ facts }: MeasuredClip): Rate =>
  facts.variableFrameRate || facts.frameRate > fastest
    ? resampledRate(Math.min(facts.frameRate, fastest), fastest)
    : steadyRate(facts.frameRate)

function planOf(reference: Side, result: Side): Comparison {
  const rates = [rateOf(reference.clip), rateOf(result.clip)] as const
  const rate = perSecond(rates[0]) >= perSecond(rates[1]) ? rates[0] : rates[1]
  const ends = [reference, result].map(({ clip, lead }) => clip.facts.duration + lead)
  const height = Math.min(tallest, Math.max(reference.clip.facts.height, result.clip.facts.height))
  return {
    reference,
    result,
    rate,
    height: Math.max(2, Math.floor(height / 2) * 2),
    duration: Math.max(...ends, 1 / perSecond(rate)),
  }
}

/**
 * One side on the clock of the comparison. Which frame belongs to which tick is decided here, by `framesAt` as in the
 * player; ffmpeg only carries it out, so that none of its roundings can show another pair.
 */
function onTicks({ clip, lead }: Side, { rate, duration }: Comparison): readonly string[] {
  const ticks = Math.round(duration * perSecond(rate))
  const first = firstTicks({ frameTimes: timesFromFirst(clip), lead: -lead }, rate, 0, ticks)
  return [
    // Versions before 5 lose the last frame; the copies come after it and look the same.
    'tpad=stop=2:stop_mode=clone',
    `settb=${String(rate.seconds)}/${String(rate.frames)}`,
    `setpts='${tickExpression(first)}'`,
    `fps=fps=${rateText(rate)}:start_time=0:round=near`,
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${String(ticks)}`,
  ]
}

function sideGraph(side: Side, comparison: Comparison): string {
  const { clip, toneMap } = side
  const { rate, height } = comparison
  const { facts, upright } = clip
  const width = Math.max(2, Math.round((facts.width / facts.height) * (height / 2)) * 2)
  const lying = unrotatedSize(facts, { width, height })
  const light = toSdr(clip, toneMap)
  return joined([
    ...onTicks(side, comparison),
    ...onBackground(facts, defaultBackground, storedSize(facts)),
    ...light,
    // Converts both sides to the same colours.
    `scale=${lying.width}:${lying.height}:flags=lanczos:out_range=tv${light.length > 0 ? '' : assumedMatrix(clip)}${toBt709}`,
    ...upright,
    'setsar=1',
    'format=yuv420p',
    `settb=expr=${rate.seconds}/${rate.frames}`,
    'setpts=N',
  ])
}

const inputOf = ({ clip: { facts } }: Side): readonly string[] => [
  ...[...withAlpha(facts), '-copyts', '-seek_timestamp', '1', ...asStored, ...inOnePiece(facts)],
]

function soundOf({ sound }: SideBySideJob, { reference, result, duration }: Comparison) {
  if (sound === 'none') return null
  const { clip, lead } = sound === 'reference' ? reference : result
  if (clip.audioStream === null) return null
  const begins = (clip.times[0] ?? 0) - Math.min(0, lead)
  const graph = soundGraph({ begins, duration, lead: Math.max(0, lead) })
  const input = sound === 'reference' ? 0 : 1
  return {
    graph: `[${input}:${clip.audioStream}]${graph}[a]`,
    options: ['-map', '[a]', ...soundOptions(clip.facts.audio?.channels ?? 2)],
  }
}

function sideBySideJob(job: SideBySideJob, comparison: Comparison, target: string): FfmpegJob {
  const { reference, result, rate } = comparison
  const sound = soundOf(job, comparison)
  return {
    inputs: [
      { path: job.reference, options: inputOf(reference) },
      { path: job.result, options: inputOf(result) },
    ],
    graph: [
      `[0:${reference.clip.videoStream}]${sideGraph(reference, comparison)}[left]`,
      `[1:${result.clip.videoStream}]${sideGraph(result, comparison)}[right]`,
      '[left][right]hstack=inputs=2[v]',
      ...(sound ? [sound.graph] : []),
    ].join(';'),
    options: [
      ...['-map', '[v]', ...pictureOptions(rate), ...fineQuality, ...taggedBt709],
      ...(sound?.options ?? []),
      ...withoutMetadata,
      ...asMp4,
    ],
    target,
  }
}

/** Writes reference and result side by side into one video that starts with the first frame of the reference. */
export async function sideBySide(
  mediaTools: MediaTools,
  job: SideBySideJob,
  running: Running = {},
): Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>> {
  if (await exists(job.target)) return alreadyThere(job.target)
  const reference = await measureFile(mediaTools, job.reference, running)
  if (!reference.ok) return reference
  const result = await measureFile(mediaTools, job.result, running)
  if (!result.ok) return result

  const longest = Math.max(reference.value.facts.duration, result.value.facts.duration)
  if (Math.abs(job.offset) >= longest) return nothingToCompare(job.offset, longest)

  const sideOf = async (clip: MeasuredClip, lead: Seconds): Promise<Side> => ({
    clip,
    lead,
    toneMap: await canToneMap(mediaTools, clip.facts),
  })
  const comparison = planOf(await sideOf(reference.value, 0), await sideOf(result.value, job.offset))
  return putInPlace(mediaTools, job.target, 'keep', async (temporary) => {
    const made = await runFfmpeg(
      mediaTools,
      {
        job: sideBySideJob(job, comparison, temporary),
        doing: doing.comparing(job.reference, job.result),
        duration: comparison.duration,
        otherwise: (detail) => comparisonFailed(job.reference, job.result, detail),
      },
      running,
    )
    if (!made.ok) return made
    const { size: bytes } = await stat(temporary)
    return ok({ path: job.target, bytes })
  })
}
