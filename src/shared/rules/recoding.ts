import { type FrameCount, perSecond } from '../domain/frames.ts'
import type { ClipFacts } from '../domain/media.ts'
import { type Subject, subjectOf, type CheckInputs } from './subject.ts'
import { type FrameRate, momentTolerance } from '../units.ts'
import { check } from './check.ts'
import type { FindingId } from './finding.ts'
import type { ModelRules } from './rules.ts'
import { frameRateCap } from './window.ts'

/** Why a clip is re-encoded, and what that loses; null: nothing. */
export type Reason = { readonly why: string; readonly cost: string | null }

type Known = Omit<Reason, 'why'> & {
  readonly why: string | ((subject: Subject) => string)
  readonly applies: (subject: Subject, clip: ClipFacts) => boolean
}

const isPart = ({ window }: Subject, clip: ClipFacts) =>
  window !== null && (window.start > momentTolerance || window.length < clip.duration - momentTolerance)

const rate = (frames: number) => String(Number(frames.toFixed(2)))

const resampled = ({ performed, rate: even }: FrameCount) =>
  `${String(performed)} frames at ${rate(perSecond(even))} fps`

const isHeld = ({ stepRate }: ClipFacts, { rate: even }: FrameCount) =>
  stepRate !== null && Math.abs(perSecond(even) / stepRate - 1) < 0.001

/** What becomes of the frames of a clip that is too fast, or whose frames follow each other unevenly. */
function paceReasons({ planned }: Subject, clip: ClipFacts): readonly Reason[] {
  if (planned === null || planned.oneToOne) return []
  const becomes = `${rate(clip.frameRate)} fps becomes ${rate(perSecond(planned.rate))} fps.`
  if (!clip.variableFrameRate) return [{ why: becomes, cost: 'fewer frames' }]
  const why = `The frame rate becomes constant: ${resampled(planned)}, from ${rate(clip.frameRate)} fps on average.`
  const cost = isHeld(clip, planned)
    ? 'gaps hold the frame before; frames shift by part of a frame'
    : 'frames shift by part of a frame; some are dropped or repeated'
  return [{ why, cost }]
}

const pictureReasons = (clip: ClipFacts): readonly Known[] => [
  {
    why: (subject) => `Transparent areas are filled with ${subject.settings.fit.background}.`,
    cost: 'loses transparency',
    applies: () => clip.alpha,
  },
  {
    why: 'This is the only way to start and end on the exact frame, with nothing hidden before it.',
    cost: null,
    applies: isPart,
  },
  {
    why: 'Frames hidden by an edit list are removed, because the provider could perform them too.',
    cost: null,
    applies: (subject) => !isPart(subject, clip) && clip.hiddenPackets > 0,
  },
  { why: `${clip.codec} becomes H.264.`, cost: null, applies: () => clip.codec !== 'h264' },
  {
    why: 'HDR becomes standard brightness (BT.709).',
    cost: 'bright highlights lose detail',
    applies: () => clip.hdr !== 'none',
  },
  {
    why: 'Interlaced fields become whole frames.',
    cost: 'fine edges soften slightly',
    applies: () => clip.interlaced,
  },
  {
    why: `${String(clip.bitDepth)}-bit colour becomes 8-bit.`,
    cost: 'smooth gradients may show bands',
    applies: () => clip.bitDepth > 8,
  },
  {
    why: 'The colours are stored in the format every player reads (yuv420p).',
    cost: null,
    applies: () => clip.bitDepth <= 8 && clip.pixelFormat !== 'yuv420p',
  },
  {
    why: 'The video is stored sideways and is rotated upright.',
    cost: null,
    applies: () => clip.rotation !== 0,
  },
  {
    why: 'The file tells players to mirror or stretch the video, and not all of them do.',
    cost: null,
    applies: () => clip.placement === 'flipped' || clip.placement === 'ignored',
  },
  {
    why: 'Non-square pixels become square.',
    cost: null,
    applies: () => Math.abs(clip.pixelAspect - 1) >= 0.0005,
  },
  {
    why: `Extra data in the file is removed: ${clip.extras.join(', ')}.`,
    cost: null,
    applies: () => clip.extras.length > 0,
  },
  {
    why: 'H.264 needs even sizes, so a row of pixels is cropped.',
    cost: null,
    applies: () => clip.width % 2 !== 0 || clip.height % 2 !== 0,
  },
]

function unreadSound({ audio, unreadSounds }: ClipFacts): readonly Reason[] {
  if (unreadSounds.length === 0) return []
  const coded = unreadSounds.join(', ')
  return audio === null
    ? [
        {
          why: `The sound (${coded}) can’t be read here, so the clip is sent without it.`,
          cost: 'loses the sound',
        },
      ]
    : [{ why: `A sound track (${coded}) can’t be read here.`, cost: 'loses the other sound tracks' }]
}

