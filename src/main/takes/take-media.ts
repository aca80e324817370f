import { existsSync } from 'node:fs'
import type { ComparedSide, Comparison, PlayableVideo, TakePictures } from '../../shared/domain/views.ts'
import type { Take } from '../../shared/domain/take.ts'
import { allOk, ok, type Outcome } from '../../shared/outcome.ts'
import type { ClipPreview } from '../clip-preview/clip-preview.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { Media } from '../media/media.ts'
import { sha256Of } from '../media/source-file.ts'
import type { Call } from '../prepare/types.ts'
import { otherReference } from './problems.ts'
import { aboutVideo, noSoundToPlay, notAVideo, videoMissing, videoNotCopied } from './video-problems.ts'
import { resultPlace, takeFolder } from './take-folder.ts'
import type { Library } from './takes.ts'
import type { TakePosters } from './posters/take-posters.ts'
import type { Takes } from './types.ts'

/** Longer side of the thumbnails in the list of takes, in pixels. */
const thumbnailSide = 320

/** What the videos are called in a sentence. */
const names: Readonly<Record<ComparedSide, string>> = { reference: 'prepared clip', result: 'result' }

export type TakeMediaParts = {
  readonly library: Pick<Library, 'show' | 'record' | 'wholeResult'>
  readonly folder: string
  readonly media: Media
  readonly fileTokens: FileTokens
  readonly viewing: Pick<ClipPreview, 'playable' | 'sound'>
  readonly posters: Pick<TakePosters, 'poster'>
}

/** The images and videos of a take: thumbnails for the list, and both videos for the comparison. */
export function createTakeMedia({ library, folder, media, fileTokens, viewing, posters }: TakeMediaParts) {
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

  async function playable(path: string, what: string, { signal }: Call): Promise<Outcome<PlayableVideo>> {
    if (!existsSync(path)) return videoMissing(what)
    const facts = await media.inspect(path, { signal }, 'clip')
    if (!facts.ok) return aboutVideo(what, facts.problem)
    if (facts.value.kind !== 'clip') return notAVideo(what)
    const frameTimes = await media.frameTimes(path, { signal })
    if (!frameTimes.ok) return aboutVideo(what, frameTimes.problem)
    const { width, height, duration, audio, startTime } = facts.value
    return ok({
      url: fileTokens.serveUrl(path),
      clockStart: startTime,
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
      // While the poster can’t be made, the first frame is better than nothing.
      result: (await posters.poster(id)) ?? (await thumbnail(result)),
    })
  }

  /** The hash of a take’s reference. It isn’t saved with a take that was restored or brought home. */
  async function referenceHash(id: string): Promise<string | null> {
    const record = library.record(id)
    const prepared = record.ok ? record.value.attempt.preparedClip : null
    return prepared?.sha256 ?? sha256Of(takeFolder(folder, id).clip).catch(() => null)
  }

  async function sameReference(takes: readonly Take[]): Promise<Outcome<null>> {
    if (takes.length === 1) return ok(null)
    const hashes = await Promise.all(takes.map(({ id }) => referenceHash(id)))
    if (hashes.includes(null)) return videoMissing(names.reference)
    const other = takes.find((_, nth) => hashes[nth] !== hashes[0])
    return other ? otherReference(other) : ok(null)
  }

  const oneOf = async (id: string, call: Call): Promise<Outcome<Comparison['takes'][number]>> => {
    const take = library.show(id)
    if (!take.ok) return take
    const path = await library.wholeResult(id)
    if (!path.ok) return path
    const result = await playable(path.value, names.result, call)
    return result.ok ? ok({ take: take.value, result: result.value }) : result
  }

  const compare: Takes['compare'] = async ([first, ...others], call = {}) => {
    if (first === undefined) throw new Error('a comparison has a take')
    const known = allOk([first, ...others].map(library.show))
    if (!known.ok) return known
    const same = await sameReference(known.value)
    if (!same.ok) return same
    const [reference, ...made] = await Promise.all([
      playable(takeFolder(folder, first).clip, names.reference, call),
      ...known.value.map(({ id }) => oneOf(id, call)),
    ])
    if (!reference.ok) return reference
    const takes = allOk(made)
    return takes.ok ? ok({ reference: reference.value, takes: takes.value }) : takes
  }

  async function pathOf(id: string, side: ComparedSide): Promise<Outcome<string>> {
    if (side === 'result') return library.wholeResult(id)
    const take = library.show(id)
    if (!take.ok) return take
    const path = takeFolder(folder, id).clip
    return existsSync(path) ? ok(path) : videoMissing(names[side])
  }

  const preview: Takes['preview'] = async (id, side, call) => {
    const path = await pathOf(id, side)
    if (!path.ok) return path
    const copy = await viewing.playable(path.value, call)
    if (copy.ok) return ok({ media: copy.value.media, clockStart: 0 })
    const said = copy.problem.code === 'tool-failed' ? videoNotCopied : aboutVideo
    return said(names[side], copy.problem)
  }

  const sound: Takes['sound'] = async (id, side, speed, call) => {
    const path = await pathOf(id, side)
    if (!path.ok) return path
    const made = await viewing.sound(path.value, speed, call)
    if (!made.ok) return aboutVideo(names[side], made.problem)
    return made.value === null ? noSoundToPlay(names[side]) : ok(made.value)
  }

  return { pictures, compare, preview, sound }
}
