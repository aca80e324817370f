import { sideBySide } from './export/side-by-side.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { RunTool, ToolPaths } from '../system/ports.ts'
import type { NoteFile } from '../processes/leftovers.ts'
import { frameTimes } from './probe/frame-times.ts'
import { inspect } from './inspect.ts'
import type { Kit } from './kit.ts'
import type { Media } from './media.ts'
import { picture } from './previews/picture.ts'
import { playable } from './previews/proxy.ts'
import { prepareClip } from './clip/prepare-clip.ts'
import { prepareImage } from './image/prepare-image.ts'
import { scan } from './scene-detection/scan.ts'
import { strip } from './previews/filmstrip.ts'
import { toolMissing } from './tool-problem.ts'
import { verifyResult } from './verify.ts'
import { waveform } from './previews/waveform.ts'

export type MediaParts = {
  readonly tools: ToolPaths
  readonly run: RunTool
  /** Private to this app, for scratch files; made when it is first needed. */
  readonly workFolder: string
  /** Where temporary files are noted; without it a kill leaves them where they are. */
  readonly noteFile?: NoteFile
  /** How long a tool may say nothing; tests have less patience. */
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
    strip: missing,
    waveform: missing,
    playable: missing,
    prepareClip: missing,
    prepareCharacter: missing,
    verifyResult: missing,
    sideBySide: missing,
  }
}

export function createMedia(parts: MediaParts): Media {
  const { ffmpeg, ffprobe } = parts.tools
  const { run, workFolder, noteFile = () => () => undefined, stallLimit = usualStallLimit } = parts
  if (ffmpeg === null) return without('ffmpeg')
  if (ffprobe === null) return without('ffprobe')
  const kit: Kit = { run, ffmpeg, ffprobe, workFolder, noteFile, stallLimit }
  return {
    inspect: (path, running, as) => inspect(kit, path, running, as),
    picture: (path, facts, maxSide, running) => picture(kit, path, facts, maxSide, running),
    frameTimes: (path, running) => frameTimes(kit, path, running),
    scan: (path, _facts, span, running) => scan(kit, path, span, running),
    strip: (path, _facts, job, onPicture, running) => strip(kit, path, job, onPicture, running),
    waveform: (path, _facts, step, running) => waveform(kit, path, step, running),
    playable: (path, _facts, target, running) => playable(kit, path, target, running),
    prepareClip: (job, running) => prepareClip(kit, job, running),
    prepareCharacter: (job, running) => prepareImage(kit, job, running),
    verifyResult: (path, running) => verifyResult(kit, path, running),
    sideBySide: (job, running) => sideBySide(kit, job, running),
  }
}