/** What happens to the sound. */
export function soundChanges({ clip, settings, planned }: Subject): readonly Reason[] {
  if (clip === null) return []
  if (clip.audio === null) return settings.keepSound ? unreadSound(clip) : []
  if (!settings.keepSound) return [{ why: 'The sound is removed, as you chose.', cost: null }]
  // The step that lengthens the part says so.
  if (planned?.lengthen === 'boomerang') return []
  const { codec, channels } = clip.audio
  return [
    ...unreadSound(clip),
    ...(clip.audioTracks > 1
      ? [{ why: 'Only the first sound track is kept.', cost: 'loses the other sound tracks' }]
      : []),
    ...(codec === 'aac' ? [] : [{ why: `The sound (${codec}) is converted to AAC.`, cost: null }]),
    ...(channels > 2 ? [{ why: 'The sound is mixed down to stereo.', cost: 'loses surround sound' }] : []),
  ]
}

/** Every reason why this clip cannot go as it is, besides a broken rule. */
export function recodings(subject: Subject): readonly Reason[] {
  const { clip } = subject
  if (clip === null) return []
  const known = pictureReasons(clip).filter(({ applies }) => applies(subject, clip))
  const inWords = (why: Known['why']) => (typeof why === 'string' ? why : why(subject))
  return [
    ...known.map(({ why, cost }) => ({ why: inWords(why), cost })),
    ...paceReasons(subject, clip),
    ...soundChanges(subject),
  ]
}

/** Rules that copying the packets can't fix; the container is new anyway. */
const binding: ReadonlySet<FindingId> = new Set<FindingId>([
  'clip.codec',
  'clip.bytes',
  'clip.side.min',
  'clip.side.max',
  'clip.duration.min',
  'clip.duration.max',
  'clip.frameRate',
])

/** What every provider of this field decodes, whatever its own rules leave open. */
const usualProfile = /^(?:Constrained Baseline|Baseline|Main|High|Constrained High|Progressive High)$/
/** Of a length in seconds: a window typed or dragged to the end is the whole clip. */

const isPlainPicture = (clip: ClipFacts) =>
  clip.codec === 'h264' &&
  (clip.profile === null || usualProfile.test(clip.profile)) &&
  // Full range is called yuvj420p.
  clip.pixelFormat === 'yuv420p' &&
  clip.bitDepth === 8 &&
  clip.hdr === 'none' &&
  !clip.alpha &&
  !clip.interlaced

const isUpright = (clip: ClipFacts) =>
  clip.rotation === 0 &&
  clip.placement === 'plain' &&
  Math.abs(clip.pixelAspect - 1) < 0.0005 &&
  clip.width % 2 === 0 &&
  clip.height % 2 === 0

/** What a container says about stereo, a sphere or the brightness of a display would be copied with the packets. */
const isAllThatIsSaid = ({ extras }: ClipFacts) => extras.length === 0

/** A file whose list of edits was left out would show other frames, or at other times. */
const isPlainlyTimed = (clip: ClipFacts) => !clip.editList && clip.hiddenPackets === 0

const isSteady = (clip: ClipFacts, cap: FrameRate) =>
  !clip.variableFrameRate && clip.frameRate <= cap * 1.0005

/** Sound of more than two channels is mixed down, which takes coding it again. */
const isPlainSound = ({ audio }: ClipFacts, keepSound: boolean) =>
  audio === null || !keepSound || (audio.codec === 'aac' && audio.channels <= 2)

/** True where the clip can be sent as it is, but for its metadata: nothing about it would be made better by coding it again. */
export function fitsUntouched(inputs: CheckInputs, rules: ModelRules): boolean {
  const { clip, settings } = inputs
  const { window } = subjectOf(inputs, rules)
  if (clip === null || window === null) return false
  const isWhole = window.start <= momentTolerance && window.length >= clip.duration - momentTolerance
  const isBroken = check(inputs, rules).some(
    (finding) => finding.level === 'error' && binding.has(finding.rule),
  )
  return (
    isWhole &&
    !isBroken &&
    (clip.container === 'mp4' || clip.container === 'mov') &&
    isPlainPicture(clip) &&
    isUpright(clip) &&
    isAllThatIsSaid(clip) &&
    isSteady(clip, frameRateCap(rules, settings.orientation)) &&
    isPlainlyTimed(clip) &&
    isPlainSound(clip, settings.keepSound)
  )
}
