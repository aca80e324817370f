import type { CharacterFacts, ClipFacts, PreparedClip } from '../../shared/domain/media.ts'
import { formatBytes, formatSeconds } from '../../shared/units.ts'

const size = ({ width, height }: { readonly width: number; readonly height: number }) =>
  `${String(width)} × ${String(height)}`

const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  mjpeg: 'Motion JPEG',
  mpeg4: 'MPEG-4',
}

/** What is worth knowing about a clip, most telling first. */
export function clipFactsLine(facts: ClipFacts): readonly string[] {
  const rate = Number(facts.frameRate.toFixed(2))
  return [
    formatSeconds(facts.duration),
    size(facts),
    `${String(rate)} fps${facts.variableFrameRate ? ', variable' : ''}`,
    codecNames[facts.codec] ?? facts.codec,
    formatBytes(facts.bytes),
    facts.audio ? 'with sound' : facts.unreadSounds.length > 0 ? 'unreadable sound' : 'no sound',
    ...(facts.hdr === 'none' ? [] : ['HDR']),
    ...(facts.rotation === 0 ? [] : ['rotated upright']),
  ]
}

export function preparedClipLine(facts: Omit<PreparedClip, 'path'>): readonly string[] {
  return [
    formatSeconds(facts.duration),
    `${String(facts.frames)} frames`,
    size(facts),
    `${String(Number(facts.frameRate.toFixed(2)))} fps`,
    codecNames[facts.videoCodec] ?? facts.videoCodec,
    formatBytes(facts.bytes),
    facts.audio ? 'with sound' : 'no sound',
  ]
}

export function characterFactsLine(facts: CharacterFacts): readonly string[] {
  return [
    size(facts),
    facts.format.toUpperCase(),
    formatBytes(facts.bytes),
    ...(facts.alpha ? ['transparency'] : []),
    ...(facts.animated ? ['animated: the first frame is used'] : []),
  ]
}
