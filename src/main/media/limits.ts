import type { ClipFacts } from '../../shared/domain/media.ts'
import type { Failure } from '../../shared/outcome.ts'
import { refused } from './source-file.ts'
import { limits } from './guards.ts'

export const mostFrames = limits.duration * limits.frameRate

/** Packets of every kind: sound may come in many small ones. */
export const mostEntries = 10 * mostFrames

export const tooManyFrames = (path: string): Failure =>
  refused(path, 'holds more pictures than four hours at 240 frames per second.')

/** Beyond these, decoding could take the whole machine. */
export function beyondLimits(
  path: string,
  { facts, streams }: { readonly facts: ClipFacts; readonly streams: number },
): Failure | null {
  const { width, height, duration, frameRate } = facts
  if (Math.max(width, height) > limits.side || width * height > limits.pixels)
    return refused(
      path,
      `is ${width} × ${height} pixels; the studio reads up to 8192 on a side and 33 million in all.`,
    )
  if (duration > limits.duration) return refused(path, 'is longer than four hours.')
  if (frameRate > limits.frameRate)
    return refused(path, `has ${Math.round(frameRate)} frames per second; the studio reads up to 240.`)
  if (streams > limits.streams) return refused(path, `holds ${streams} tracks; the studio reads up to 16.`)
  return null
}
