import type {
  ClipWindow,
  MediaFacts,
  MediaKind,
  PreparedClip,
  PreparedCharacter,
} from '../../shared/domain/media.ts'
import type { ClipMotion } from '../../shared/domain/motion.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { Fraction, Seconds, Bytes } from '../../shared/units.ts'
import type { CheckReport, Inspection, Certificate, ProviderView } from '../../shared/domain/views.ts'
import type { Problem, Outcome } from '../../shared/outcome.ts'
import type { FoundOffset } from '../../shared/domain/offset.ts'
import type { OffsetJob, SideBySideJob } from '../media/media.ts'

export type Inputs = {
  readonly character: string | null
  readonly clip: string | null
  readonly window: ClipWindow
  readonly settings: TakeSettings
}

export type Call = {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((fraction: Fraction | null) => void) | undefined
}

export type CheckedInputs = {
  readonly report: CheckReport
  /** Why these inputs are refused; null when they are ready or Understudy can make them fit. */
  readonly refused: Problem | null
  readonly facts: { readonly character: MediaFacts | null; readonly clip: MediaFacts | null }
}

/** Work that needs no library and no lock: facts, rules, preparation, comparison. It takes paths and returns values. */
export type Workshop = {
  /** An animated image counts as a character, unless it is asked for `as` a clip. */
  readonly inspect: (path: string, call?: Call, as?: MediaKind | null) => Promise<Outcome<Inspection>>
  readonly check: (inputs: Inputs, call?: Call) => Promise<Outcome<CheckedInputs>>
  /** The longest part of a clip without a cut, within the model’s limit for this orientation. */
  readonly withoutCuts: (clip: string, settings: TakeSettings, call?: Call) => Promise<Outcome<ClipWindow>>
  /** When each shown frame of a clip begins, counted from the first. */
  readonly frameTimes: (clip: string, call?: Call) => Promise<Outcome<readonly Seconds[]>>
  /** How much a clip moves, moment by moment. */
  readonly motion: (clip: string, call?: Call) => Promise<Outcome<ClipMotion>>
  readonly prepare: (
    inputs: Inputs,
    folder: string,
    /** `onCommand` gets the exact command line of each step, just before it runs. */
    call?: Call & { readonly onCommand?: ((line: string) => void) | undefined },
  ) => Promise<
    Outcome<{
      readonly clip: PreparedClip | null
      readonly character: PreparedCharacter | null
      readonly checked: CheckedInputs
      readonly certificate: Certificate
    }>
  >
  /** How far a result has to be moved in time to match its reference. */
  readonly findOffset: (job: OffsetJob, call?: Call) => Promise<Outcome<FoundOffset>>
  readonly sideBySide: (
    job: SideBySideJob,
    call?: Call,
  ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
  readonly providers: () => readonly ProviderView[]
}
