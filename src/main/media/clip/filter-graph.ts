import type { FramePlan } from './frame-plan.ts'
import { rateText, perSecond, type Rate } from '../../../shared/domain/frames.ts'
import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { Seconds } from '../../../shared/units.ts'
import { becomesBt709, toBt709, onBackground } from './colours.ts'
import { type MeasuredClip, hasTimes } from '../probe/clip-facts.ts'
import { type Size, soundRate } from './output-format.ts'
import { fineClock, withoutRebuilding } from '../previews/frame-range.ts'
import { usualGap } from '../probe/frame-pacing.ts'
import type { ShortFix } from '../../../shared/domain/take.ts'
import type { MediaTools } from '../media.ts'

type Lengthened = Pick<FramePlan, 'performed' | 'frames' | 'rate'>

/** A clock on which every frame lasts one tick. */
const onFrameClock = ({ rate }: Pick<FramePlan, 'rate'>): readonly string[] => [
  `settb=expr=${rate.seconds}/${rate.frames}`,
  'setpts=N',
]

/**
 * Shows every frame a little longer at the same frame rate. Frames are repeated, never blended or interpolated: those
 * show limbs in two places, which a model would follow.
 */
const slowedDown = ({ performed, frames, rate }: Lengthened): readonly string[] => [
  `settb=expr=${rate.seconds}/${rate.frames * performed}`,
  `setpts=N*${frames}`,
  `fps=fps=${rateText(rate)}:round=near`,
  'tpad=stop=-1:stop_mode=clone',
  `trim=end_frame=${frames}`,
]

const repeated = ({ frames }: Lengthened, size: number): readonly string[] => [
  `loop=loop=-1:size=${size}:start=0`,
  `trim=end_frame=${frames}`,
]

/** Forwards and backwards, repeated as needed; neither end is shown twice. */
function thereAndBack(plan: Lengthened): readonly string[] {
  const { performed, frames } = plan
  const round = 2 * performed - 2
  return [
    'split[there][turning]',
    `;[turning]reverse,trim=start_frame=1:end_frame=${performed - 1},setpts=N[back]`,
    `;[there][back]concat=n=2:v=1:a=0`,
    ...(frames > round ? ['setpts=N', ...repeated(plan, round)] : [`trim=end_frame=${frames}`]),
  ]
}

/** Turns `performed` frames on the frame clock into `frames`. */
function lengthened(plan: FramePlan): readonly string[] {
  const steps = () => {
    switch (plan.lengthen) {
      case null:
        return []
      case 'slow-down':
        return slowedDown(plan)
      case 'loop':
        return repeated(plan, plan.performed)
      case 'boomerang':
        return plan.performed > 2 ? thereAndBack(plan) : repeated(plan, plan.performed)
    }
  }
  return plan.lengthen === null ? [] : [...onFrameClock(plan), ...steps()]
}

/** Joins the steps of a graph; a step that begins with `;` opens a new branch. */
export const joined = (steps: readonly string[]): string => steps.join(',').replaceAll(',;', ';')

const toneMapped = [
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709',
  'tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv',
]

/** HDR uses BT.2020; tone mapping needs to know that, and some programs only store the transfer function. */
function wideColours({ matrix, primaries }: MeasuredClip): readonly string[] {
  const unsaid = [
    ...(matrix === null ? ['colorspace=bt2020nc'] : []),
    ...(primaries === null ? ['color_primaries=bt2020'] : []),
  ]
  return unsaid.length === 0 ? [] : [`setparams=${unsaid.join(':')}`]
}

/** Tone-maps HDR to SDR; without zscale it is only converted and looks flat. */
export const toSdr = (clip: MeasuredClip, canToneMap: boolean): readonly string[] =>
  clip.facts.hdr !== 'none' && canToneMap ? [...wideColours(clip), ...toneMapped] : []

const seconds = (value: Seconds) => value.toFixed(6)

