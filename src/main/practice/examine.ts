import { open, stat } from 'node:fs/promises'
import type { Orientation } from '../../shared/domain/take.ts'
import type { ClipFacts } from './clip-facts.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'

export const clipByteLimit = 100_000_000
const side = { min: 340, max: 3850 }
const shortest = 3
const longest = { image: 10, video: 30 } as const

/** ffmpeg opens playlists whatever they are called; an MP4 or MOV names itself in its first box. */
export async function looksLikeMp4(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0)
    return ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(buffer.toString('latin1', 4, 8))
  } finally {
    await file.close()
  }
}

/** Holds the fetched clip against the documented limits; `facts` null when it could not be read as a video. */
export async function examineClip(
  path: string,
  facts: ClipFacts | null,
  orientation: Orientation,
): Promise<OrRefusal<ClipFacts>> {
  const { size } = await stat(path)
  if (size > clipByteLimit) return refusal(1201, 'video_url: the video is larger than 100 MB')
  if (!facts) return refusal(1201, 'video_url: File format is not supported, use mp4 or mov')
  if (Math.min(facts.width, facts.height) < side.min || Math.max(facts.width, facts.height) > side.max) {
    return refusal(
      1201,
      `video_url: Video pixel is invalid, each side must be ${String(side.min)}-${String(side.max)} px`,
    )
  }
  // One frame of grace: a length that was asked for in seconds ends on a whole frame.
  const grace = facts.frameRate.den / facts.frameRate.num
  const limit = longest[orientation]
  if (facts.duration < shortest - grace || facts.duration > limit + grace) {
    const range = `${String(shortest)}-${String(limit)} s when character_orientation is ${orientation}`
    return refusal(1201, `video_url: Video duration is invalid, it must be ${range}`)
  }
  return accepted(facts)
}
