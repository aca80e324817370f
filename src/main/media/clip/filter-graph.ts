import type { FramePlan } from './frame-plan.ts'
import { rateText, perSecond, type Rate } from '../../../shared/domain/frames.ts'
import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { Seconds } from '../../../shared/units.ts'
import { becomesBt709, toBt709, laidOn } from './colours.ts'
import { type MeasuredClip, hasTimes } from '../probe/clip-facts.ts'
import { type Size, soundRate } from './output-format.ts'
import { finely, withoutRebuilding } from '../previews/frame-range.ts'
import { usualGap } from '../probe/frame-pacing.ts'
import type { ShortFix } from '../../../shared/domain/take.ts'
import type { MediaTools } from '../media.ts'

type Lengthened = Pick<FramePlan, 'performed' | 'frames' | 'rate'>

/** The clock on which every frame lasts one tick. */
const onFrameClock = ({ rate }: Pick<FramePlan, 'rate'>): readonly string[] => [
  `settb=expr=${rate.seconds}/${rate.frames}`,
  'setpts=N',
]

/**
 * Every frame is shown a little longer, on the clip's own rate. Whole frames are repeated and none is made up: blended
 * or interpolated ones have limbs in two places, which a model follows as if they were there.
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

/** There and back, as often as it takes; neither turning point is shown twice. */
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

/** From `performed` frames on the frame clock to `frames` of them. */
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

/** One graph of what follows on each other; a step that begins with `;` opens a new branch. */
export const joined = (steps: readonly string[]): string => steps.join(',').replaceAll(',;', ';')

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

type Resampling = {
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

/** One coded frame of AAC; the first of a stream is the encoder's run-up. */
export const soundFrame = 1024
type SoundWindow = {
  /** On the source file's own clock. */
  readonly begins: Seconds
  readonly duration: Seconds
  /** How long after zero the sound starts; silence before. */
  readonly lead?: Seconds
}

/** The samples of a window from zero on, silence behind them without end. */
const windowed = ({ begins, duration, lead = 0 }: SoundWindow): readonly string[] => [
  `atrim=start=${seconds(begins)}:end=${seconds(begins + duration)}`,
  `asetpts=PTS-${seconds(begins)}/TB+${seconds(lead)}/TB`,
  `aresample=${soundRate}:async=1:first_pts=0`,
  'apad',
  // Where a window has no sound at all, silence comes without times.
  'asetpts=N',
]

/**
 * Whole coded frames that end with the picture or just before it. The encoder puts one frame of run-up in front, for
 * which a file would need an edit list; the first 21 ms are left out in its place, so that everything after them is in
 * step.
 */
function wholeFrames(duration: Seconds): string {
  const last = Math.floor((duration * soundRate) / soundFrame) * soundFrame
  return `atrim=start_sample=${soundFrame}:end_sample=${Math.max(2 * soundFrame, last)}`
}

/** The sound of a window, as long as its picture. */
export const soundGraph = (window: SoundWindow): string =>
  [...windowed(window), wholeFrames(window.duration)].join(',')

const slowest = 0.5

/** `atempo` goes down to half the speed; slower takes several of them. Pitch stays. */
const slowedBy = (tempo: number): readonly string[] =>
  tempo < slowest ? [`atempo=${slowest}`, ...slowedBy(tempo / slowest)] : [`atempo=${tempo.toFixed(9)}`]

type LengthenedSound = {
  readonly begins: Seconds
  /** Of the picture before and after it was lengthened. */
  readonly performed: Seconds
  readonly duration: Seconds
  readonly how: Exclude<ShortFix, 'boomerang'>
}

/** The sound of a part that is lengthened with its picture: slowed at the same pitch, or from its start again. */
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

/** An ffmpeg does not change while the studio runs, and asking it takes as long as a first picture. */
const answers = new WeakMap<MediaTools, boolean>()

/** Whether this ffmpeg can bring HDR to ordinary brightness well; asked only where it matters. */
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