function trimVideo({ facts }: MeasuredClip, { first, taken, from, to }: FramePlan): readonly string[] {
  if (!hasTimes(facts.container)) return [`trim=start_frame=${first}:end_frame=${first + taken}`]
  const bounds = [
    ...(from === null ? [] : [`start=${seconds(from)}`]),
    ...(to === null ? [] : [`end=${seconds(to)}`]),
  ]
  return bounds.length === 0 ? [] : [fineClock, `trim=${bounds.join(':')}`]
}

type Resampling = {
  readonly rate: Rate
  /** Frames that come out. */
  readonly frames: number
  /** Moves the first source frame’s time to zero. */
  readonly shift: Seconds
}

/**
 * Resamples to a constant frame rate. Old versions of ffmpeg lose the last frame of a stream with shifted times, so
 * copies of it are appended first. It may also last longer than one output frame, so it is repeated until there are
 * enough.
 */
const resample = ({ rate, frames, shift }: Resampling): readonly string[] => [
  'tpad=stop=2:stop_mode=clone',
  // A millisecond clock is too coarse for the shift.
  'settb=AVTB',
  `setpts=PTS-STARTPTS+(${seconds(shift)})/TB`,
  `fps=fps=${rateText(rate)}:round=up`,
  'tpad=stop=-1:stop_mode=clone',
  `trim=end_frame=${frames}`,
]

/** The source already has the output’s size and format, unless a filter changes it; the scaler then does nothing. */
function isAlreadyPlain({ facts }: MeasuredClip, size: Size): boolean {
  const { codec, pixelFormat, hdr, pixelAspect, width, height } = facts
  // Other codecs store full range outside the format’s name.
  const isLimited = (codec === 'h264' || codec === 'hevc') && pixelFormat === 'yuv420p' && hdr === 'none'
  return isLimited && pixelAspect === 1 && width === size.width && height === size.height
}

/** The stored size of a frame that is shown in this size. */
export const unrotatedSize = ({ rotation }: Pick<ClipFacts, 'rotation'>, { width, height }: Size): Size =>
  rotation % 180 === 0 ? { width, height } : { width: height, height: width }

/** The size of a stored frame, before its pixels are made square and it is rotated. */
export function storedSize(facts: Pick<ClipFacts, 'rotation' | 'pixelAspect' | 'width' | 'height'>): Size {
  const { width, height } = unrotatedSize(facts, facts)
  return { width: Math.max(1, Math.round(width / facts.pixelAspect)), height }
}

/** Scales to the size of the output, before rotation. */
function scaled(clip: MeasuredClip, size: Size): string {
  const { width, height } = unrotatedSize(clip.facts, size)
  const to = `scale=${width}:${height}:flags=lanczos`
  if (isAlreadyPlain(clip, size)) return to
  return `${to}:out_range=tv${becomesBt709(clip.facts, false) ? toBt709 : ''}`
}

/** Nearly half of a gap, so that a tick shows the nearest frame. */
const nearest = 0.49

/**
 * How much later than a tick a frame may come and still be shown at it. Frames that jitter around an even pace all
 * stay. Where they are faster than the ticks, a close second frame does not replace the first.
 */
function lateness({ times }: MeasuredClip, { first, rate, taken }: FramePlan): Seconds {
  const performed = times.slice(first, first + taken)
  const [begins = 0, second = Infinity] = performed
  return nearest * Math.min(1 / perSecond(rate), second - begins, usualGap(performed) || Infinity)
}

/**
 * ffmpeg rebuilds a graph where frames change size or format, and counts frames from zero again. A scaler accepts such
 * frames; the deinterlacer before it does not.
 */
export const inOnePiece = ({ interlaced }: Pick<ClipFacts, 'interlaced'>): readonly string[] =>
  interlaced ? [] : withoutRebuilding

/**
 * Frames are read as stored and rotated in the graph: versions of ffmpeg treat a display matrix differently, and
 * deinterlacing comes before rotation.
 */
export const asStored: readonly string[] = ['-noautorotate']

/** Removes side data of frames, which encoders would write into the file. */
const nothingBeside = 'sidedata=mode=delete'

