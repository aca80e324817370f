import type { ClipContainer, ClipFacts } from '../../shared/domain/media.ts'
import { endsTooEarly } from '../../shared/domain/player-clock.ts'

/** Asks a browser about a type and its codecs; empty for one that it surely cannot play. */
export type CanPlay = (type: string) => string

/** Every window plays these, as far as it plays what is in them. */
const playedContainers: ReadonlySet<ClipContainer> = new Set<ClipContainer>(['mp4', 'mov', 'webm', 'mkv'])
/** What browsers commonly play; anything else is not even tried. */
const playedAnywhere = new Set(['h264', 'vp8', 'vp9', 'av1'])
const askedAs: Readonly<Record<string, string>> = { hevc: 'video/mp4; codecs="hvc1.1.6.L120.90"' }
/** H.264 High 10. */
const tenBit = 'video/mp4; codecs="avc1.6E0028"'

/** Whether a copy is needed before anything is played. A clip that is tried and fails gets one as well. */
export function needsCopy(
  facts: Pick<ClipFacts, 'container' | 'codec' | 'bitDepth' | 'startTime'>,
  canPlay: CanPlay,
): boolean {
  const { container, codec, bitDepth } = facts
  if (!playedContainers.has(container) || endsTooEarly(facts)) return true
  const asked = askedAs[codec]
  if (asked !== undefined) return canPlay(asked) === ''
  if (codec === 'h264' && bitDepth > 8) return canPlay(tenBit) === ''
  return !playedAnywhere.has(codec)
}
