import type { ClipFacts } from '../domain/media.ts'
import type { FrameRate } from '../units.ts'
import { check } from './check.ts'
import type { FindingId } from './finding.ts'
import type { ModelRules } from './rules.ts'
import { subjectOf, type CheckInputs } from './subject.ts'
import { frameRateCap } from './window.ts'

/** Rules that a copy of the packets cannot mend; the container is new all the same. */
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
const slack = 0.001

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
  const isWhole = window.start <= slack && window.length >= clip.duration - slack
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
