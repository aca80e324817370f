import type { CharacterFacts, ClipFacts } from '../../../src/shared/domain/media.ts'
import { defaultTakeSettings, type TakeSettings } from '../../../src/shared/domain/take.ts'

/** A clip that breaks no rule, with what a test wants different. */
export const aClip = (different: Partial<ClipFacts> = {}): ClipFacts => ({
  kind: 'clip',
  bytes: 5_000_000,
  container: 'mp4',
  codec: 'h264',
  profile: 'High',
  pixelFormat: 'yuv420p',
  bitDepth: 8,
  hdr: 'none',
  interlaced: false,
  width: 720,
  height: 1280,
  rotation: 0,
  placement: 'plain',
  pixelAspect: 1,
  extras: [],
  alpha: false,
  duration: 6,
  frames: 180,
  frameRate: 30,
  variableFrameRate: false,
  stepRate: null,
  hiddenPackets: 0,
  editList: false,
  startTime: 0,
  keyframes: 3,
  keyframeInterval: 2,
  audioTracks: 0,
  unreadSounds: [],
  audio: null,
  ...different,
})

/** A character that breaks no rule, with what a test wants different. */
export const aCharacter = (different: Partial<CharacterFacts> = {}): CharacterFacts => ({
  kind: 'character',
  bytes: 400_000,
  format: 'png',
  width: 1024,
  height: 1536,
  orientation: 1,
  alpha: false,
  animated: false,
  colourSpace: 'srgb',
  colourProfile: null,
  ...different,
})

export const someSettings = (different: Partial<TakeSettings> = {}): TakeSettings => ({
  ...defaultTakeSettings,
  ...different,
})
