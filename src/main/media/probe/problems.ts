import { fail, type Failure } from '../../../shared/outcome.ts'
import { displayName } from '../source-file.ts'

const acceptedClips = 'Choose an MP4, MOV, WebM, MKV, AVI, MTS, MPEG, WMV or FLV video, or a GIF.'
const acceptedImages = 'Choose a JPEG, PNG, HEIC, WebP, AVIF, GIF, TIFF or BMP image.'

export const missingFile = (path: string): Failure =>
  fail('file-missing', `There is no file “${displayName(path)}”.`, {
    advice: 'It may have been moved, renamed or deleted. Choose it again.',
  })

export const unreadableFile = (path: string, why: 'permission' | 'disk', detail: string): Failure =>
  fail('file-unreadable', `“${displayName(path)}” can’t be read.`, {
    advice:
      why === 'permission'
        ? 'You don’t have permission to read it. Change its permissions or copy it somewhere else.'
        : 'Its disk may be damaged or disconnected. Copy the file to this computer and choose the copy.',
    detail,
  })

export const isFolder = (path: string): Failure =>
  fail('file-is-folder', `“${displayName(path)}” is a folder.`, { advice: 'Choose the file inside it.' })

export const notRegularFile = (path: string): Failure =>
  fail('file-unreadable', `“${displayName(path)}” isn’t a regular file.`, {
    advice: 'Copy it to a file first.',
  })

export const emptyFile = (path: string): Failure =>
  fail('file-empty', `“${displayName(path)}” is empty.`, {
    advice: 'It may not have been copied completely. Copy it again.',
  })

export const notAnImage = (path: string): Failure =>
  fail('not-an-image', `“${displayName(path)}” isn’t an image, despite its name.`, { advice: acceptedImages })

export const notMedia = (path: string): Failure =>
  fail('not-a-video', `“${displayName(path)}” isn’t a video or image that Understudy can read.`, {
    advice: `${acceptedClips} ${acceptedImages.replace('Choose', 'For a character:')}`,
  })

export const drawing = (path: string): Failure =>
  fail('not-an-image', `“${displayName(path)}” is a drawing (SVG) and has no pixels.`, {
    advice: 'Export it as PNG from a drawing program and choose that.',
  })

/** An image of a known kind that nothing here decodes. */
export const unreadKind = (path: string, kind: string): Failure =>
  fail('not-an-image', `“${displayName(path)}” is ${kind}, which Understudy can’t read.`, {
    advice: 'Open it in the program it comes from, export it as JPEG or PNG and choose that.',
  })

export const noVideo = (path: string, detail: string): Failure =>
  fail('not-a-video', `“${displayName(path)}” has no video that Understudy can read.`, {
    advice: acceptedClips,
    detail,
  })

export const stillPicture = (path: string): Failure =>
  fail('not-a-video', `“${displayName(path)}” is an image, not a video.`, { advice: acceptedClips })

export const unreadWebp = (path: string): Failure =>
  fail('not-a-video', `“${displayName(path)}” is an animated WebP, which can’t be used as a clip.`, {
    advice: 'Save it as GIF, APNG or MP4 and choose that.',
  })

/** The file may be whole; ffmpeg takes it for a format that it may not open. */
export const otherFormat = (path: string, detail: string): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” is a different file type than it seems, and Understudy can’t read it.`,
    { advice: 'Export it as MP4 (H.264 with AAC sound), then choose the new file.', detail },
  )

/** The file may be whole; one of its tracks has a codec that may not be decoded. */
export const unsupportedCodec = (path: string, codec: string): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” has a track encoded as “${codec}”, which Understudy can’t read.`,
    { advice: 'Export it as H.264 with AAC sound, then choose the new file.' },
  )

export const copyProtected = (path: string): Failure =>
  fail('input-refused', `“${displayName(path)}” is copy-protected (DRM) and can’t be read.`, {
    advice: 'Choose your own recording, or a version without protection.',
  })

export const onlyDolbyVision = (path: string, profile: number): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” is Dolby Vision profile ${profile}. Only Dolby Vision players show its colours correctly; everywhere else they turn green and purple.`,
    { advice: 'Export it as HDR10, HLG or standard (SDR) video, then choose the new file.' },
  )

export const severalRecordings = (path: string): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” contains several recordings, so its clock restarts in the middle.`,
    { advice: 'Join them in a video editor, or use only one of them.' },
  )
