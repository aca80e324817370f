import type { MediaFacts, MediaKind } from '../../shared/domain/media.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { measureImage } from './image/image.ts'
import type { MediaTools, Running, Media } from './media.ts'
import { measure, measureFile, frameTimes } from './probe/probe-clip.ts'
import { readHead } from './probe/read-head.ts'
import { sideBySide } from './export/side-by-side.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { RunTool, ToolPaths } from '../system/ports.ts'
import type { TrackFile } from '../processes/leftovers.ts'
import { findOffset } from './offset/find-offset.ts'
import { motionEnergy } from './offset/motion-energy.ts'
import { picture } from './previews/picture.ts'
import { playable } from './previews/proxy.ts'
import { prepareClip } from './clip/prepare-clip.ts'
import { prepareImage } from './image/prepare-image.ts'
import { scan } from './scene-detection/scan.ts'
import { strip } from './previews/filmstrip.ts'
import { toolMissing } from './problems.ts'
import { verifyResult } from './verify.ts'
import { pictureSound } from './sound/picture-sound.ts'
import { waveform } from './previews/waveform.ts'

/**
 * What a file is, and its facts. The name does not matter, and no tool opens a file whose first bytes are unknown. An
 * animated image counts as a character, unless it is asked for as a clip.
 */
export async function inspect(
  mediaTools: MediaTools,
  path: string,
  running: Running = {},
  as: MediaKind | null = null,
): Promise<Outcome<MediaFacts>> {
  const head = await readHead(path)
  if (!head.ok) return head
  const { sniffed, bytes, movingAs, animatedWebp } = head.value
  const mayMove = movingAs !== null || animatedWebp
  if (sniffed.kind === 'character' && !(as === 'clip' && mayMove))
    return measureImage(path, { format: sniffed.format, bytes }, running.signal)
  const clip =
    sniffed.kind === 'clip'
      ? await measure(mediaTools, path, { container: sniffed.container, bytes }, running)
      : await measureFile(mediaTools, path, running)
  return clip.ok ? ok(clip.value.facts) : clip
}

export type MediaParts = {
  readonly tools: ToolPaths
  readonly run: RunTool
  /** A private folder for scratch files, created when first needed. */
  readonly workFolder: string
  /** Records temporary files, so that they are deleted after a crash. */
  readonly trackFile?: TrackFile
  /** How long a tool may show no sign of work. */
  readonly stallLimit?: Milliseconds
}

const usualStallLimit: Milliseconds = 30_000

const without = (tool: 'ffmpeg' | 'ffprobe'): Media => {
  const missing = () => Promise.resolve(toolMissing(tool))
  return {
    inspect: missing,
    picture: missing,
    frameTimes: missing,
    scan: missing,
    motion: missing,
    strip: missing,
    waveform: missing,
    playable: missing,
    pictureSound: missing,
    prepareClip: missing,
    prepareCharacter: missing,
    verifyResult: missing,
    findOffset: missing,
    sideBySide: missing,
  }
}

export function createMedia(parts: MediaParts): Media {
  const { ffmpeg, ffprobe } = parts.tools
  const { run, workFolder, trackFile = () => () => undefined, stallLimit = usualStallLimit } = parts
  if (ffmpeg === null) return without('ffmpeg')
  if (ffprobe === null) return without('ffprobe')
  const mediaTools: MediaTools = { run, ffmpeg, ffprobe, workFolder, trackFile, stallLimit }
  return {
    inspect: (path, running, as) => inspect(mediaTools, path, running, as),
    picture: (path, facts, maxSide, running) => picture(mediaTools, path, facts, maxSide, running),
    frameTimes: (path, running) => frameTimes(mediaTools, path, running),
    scan: (path, _facts, span, running) => scan(mediaTools, path, span, running),
    motion: (path, running) => motionEnergy(mediaTools, path, running),
    strip: (path, _facts, job, onPicture, running) => strip(mediaTools, path, job, onPicture, running),
    waveform: (path, _facts, step, running) => waveform(mediaTools, path, step, running),
    playable: (path, _facts, target, running) => playable(mediaTools, path, target, running),
    pictureSound: (path, job, running) => pictureSound(mediaTools, path, job, running),
    prepareClip: (job, running) => prepareClip(mediaTools, job, running),
    prepareCharacter: (job, running) => prepareImage(mediaTools, job, running),
    verifyResult: (path, running) => verifyResult(mediaTools, path, running),
    findOffset: (job, running) => findOffset(mediaTools, job, running),
    sideBySide: (job, running) => sideBySide(mediaTools, job, running),
  }
}
