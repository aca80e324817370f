import { ok, type Outcome } from '../../../shared/outcome.ts'
import { LRUCache } from 'lru-cache'
import { fileIdentityIfAny } from '../../files/file-identity.ts'
import {
  type MeasuredClip,
  measureClip,
  pictureOf,
  type Found,
  type Seen,
  isMadeOfBoxes,
} from './clip-facts.ts'
import type { MediaTools, Running } from '../media.ts'
import type { ClipContainer } from '../../../shared/domain/media.ts'
import { askFfprobe, type Question, createReportReader, reportEntries, type Report } from './ffprobe.ts'
import { reachesItsEnd } from './file-end.ts'
import { readIndex, walkBoxes, editsOf, type Edit } from './mp4-boxes.ts'
import { limitProblem } from '../limits.ts'
import { damaged } from '../problems.ts'
import {
  unreadWebp,
  copyProtected,
  noVideo,
  onlyDolbyVision,
  severalRecordings,
  stillPicture,
} from './problems.ts'
import { decodeFrames, framesNeeded } from './frames.ts'
import { lastWords } from '../tool-problem.ts'
import { readHead, unreadable } from './read-head.ts'
import { numberIn, textIn } from './probe-items.ts'
import { isPicture, unshownDolbyVision } from './stream-facts.ts'
import { isProtected, withoutDecoder } from './unsupported.ts'
import type { Seconds } from '../../../shared/units.ts'

/** A preparation needs the same facts four times; a window shows one clip at a time. */
const maxMeasuredClips = 8

const kept = new WeakMap<MediaTools, LRUCache<string, MeasuredClip>>()

function clipsOf(mediaTools: MediaTools): LRUCache<string, MeasuredClip> {
  const clips = kept.get(mediaTools) ?? new LRUCache<string, MeasuredClip>({ max: maxMeasuredClips })
  kept.set(mediaTools, clips)
  return clips
}

/**
 * Measures a file once while it stays unchanged, wherever it is moved; failures are not cached. `always` measures again
 * and caches the result.
 */
async function measuredOnce(
  mediaTools: MediaTools,
  path: string,
  measure: () => Promise<Outcome<MeasuredClip>>,
  always = false,
): Promise<Outcome<MeasuredClip>> {
  const clips = clipsOf(mediaTools)
  const before = await fileIdentityIfAny(path)
  const known = before === null || always ? undefined : clips.get(before)
  if (known) return ok(known)
  const measured = await measure()
  if (!measured.ok || before === null || before !== (await fileIdentityIfAny(path))) return measured
  clips.set(before, measured.value)
  return measured
}

/** The edits of the shown track, from the index of an MP4 or MOV. */
function editsIn(moov: Buffer | null, report: Report): readonly Edit[] {
  const picture = report.streams.find(isPicture)
  const track = picture && textIn(picture, 'id')
  return moov === null || track === undefined ? [] : editsOf(moov, Number(track))
}

/** Decodes frames where packets are not enough. */
async function decodeWhereNeeded(
  mediaTools: MediaTools,
  path: string,
  { report, container }: { readonly report: Report; readonly container: ClipContainer },
  running: Running,
): Promise<Outcome<Pick<Seen, 'needed' | 'frames'>>> {
  const picture = pictureOf(report)
  const needed = picture === null ? 'none' : framesNeeded(picture.video, picture.timeline, container)
  if (picture === null || needed === 'none') return ok({ needed: 'none', frames: [] })
  const stream = numberIn(picture.video, 'index')
  const frames = await decodeFrames(mediaTools, path, { stream, needed }, running)
  return frames.ok ? ok({ needed, frames: frames.value }) : frames
}

/** What the caller also wants to know about the same packets and tracks; another run would read the file again. */
type AlsoAsked = Required<Pick<Question, 'entries' | 'options' | 'onItem'>>

