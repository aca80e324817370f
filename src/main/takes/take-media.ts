import { existsSync } from 'node:fs'
import type { Comparison, MediaUrl, PlayableVideo, TakePictures } from '../../shared/domain/views.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { endsTooEarly } from '../../shared/domain/player-clock.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { Media } from '../media/media.ts'
import { notAVideo, videoMissing } from './problems.ts'
import { resultPlace, takeFolder } from './take-folder.ts'
import type { Library } from './takes.ts'

/** Longer side of the thumbnails in the list of takes, in pixels. */
const thumbnailSide = 320

export type TakeMediaParts = {
  readonly library: Library
  readonly folder: string
  readonly media: Media
  readonly fileTokens: FileTokens
  /** A copy with the same frames at the same times, starting at zero. */
  readonly copyOf: (path: string) => Promise<Outcome<{ readonly media: MediaUrl }>>
}

/** The images and videos of a take: thumbnails for the list, and both videos for the comparison. */
export function createTakeMedia({ library, folder, media, fileTokens, copyOf }: TakeMediaParts) {
  const thumbnails = new Map<string, string>()

  async function thumbnail(path: string | undefined): Promise<string | null> {
    if (path === undefined || !existsSync(path)) return null
    const known = thumbnails.get(path)
    if (known !== undefined) return known
    const facts = await media.inspect(path)
    const picture = facts.ok ? await media.picture(path, facts.value, thumbnailSide) : facts
    if (!picture.ok) return null
    const url = fileTokens.serveBytes(picture.value, 'image/jpeg')
    thumbnails.set(path, url)
    return url
  }

  async function playable(path: string, what: string): Promise<Outcome<PlayableVideo>> {
    if (!existsSync(path)) return videoMissing(what)
    const facts = await media.inspect(path, {}, 'clip')
    if (!facts.ok) return facts
    if (facts.value.kind !== 'clip') return notAVideo(what)
    const frameTimes = await media.frameTimes(path)
    if (!frameTimes.ok) return frameTimes
    const { width, height, duration, audio, startTime } = facts.value
    const copy = endsTooEarly(facts.value) ? await copyOf(path) : null
    if (copy?.ok === false) return copy
    return ok({
      url: copy?.value.media ?? fileTokens.serveUrl(path),
      clockStart: copy === null ? startTime : 0,
      width,
      height,
      duration,
      frameTimes: frameTimes.value,
      hasSound: audio !== null,
    })
  }

  const pictures = async (id: string): Promise<Outcome<TakePictures>> => {
    const record = library.record(id)
    if (!record.ok) return record
    const { order, attempt } = record.value
    const result = attempt.state === 'DONE' ? resultPlace(folder, attempt).result : undefined
    return ok({
      character: await thumbnail(attempt.preparedCharacter?.path ?? order.characterPath),
      clip: await thumbnail(attempt.preparedClip?.path ?? order.clipPath),
      result: await thumbnail(result),
    })
  }

  const compare = async (id: string): Promise<Outcome<Comparison>> => {
    const take = library.show(id)
    if (!take.ok) return take
    const result = await library.wholeResult(id)
    if (!result.ok) return result
    const [reference, made] = await Promise.all([
      playable(takeFolder(folder, id).clip, 'prepared clip'),
      playable(result.value, 'result'),
    ])
    if (!reference.ok) return reference
    if (!made.ok) return made
    return ok({ take: take.value, reference: reference.value, result: made.value })
  }

  return { pictures, compare }
}
