import { fail, type Failure } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import { displayName } from './source-file.ts'

/** What a sentence about a cancelled, stopped or failed piece of work begins with. */
export const doing = {
  reading: (path: string) => `Reading “${displayName(path)}”`,
  readingSound: (path: string) => `Reading the sound of “${displayName(path)}”`,
  saving: (path: string) => `Saving “${displayName(path)}”`,
  scanning: (path: string) => `Scanning “${displayName(path)}”`,
  measuringMotion: (path: string) => `Measuring the motion of “${displayName(path)}”`,
  preparing: (path: string) => `Preparing “${displayName(path)}”`,
  checkingPrepared: (path: string) => `Checking the prepared “${displayName(path)}”`,
  checkingDownload: 'Checking the downloaded video',
  makingThumbnails: (path: string) => `Making thumbnails of “${displayName(path)}”`,
  copyingForPreview: (path: string) => `Copying “${displayName(path)}” for the preview`,
  findingOffset: (reference: string, result: string) =>
    `Finding the offset of “${displayName(result)}” from “${displayName(reference)}”`,
  comparing: (reference: string, result: string) =>
    `Comparing “${displayName(reference)}” with “${displayName(result)}”`,
}

const exportAgain = 'Copy or export it again, then choose the new file.'

export const damaged = (path: string, detail?: string): Failure =>
  fail('file-damaged', `“${displayName(path)}” is damaged or incomplete.`, {
    advice: exportAgain,
    ...(detail === undefined ? {} : { detail }),
  })

export const beyondLimit = (path: string, why: string): Failure =>
  fail('input-refused', `“${displayName(path)}” ${why}`, {
    advice: 'Export a smaller version and choose that.',
  })

/** How a clip can be too much to decode, for `beyondLimit`. */
export const tooMuch = {
  frames: 'has more frames than four hours at 240 frames per second.',
  pixels: (width: number, height: number) =>
    `is ${width} × ${height} pixels. Understudy reads up to 8192 per side and 33 million in total.`,
  duration: 'is longer than four hours.',
  frameRate: (rate: number) => `has ${Math.round(rate)} frames per second. Understudy reads up to 240.`,
  tracks: (count: number) => `has ${count} tracks. Understudy reads up to 16.`,
}

export const alreadyThere = (target: string): Failure =>
  fail('file-exists', `“${displayName(target)}” already exists and was not changed.`, {
    advice: 'Choose another name, or move the existing file away first.',
  })

export const folderUnwritable = (target: string, detail: string): Failure =>
  fail('folder-unwritable', `Understudy can’t write to the folder of “${displayName(target)}”.`, {
    advice: 'Choose an existing folder that you can write to.',
    detail,
  })

export const diskFull = (what: string): Failure =>
  fail('disk-full', `${what} failed: the disk is full.`, {
    advice: 'Free some space or choose a folder on another disk, then try again.',
  })

type ToolName = 'ffmpeg' | 'ffprobe'

export const toolMissing = (tool: ToolName, detail?: string): Failure =>
  fail('tool-missing', `This computer has no ${tool} that Understudy can use.`, {
    advice: `Run setup again or install ${tool} 5 or newer, then restart Understudy.`,
    ...(detail === undefined ? {} : { detail }),
  })

export const toolStalled = (tool: ToolName, what: string, detail: string): Failure =>
  fail('tool-failed', `${what} took too long: ${tool} made no progress and was stopped.`, {
    advice: 'Close other programs and try again, or export a smaller version and choose that.',
    detail,
  })

export const toolCrashed = (tool: ToolName, what: string, detail: string): Failure =>
  fail('tool-failed', `${what} failed: ${tool} stopped unexpectedly.`, {
    advice: 'Try again. If it happens again, export the file from another program and choose that.',
    detail,
  })

/** Where only an old ffmpeg or ffprobe was found. */
export const oldTools = (tools: readonly string[]): string =>
  `Understudy is using old video tools: ${tools.join(' and ')}.`

export const newerTools = (command: string | null): string =>
  command === null
    ? 'Install ffmpeg 5 or newer, then restart Understudy.'
    : `Run: ${command}. Then restart Understudy.`

export const resultUnusable = (detail: string): Failure =>
  fail('result-unusable', 'The downloaded video is damaged or incomplete.', {
    advice: 'Understudy downloads it again while the provider keeps it.',
    detail,
  })

export const notMp4 = 'It doesn’t start like an MP4.'
export const endMissing = 'Its end is missing.'

export const scanIncomplete = (path: string, detail: string): Failure =>
  fail('file-damaged', `“${displayName(path)}” could not be scanned to the end.`, {
    advice: exportAgain,
    detail,
  })

export const noFirstFrame = (path: string, detail: string): Failure =>
  fail('file-damaged', `The first frame of “${displayName(path)}” can’t be read.`, {
    advice: exportAgain,
    detail,
  })

export const noThumbnails = (path: string, detail: string): Failure =>
  fail('file-damaged', `Understudy can’t make thumbnails of “${displayName(path)}”.`, {
    advice: exportAgain,
    detail,
  })

export const noWaveform = (path: string, detail: string): Failure =>
  fail('file-damaged', `The sound of “${displayName(path)}” can’t be read.`, {
    advice: 'The video may still be fine. Prepare the clip without sound.',
    detail,
  })

export const noSound = (path: string): Failure =>
  fail('not-found', `“${displayName(path)}” has no sound.`, { advice: 'Listen to the other video.' })

export const soundTooLong = (path: string, longest: Seconds): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” is longer than ${Math.round(longest / 60)} minutes. Its sound can’t be played here.`,
    { advice: 'Compare it without sound.' },
  )

export const soundUnread = (path: string, detail: string): Failure =>
  fail('file-damaged', `The sound of “${displayName(path)}” can’t be read.`, {
    advice: 'The picture may still be fine. Compare it without sound.',
    detail,
  })

export const proxyIncomplete = (path: string, detail: string): Failure =>
  fail('file-damaged', `“${displayName(path)}” couldn’t be read to the end.`, {
    advice: exportAgain,
    detail,
  })

export const proxyDiffers = (path: string, detail: string): Failure =>
  fail('tool-failed', `“${displayName(path)}” couldn’t be copied frame by frame for the preview.`, {
    advice: 'You can still prepare the clip. Only its preview is missing.',
    detail,
  })

export const nothingToCompare = (offset: Seconds, limit: Seconds): Failure =>
  fail('usage', `With an offset of ${offset} s, there is nothing to compare.`, {
    advice: `Choose an offset below ${limit.toFixed(1)} s.`,
  })

export const comparisonFailed = (reference: string, result: string, detail: string): Failure =>
  fail('tool-failed', `${doing.comparing(reference, result)} failed.`, {
    advice: 'One of the videos may be damaged. Try to play both.',
    detail,
  })