async function measureWhole(
  mediaTools: MediaTools,
  path: string,
  found: Found,
  running: Running,
  also: AlsoAsked | null = null,
): Promise<Outcome<MeasuredClip>> {
  const { container } = found
  const boxes = isMadeOfBoxes(container) ? await walkBoxes(path) : null
  if (!(await reachesItsEnd(path, container, boxes))) return damaged(path)

  const reader = createReportReader()
  const question: Question = {
    entries: also === null ? reportEntries : `${reportEntries}:${also.entries}`,
    options: also?.options ?? [],
    onItem: (list, item) => {
      reader.take(list, item)
      also?.onItem(list, item)
    },
  }
  const answer = await askFfprobe(mediaTools, path, question, running)
  if (!answer.ok) return answer
  const report = reader.close()
  const words = lastWords(answer.value.complaints)
  const moov = boxes === null ? null : await readIndex(path, boxes)
  if (isProtected(moov, report.streams)) return copyProtected(path)
  const video = report.streams.find(isPicture)
  if (video === undefined) return noVideo(path, words)
  const unread = await withoutDecoder(mediaTools, path, video, answer.value.complaints, running)
  if (unread) return unread
  const profile = unshownDolbyVision(video)
  if (profile !== null) return onlyDolbyVision(path, profile)
  // Where an edit list repeats parts, their packets repeat as well.
  if (!isMadeOfBoxes(container) && pictureOf(report)?.timeline.restarts === true)
    return severalRecordings(path)
  const edits = editsIn(moov, report)
  const byPackets = measureClip(report, found, { edits, needed: 'none', frames: [] })
  if (byPackets === null) return damaged(path, words)
  const beyond = limitProblem(path, byPackets)
  if (beyond) return beyond

  const seen = await decodeWhereNeeded(mediaTools, path, { report, container }, running)
  if (!seen.ok) return seen
  if (seen.value.needed === 'none') return ok(byPackets)
  const clip = measureClip(report, found, { edits, ...seen.value })
  return clip ? (limitProblem(path, clip) ?? ok(clip)) : damaged(path, words)
}

/**
 * Everything that can be known about a clip, decoding only a few frames where packets are enough. With `also`, the file
 * is read again instead of using the cache.
 */
export async function measure(
  mediaTools: MediaTools,
  path: string,
  found: Found,
  running: Running = {},
  also: AlsoAsked | null = null,
): Promise<Outcome<MeasuredClip>> {
  try {
    return await measuredOnce(
      mediaTools,
      path,
      () => measureWhole(mediaTools, path, found, running, also),
      also !== null,
    )
  } catch (error) {
    // It may have been moved, or its disk removed, since a moment ago.
    return unreadable(path, error)
  }
}

/** Measures any file as a clip, starting with its first bytes; still images are refused. */
export async function measureFile(
  mediaTools: MediaTools,
  path: string,
  running: Running = {},
): Promise<Outcome<MeasuredClip>> {
  const head = await readHead(path)
  if (!head.ok) return head
  const { sniffed, bytes, movingAs, animatedWebp } = head.value
  const container = sniffed.kind === 'clip' ? sniffed.container : movingAs
  if (container === null) return animatedWebp ? unreadWebp(path) : stillPicture(path)
  const clip = await measure(mediaTools, path, { container, bytes }, running)
  return clip.ok && movingAs !== null && clip.value.facts.frames < 2 ? stillPicture(path) : clip
}

/** When each frame appears, in seconds from the first; what the player and the export both go by. */
export const timesFromFirst = ({ times }: Pick<MeasuredClip, 'times'>): readonly Seconds[] =>
  times.map((time) => Number((time - (times[0] ?? 0)).toFixed(6)))

/** When each shown frame begins, counted from the first. */
export async function frameTimes(
  mediaTools: MediaTools,
  path: string,
  running: Running = {},
): Promise<Outcome<readonly Seconds[]>> {
  const clip = await measureFile(mediaTools, path, running)
  if (!clip.ok) return clip
  return ok(timesFromFirst(clip.value))
}
