import type {
  CharacterFacts,
  ClipFacts,
  MediaFacts,
  MediaKind,
  PreparedCharacter,
  PreparedClip,
  ResultFacts,
  Scan,
  Span,
  Waveform,
} from '../../shared/domain/media.ts'
import type { FoundOffset } from '../../shared/domain/offset.ts'
import type { MotionCurve } from '../../shared/domain/motion.ts'
import type { FitChoices, ShortFix } from '../../shared/domain/take.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Bytes, Fraction, FrameRate, Pixels, Seconds, Milliseconds } from '../../shared/units.ts'
import type { RunTool } from '../system/ports.ts'
import type { TrackFile } from '../processes/leftovers.ts'

export type Running = {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((fraction: Fraction) => void) | undefined
  /** The exact command line of each step, just before it runs. */
  readonly onCommand?: ((line: string) => void) | undefined
  /** True: a tool takes only what other programs leave of the processor. */
  readonly yields?: boolean | undefined
}

/** JPEGs from the middles of equal parts of a clip, in order. */
export type EvenStills = {
  readonly count: number
  readonly maxSide: Pixels
  readonly onStills: (jpegs: readonly Uint8Array[]) => void
}

/** For work that decodes every frame of a clip: more is learned from it in the same run. */
export type Measuring = Running & {
  readonly onMotion?: ((motion: MotionCurve) => void) | undefined
  readonly stills?: EvenStills | undefined
}

export type ClipJob = {
  readonly source: string
  readonly facts: ClipFacts
  /** The in-point and length; both are rounded to whole frames of the source. */
  readonly start: Seconds
  readonly length: Seconds
  /**
   * The number of whole frames comes nearest to `length` within these limits; without them it never exceeds `length`.
   */
  readonly minLength?: Seconds | undefined
  readonly maxLength?: Seconds | undefined
  readonly maxBytes: Bytes | null
  readonly minSide: Pixels | null
  readonly maxSide: Pixels | null
  readonly maxFrameRate: FrameRate
  readonly keepSound: boolean
  /** The clip already fits: its packets are copied without re-encoding. */
  readonly copy: boolean
  /** How a part shorter than `minLength` is lengthened. */
  readonly lengthen: ShortFix | null
  /** Shown behind a transparent clip, `#rrggbb`. */
  readonly background: string
  /** The final path; no file appears there before it is complete. */
  readonly target: string
}

export type CharacterJob = {
  readonly source: string
  readonly facts: CharacterFacts
  readonly maxBytes: Bytes | null
  readonly minSide: Pixels | null
  readonly maxSide: Pixels | null
  /** Width divided by height. */
  readonly aspect: { readonly min: number; readonly max: number } | null
  readonly fit: Pick<FitChoices, 'aspect' | 'crop' | 'background'>
  readonly folder: string
  /** Without extension; `.jpg` or `.png` is added according to what is written. */
  readonly name: string
}

export type StripJob = {
  /** In seconds from the first shown frame. */
  readonly times: readonly Seconds[]
  /** A frame this far from a time is still good enough; at least one frame at the average rate. */
  readonly near: Seconds
  readonly height: Pixels
}

export type OffsetJob = {
  readonly reference: string
  readonly result: string
  /** Motion takes ten times as long as sound. */
  readonly by: 'both' | 'sound' | 'motion'
}

export type SideBySideJob = {
  readonly reference: string
  readonly result: string
  /** Seconds by which the result starts after the reference. */
  readonly offset: Seconds
  readonly sound: 'reference' | 'result' | 'none'
  readonly target: string
}

export type PictureSoundJob = {
  /** From 0.1 to 2. */
  readonly speed: number
  readonly target: string
}

/** All work on media files. Sources are only read; a target appears complete or not at all. */
export type Media = {
  /**
   * What a file is, by its content, and its facts; anything but an image or video is refused. An animated image counts
   * as a character, unless it is asked for `as` a clip.
   */
  readonly inspect: (path: string, running?: Running, as?: MediaKind | null) => Promise<Outcome<MediaFacts>>
  /** A JPEG of the image, or of the clip's first shown frame, at most `maxSide` pixels on the longer side. */
  readonly picture: (
    path: string,
    facts: MediaFacts,
    maxSide: Pixels,
    running?: Running,
  ) => Promise<Outcome<Uint8Array>>
  /** Presentation time of every shown video frame in order, counted from the first. */
  readonly frameTimes: (path: string, running?: Running) => Promise<Outcome<readonly Seconds[]>>
  /** Analyses every frame of a part. `onMotion` is called only where that is the whole clip. */
  readonly scan: (path: string, facts: ClipFacts, span: Span, running?: Measuring) => Promise<Outcome<Scan>>
  /** How much changes from each frame of a clip to the next. */
  readonly motion: (path: string, running?: Running) => Promise<Outcome<MotionCurve>>
  /** JPEGs of frames near the times, each passed on as soon as it is ready, with its own time, in any order. */
  readonly strip: (
    path: string,
    facts: ClipFacts,
    job: StripJob,
    onPicture: (at: Seconds, jpeg: Uint8Array) => void,
    running?: Running,
  ) => Promise<Outcome<null>>
  /** null where there is no sound. */
  readonly waveform: (
    path: string,
    facts: ClipFacts,
    step: Seconds,
    running?: Running,
  ) => Promise<Outcome<Waveform | null>>
  /** Writes a proxy that every window plays and seeks quickly, with the same frames at the same times. */
  readonly playable: (
    path: string,
    facts: ClipFacts,
    target: string,
    running?: Running,
  ) => Promise<Outcome<null>>
  /** Writes the sound as a WAV file that begins and ends with the picture, at a speed, with its pitch kept. */
  readonly pictureSound: (path: string, job: PictureSoundJob, running?: Running) => Promise<Outcome<null>>
  readonly prepareClip: (job: ClipJob, running?: Running) => Promise<Outcome<PreparedClip>>
  readonly prepareCharacter: (job: CharacterJob, running?: Running) => Promise<Outcome<PreparedCharacter>>
  /**
   * Decodes the whole file strictly; refuses a truncated or damaged video. It does not judge the length. Motion and
   * stills may be missing even so.
   */
  readonly verifyResult: (path: string, running?: Measuring) => Promise<Outcome<ResultFacts>>
  /** How far a result has to be moved in time to match its reference, and how sure that is. */
  readonly findOffset: (job: OffsetJob, running?: Running) => Promise<Outcome<FoundOffset>>
  readonly sideBySide: (
    job: SideBySideJob,
    running?: Running,
  ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
}

/** What every piece of media work needs. */
export type MediaTools = {
  readonly run: RunTool
  readonly ffmpeg: string
  readonly ffprobe: string
  /** A private folder for scratch files. */
  readonly workFolder: string
  /** Records temporary files while they are written, for clean-up after a crash. */
  readonly trackFile: TrackFile
  /** A tool that is silent for this long hangs. */
  readonly stallLimit: Milliseconds
}

const plain = /^[\w@%+=:,./-]+$/

/** For people to read and copy; no shell runs it. */
export const commandLine = (command: string, args: readonly string[]): string =>
  [command, ...args].map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
