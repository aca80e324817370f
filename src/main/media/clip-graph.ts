import type { ClipFacts } from '../../shared/media.ts'
import type { MeasuredClip } from './clip-facts.ts'
import type { Size } from './fit-size.ts'
import type { FramePlan } from './frame-plan.ts'
import { rateText } from './rate.ts'

const toneMapped = [
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709',
  'tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv',
]

/** To ordinary brightness; without zscale the picture is only converted and looks flat. */
export const ordinaryLight = (facts: ClipFacts, canToneMap: boolean): readonly string[] =>
  facts.hdr !== 'none' && canToneMap ? toneMapped : []

const seconds = (value: number) => value.toFixed(6)

function trimVideo({ facts }: MeasuredClip, { first, taken, from, to }: FramePlan): readonly string[] {
  // AVI gives packets no presentation times, so only the order of frames says which one is meant.
  if (facts.container === 'avi') return [`trim=start_frame=${first}:end_frame=${first + taken}`]
  const bounds = [
    ...(from === null ? [] : [`start=${seconds(from)}`]),
    ...(to === null ? [] : [`end=${seconds(to)}`]),
  ]
  return bounds.length === 0 ? [] : [`trim=${bounds.join(':')}`]
}

/** From the source's frames to exactly `plan.frames` upright square-pixel frames on an exact constant clock. */
export function videoGraph(clip: MeasuredClip, plan: FramePlan, size: Size, canToneMap: boolean): string {
  const { frames, seconds: per } = plan.rate
  const resampled = [
    'setpts=PTS-STARTPTS',
    `fps=fps=${rateText(plan.rate)}:round=near`,
    // The last source frame may be shown for longer than one frame of the new clock.
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${plan.frames}`,
  ]
  return [
    ...trimVideo(clip, plan),
    ...(clip.facts.interlaced ? ['yadif=deint=interlaced'] : []),
    ...(plan.oneToOne ? [] : resampled),
    ...ordinaryLight(clip.facts, canToneMap),
    `scale=${size.width}:${size.height}:flags=lanczos:out_range=tv`,
    'setsar=1',
    'format=yuv420p',
    `settb=expr=${per}/${frames}`,
    'setpts=N',
  ].join(',')
}
