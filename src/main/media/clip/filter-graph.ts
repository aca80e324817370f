import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { Seconds } from '../../../shared/units.ts'
import { becomesBt709, toBt709 } from './colours.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import type { Size } from './fit-size.ts'
import type { FramePlan } from './frame-plan.ts'
import { laidOn } from './see-through.ts'
import { joined, lengthened, onFrameClock } from './lengthen-graph.ts'
import { finely, withoutRebuilding } from '../previews/frame-range.ts'
import { hasTimes } from '../probe/containers.ts'
import { usualGap } from '../probe/frame-pacing.ts'
import { perSecond, rateText, type Rate } from '../../../shared/domain/rate.ts'

const toneMapped = [
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709',
  'tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv',
]

/** HDR is of BT.2020; what is brought to ordinary brightness must say so, and some programs write the brightness alone. */
function wideColours({ matrix, primaries }: MeasuredClip): readonly string[] {
  const unsaid = [
    ...(matrix === null ? ['colorspace=bt2020nc'] : []),
    ...(primaries === null ? ['color_primaries=bt2020'] : []),
  ]
  return unsaid.length === 0 ? [] : [`setparams=${unsaid.join(':')}`]
}

/** To ordinary brightness; without zscale the picture is only converted and looks flat. */
export const ordinaryLight = (clip: MeasuredClip, canToneMap: boolean): readonly string[] =>
  clip.facts.hdr !== 'none' && canToneMap ? [...wideColours(clip), ...toneMapped] : []

const seconds = (value: Seconds) => value.toFixed(6)

function trimVideo({ facts }: MeasuredClip, { first, taken, from, to }: FramePlan): readonly string[] {
  if (!hasTimes(facts.container)) return [`trim=start_frame=${first}:end_frame=${first + taken}`]
  const bounds = [
    ...(from === null ? [] : [`start=${seconds(from)}`]),
    ...(to === null ? [] : [`end=${seconds(to)}`]),
  ]
  return bounds.length === 0 ? [] : [finely, `trim=${bounds.join(':')}`]
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
  // Clocks of a millisecond are too coarse for what is added.
  'settb=AVTB',
  `setpts=PTS-STARTPTS+(${seconds(shift)})/TB`,
  `fps=fps=${rateText(rate)}:${how}`,
  'tpad=stop=-1:stop_mode=clone',
  `trim=end_frame=${frames}`,
]

/** The picture is stored as it is sent, unless it changes on the way; a scaler lets it pass as it is. */
function isAlreadyPlain({ facts }: MeasuredClip, size: Size): boolean {
  const { codec, pixelFormat, hdr, pixelAspect, width, height } = facts
  // Other codecs keep full range beside the format's name.
  const isLimited = (codec === 'h264' || codec === 'hevc') && pixelFormat === 'yuv420p' && hdr === 'none'
  return isLimited && pixelAspect === 1 && width === size.width && height === size.height
}

/** A size on the screen as the picture lies in the file. */
export const lyingSize = ({ rotation }: Pick<ClipFacts, 'rotation'>, { width, height }: Size): Size =>
  rotation % 180 === 0 ? { width, height } : { width: height, height: width }

/** A picture as the file has it, before its pixels are made square and it is turned. */
export function storedSize(facts: Pick<ClipFacts, 'rotation' | 'pixelAspect' | 'width' | 'height'>): Size {
  const { width, height } = lyingSize(facts, facts)
  return { width: Math.max(1, Math.round(width / facts.pixelAspect)), height }
}

/** To the size that is sent, before the picture is turned. */
function scaled(clip: MeasuredClip, size: Size): string {
  const { width, height } = lyingSize(clip.facts, size)
  const to = `scale=${width}:${height}:flags=lanczos`
  if (isAlreadyPlain(clip, size)) return to
  return `${to}:out_range=tv${becomesBt709(clip.facts, false) ? toBt709 : ''}`
}

/** Nearly half of a gap: a tick shows the frame nearest to it. */
const nearest = 0.49

/**
 * How much later than a tick a frame may come and still be shown at it. Frames that jitter around an even pace all stay;
 * but where they come faster than the ticks, the first one is not passed over for one that comes soon after.
 */
function lateness({ times }: MeasuredClip, { first, rate, taken }: FramePlan): Seconds {
  const performed = times.slice(first, first + taken)
  const [begins = 0, second = Infinity] = performed
  return nearest * Math.min(1 / perSecond(rate), second - begins, usualGap(performed) || Infinity)
}

/**
 * A graph that is built anew where pictures change their size or format counts its frames from zero again. A scaler
 * takes them as they come; what weaves fields together before it does not.
 */
export const inOnePiece = ({ interlaced }: Pick<ClipFacts, 'interlaced'>): readonly string[] =>
  interlaced ? [] : withoutRebuilding

/**
 * Pictures are read as they are stored and turned by the graph: what versions of ffmpeg make of a display matrix
 * differs, and fields must be woven together before they are turned.
 */
export const asStored: readonly string[] = ['-noautorotate']

/** Nothing that frames carry besides their pixels comes along: coders write it into the file. */
const nothingBeside = 'sidedata=mode=delete'

/** From the source's frames to exactly `plan.frames` upright square-pixel frames on an exact constant clock. */
export function videoGraph(
  clip: MeasuredClip,
  plan: FramePlan,
  size: Size,
  { canToneMap, background }: { readonly canToneMap: boolean; readonly background: string },
): string {
  return joined([
    ...trimVideo(clip, plan),
    ...(clip.facts.interlaced ? ['yadif=deint=interlaced'] : []),
    ...(plan.oneToOne
      ? []
      : resample({ ...plan, frames: plan.performed, shift: -lateness(clip, plan), how: 'round=up' })),
    ...laidOn(clip.facts, background, storedSize(clip.facts)),
    ...ordinaryLight(clip, canToneMap),
    scaled(clip, size),
    ...clip.upright,
    nothingBeside,
    'setsar=1',
    'format=yuv420p',
    ...lengthened(plan),
    ...onFrameClock(plan),
  ])
}
