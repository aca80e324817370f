import type { Bytes, FrameRate, Pixels, Seconds } from '../units.ts'

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif' | 'tiff' | 'bmp'
export type ClipContainer =
  | 'mp4'
  | 'mov'
  | 'webm'
  | 'mkv'
  | 'avi'
  | 'mpegts'
  | 'mpeg'
  | 'flv'
  | 'asf'
  | 'ogg'
  | 'mxf'
  // Pictures that move are a character or a clip, as they are used.
  | 'gif'
  | 'apng'
  | 'avif'
/** How brightness is coded: `none` is ordinary video. */
export type HdrTransfer = 'none' | 'pq' | 'hlg'

export type AudioFacts = {
  readonly codec: string
  readonly channels: number
  /** Hertz. */
  readonly sampleRate: number
}

/**
 * What the container tells players to do with the picture: nothing; turn it by quarters, mirrored or not; show it upside
 * down; or something that players ignore.
 */
export type Placement = 'plain' | 'turned' | 'flipped' | 'ignored'

/** What was measured about a video file. Sizes are as displayed: after rotation and pixel aspect. */
export type ClipFacts = {
  readonly kind: 'clip'
  readonly bytes: Bytes
  /** By content, never by name. */
  readonly container: ClipContainer
  readonly codec: string
  readonly profile: string | null
  readonly pixelFormat: string
  readonly bitDepth: number
  readonly hdr: HdrTransfer
  /** Some of it may be transparent; the colours stored there are not meant to be seen. */
  readonly alpha: boolean
  readonly interlaced: boolean
  readonly width: Pixels
  readonly height: Pixels
  /** Clockwise quarter turns a player applies, in degrees: 0, 90, 180 or 270. */
  readonly rotation: number
  readonly placement: Placement
  /** Width of a stored pixel divided by its height; 1 for square pixels. */
  readonly pixelAspect: number
  /** What else the container says about the picture, in ffprobe's words: Dolby Vision, mastering display, stereo, sphere. */
  readonly extras: readonly string[]
  /** From the first shown frame to the end of the last, counted from frames and not from the header. */
  readonly duration: Seconds
  readonly frames: number
  /** Average over the shown frames. */
  readonly frameRate: FrameRate
  readonly variableFrameRate: boolean
  /**
   * Of a variable rate: the even one at which each frame still has a place of its own and only gaps are filled. null
   * for an even clip, and where frames follow each other in no such steps.
   */
  readonly stepRate: FrameRate | null
  /** Video packets in the file that an edit list keeps from being shown. */
  readonly hiddenPackets: number
  /** True where the container says how the frames are to be cut or moved when they are played. */
  readonly editList: boolean
  /** When the first shown frame is shown, on the file's own clock. */
  readonly startTime: Seconds
  /** Frames that can be shown without another one before them. */
  readonly keyframes: number
  /** The longest way from one keyframe to the next, or to the end. */
  readonly keyframeInterval: Seconds
  /** Those that can be decoded. */
  readonly audioTracks: number
  /** What the sound tracks are coded as that nothing here decodes. */
  readonly unreadSounds: readonly string[]
  readonly audio: AudioFacts | null
}

/** What was measured about an image file. Sizes are after the EXIF orientation. */
export type CharacterFacts = {
  readonly kind: 'character'
  readonly bytes: Bytes
  readonly format: ImageFormat
  readonly width: Pixels
  readonly height: Pixels
  /** The EXIF orientation, 1 (upright) to 8. */
  readonly orientation: number
  readonly alpha: boolean
  readonly animated: boolean
  readonly colourSpace: string
  /** The name inside an embedded colour profile; null without one. */
  readonly colourProfile: string | null
}

export type MediaFacts = ClipFacts | CharacterFacts
export type MediaKind = MediaFacts['kind']

/** Which part of the clip is performed; `length` null means to the end or to the provider's limit. */
export type ClipWindow = { readonly start: Seconds; readonly length: Seconds | null }

export type PreparedClip = {
  readonly path: string
  readonly bytes: Bytes
  readonly sha256: string
  readonly width: Pixels
  readonly height: Pixels
  readonly frames: number
  readonly frameRate: FrameRate
  readonly duration: Seconds
  readonly videoCodec: string
  readonly pixelFormat: string
  readonly audio: AudioFacts | null
}

export type PreparedCharacter = {
  readonly path: string
  readonly bytes: Bytes
  readonly sha256: string
  readonly width: Pixels
  readonly height: Pixels
  readonly format: 'jpeg' | 'png'
}

export type ResultFacts = {
  readonly bytes: Bytes
  readonly sha256: string
  readonly duration: Seconds
  readonly width: Pixels
  readonly height: Pixels
  readonly frameRate: FrameRate
}

/** Times count from the first shown frame; the end is not part of it. */
export type Span = { readonly start: Seconds; readonly end: Seconds }

/** What one look at the moving picture found. All of it is a hint: it is measured, but what it means is a guess. */
export type Scan = {
  /** The part that was looked at. */
  readonly span: Span
  /** Where a new scene begins: the time of its first frame. */
  readonly cuts: readonly Seconds[]
  /** Where the camera jumps within a scene. */
  readonly jumps: readonly Seconds[]
  /** Nothing changes from frame to frame. */
  readonly frozen: readonly Span[]
  /** Hardly anything moves. */
  readonly still: readonly Span[]
  readonly black: readonly Span[]
  /** More motion than models follow. */
  readonly fast: readonly Span[]
}

/** One small picture of a filmstrip. */
export type StripPicture = { readonly at: Seconds; readonly picture: string }

/** The loudness of a clip in equal steps: the peak of each, from 0 to 1. */
export type Waveform = { readonly step: Seconds; readonly peaks: readonly number[] }
