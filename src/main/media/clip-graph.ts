import type { ClipFacts } from '../../shared/media.ts'
import type { Seconds } from '../../shared/units.ts'
import type { MeasuredClip } from './clip-facts.ts'
import type { Size } from './fit-size.ts'
import type { FramePlan } from './frame-plan.ts'
import { joined, lengthened, onFrameClock } from './lengthen-graph.ts'
import { rateText, type Rate } from './rate.ts'

const toneMapped = [
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709',
  'tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv',
]

/** To ordinary brightness; without zscale the picture is only converted and looks flat. */
export const ordinaryLight = (facts: ClipFacts, canToneMap: boolean): readonly string[] =>
  facts.hdr !== 'none' && canToneMap ? toneMapped : []

const seconds = (value: Seconds) => value.toFixed(6)

function trimVideo({ facts }: MeasuredClip, { first, taken, from, to }: FramePlan): readonly string[] {
  // AVI gives packets no presentation times, so only the order of frames says which one is meant.
  if (facts.container === 'avi') return [`trim=start_frame=${first}:end_frame=${first + taken}`]
  const bounds = [
    ...(from === null ? [] : [`start=${seconds(from)}`]),
    ...(to === null ? [] : [`end=${seconds(to)}`]),
  ]
  return bounds.length === 0 ? [] : [`trim=${bounds.join(':')}`]
}

export type Resampling = {
  readonly rate: Rate
  /** Frames that come out. */
  readonly frames: number
  /** From the first source frame's time to zero. */
  readonly shift: Seconds
  /** Which moment of an output frame decides what it shows. */
  readonly how: string
}

/**
 * Onto a constant clock. Old versions lose the last frame of a stream whose times were shifted, so copies are put
 * behind it first; and it may be shown for longer than one frame of the new clock, so it is held until enough have
 * come out.
 */
export const resample = ({ rate, frames, shift, how }: Resampling): readonly string[] => [
  'tpad=stop=2:stop_mode=clone',
  `setpts=PTS-STARTPTS+(${seconds(shift)})/TB`,
  `fps=fps=${rateText(rate)}:${how}`,
  'tpad=stop=-1:stop_mode=clone',
  `trim=end_frame=${frames}`,
]

/** The picture is stored as it is sent; a scaler in between would only copy it. */
function isAlreadyPlain({ facts }: MeasuredClip, size: Size): boolean {
  const { codec, pixelFormat, hdr, pixelAspect, width, height } = facts
  // Other codecs keep full range beside the format's name.
  const isLimited = (codec === 'h264' || codec === 'hevc') && pixelFormat === 'yuv420p' && hdr === 'none'
  return isLimited && pixelAspect === 1 && width === size.width && height === size.height
}

/** From the source's frames to exactly `plan.frames` upright square-pixel frames on an exact constant clock. */
export function videoGraph(clip: MeasuredClip, plan: FramePlan, size: Size, canToneMap: boolean): string {
  return joined([
    ...trimVideo(clip, plan),
    ...(clip.facts.interlaced ? ['yadif=deint=interlaced'] : []),
    ...(plan.oneToOne ? [] : resample({ ...plan, frames: plan.performed, shift: 0, how: 'round=near' })),
    ...ordinaryLight(clip.facts, canToneMap),
    ...(isAlreadyPlain(clip, size) ? [] : [`scale=${size.width}:${size.height}:flags=lanczos:out_range=tv`]),
    'setsar=1',
    'format=yuv420p',
    ...lengthened(plan),
    ...onFrameClock(plan),
  ])
}
