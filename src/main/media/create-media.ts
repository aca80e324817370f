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
  /** Asked before each piece of work; the search for the tools can wait until then. */
  readonly tools: () => Promise<ToolPaths>
  readonly run: RunTool
  /** A private folder for scratch files, created when first needed. */
  readonly workFolder: string
  /** Records temporary files, so that they are deleted after a crash. */
  readonly trackFile?: TrackFile
  /** How long a tool may show no sign of work. */
  readonly stallLimit?: Milliseconds
}

const usualStallLimit: Milliseconds = 30_000

export function createMedia(parts: MediaParts): Media {
  const { tools, run, workFolder, trackFile = () => () => undefined, stallLimit = usualStallLimit } = parts
  async function using<T>(work: (mediaTools: MediaTools) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const { ffmpeg, ffprobe } = await tools()
    if (ffmpeg === null) return toolMissing('ffmpeg')
    if (ffprobe === null) return toolMissing('ffprobe')
    return work({ run, ffmpeg, ffprobe, workFolder, trackFile, stallLimit })
  }
  return {
    inspect: (path, running, as) => using((found) => inspect(found, path, running, as)),
    picture: (path, facts, maxSide, running) =>
      using((found) => picture(found, path, facts, maxSide, running)),
    frameTimes: (path, running) => using((found) => frameTimes(found, path, running)),
    scan: (path, _facts, span, running) => using((found) => scan(found, path, span, running)),
    motion: (path, running) => using((found) => motionEnergy(found, path, running)),
    strip: (path, _facts, job, onPicture, running) =>
      using((found) => strip(found, path, job, onPicture, running)),
    waveform: (path, _facts, step, running) => using((found) => waveform(found, path, step, running)),
    playable: (path, _facts, target, running) => using((found) => playable(found, path, target, running)),
    pictureSound: (path, job, running) => using((found) => pictureSound(found, path, job, running)),
    prepareClip: (job, running) => using((found) => prepareClip(found, job, running)),
    prepareCharacter: (job, running) => using((found) => prepareImage(found, job, running)),
    verifyResult: (path, running) => using((found) => verifyResult(found, path, running)),
    findOffset: (job, running) => using((found) => findOffset(found, job, running)),
    sideBySide: (job, running) => using((found) => sideBySide(found, job, running)),
  }
}