/** Turns the source’s frames into exactly `plan.frames` upright frames with square pixels at an exact constant rate. */
export function videoGraph(
  clip: MeasuredClip,
  plan: FramePlan,
  size: Size,
  { canToneMap, background }: { readonly canToneMap: boolean; readonly background: string },
): string {
  return joined([
    ...trimVideo(clip, plan),
    ...(clip.facts.interlaced ? ['yadif=deint=interlaced'] : []),
    ...(plan.oneToOne ? [] : resample({ ...plan, frames: plan.performed, shift: -lateness(clip, plan) })),
    ...onBackground(clip.facts, background, storedSize(clip.facts)),
    ...toSdr(clip, canToneMap),
    scaled(clip, size),
    ...clip.upright,
    nothingBeside,
    'setsar=1',
    'format=yuv420p',
    ...lengthened(plan),
    ...onFrameClock(plan),
  ])
}

/** One AAC frame; the first of a stream is encoder delay. */
export const soundFrame = 1024
type SoundWindow = {
  /** On the clock of the source file. */
  readonly begins: Seconds
  readonly duration: Seconds
  /** How long after zero the sound starts, with silence before. */
  readonly lead?: Seconds
}

/** The samples of a window from zero, followed by endless silence. */
const windowed = ({ begins, duration, lead = 0 }: SoundWindow): readonly string[] => [
  `atrim=start=${seconds(begins)}:end=${seconds(begins + duration)}`,
  `asetpts=PTS-${seconds(begins)}/TB+${seconds(lead)}/TB`,
  `aresample=${soundRate}:async=1:first_pts=0`,
  'apad',
  // Where a window has no sound at all, the silence has no timestamps.
  'asetpts=N',
]

/**
 * Whole AAC frames that end with the video or just before it. The encoder adds one frame of delay in front, for which a
 * file would need an edit list; instead the first 21 ms of sound are dropped, which keeps everything after them in
 * sync.
 */
function wholeFrames(duration: Seconds): string {
  const last = Math.floor((duration * soundRate) / soundFrame) * soundFrame
  return `atrim=start_sample=${soundFrame}:end_sample=${Math.max(2 * soundFrame, last)}`
}

/** The sound of a window, as long as its video. */
export const soundGraph = (window: SoundWindow): string =>
  [...windowed(window), wholeFrames(window.duration)].join(',')

const slowest = 0.5

/** `atempo` only goes down to half speed; slower needs several. The pitch is kept. */
const slowedBy = (tempo: number): readonly string[] =>
  tempo < slowest ? [`atempo=${slowest}`, ...slowedBy(tempo / slowest)] : [`atempo=${tempo.toFixed(9)}`]

type LengthenedSound = {
  readonly begins: Seconds
  /** Length of the video before and after lengthening. */
  readonly performed: Seconds
  readonly duration: Seconds
  readonly how: Exclude<ShortFix, 'boomerang'>
}

/** The sound of a lengthened part: slowed at the same pitch, or repeated. */
export function lengthenedSound({ begins, performed, duration, how }: LengthenedSound): string {
  const samples = Math.round(performed * soundRate)
  return [
    ...windowed({ begins, duration: performed }),
    `atrim=end_sample=${samples}`,
    ...(how === 'loop' ? [`aloop=loop=-1:size=${samples}`] : slowedBy(performed / duration)),
    'apad',
    wholeFrames(duration),
  ].join(',')
}

/** ffmpeg does not change while the app runs, and asking takes as long as a first frame. */
const answers = new WeakMap<MediaTools, boolean>()

/** Whether this ffmpeg can tone-map HDR well; only asked for HDR. */
export async function canToneMap(
  mediaTools: MediaTools,
  facts: ClipFacts,
  signal?: AbortSignal,
): Promise<boolean> {
  if (facts.hdr === 'none') return false
  const known = answers.get(mediaTools)
  if (known !== undefined) return known
  const exit = await mediaTools.run({
    command: mediaTools.ffmpeg,
    args: ['-hide_banner', '-filters'],
    wallLimit: 60_000,
    ...(signal && { signal }),
  })
  if (exit.ended !== 'exit') return false
  const can = /\bzscale\b/.test(new TextDecoder().decode(exit.stdout))
  answers.set(mediaTools, can)
  return can
}
