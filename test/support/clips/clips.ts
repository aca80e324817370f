import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, open, readFile, rename, truncate, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { ffmpeg, realTools } from '../processes/tools.ts'

/** Real clips, made on the spot. Every frame carries its own number, which `frameNumbers` reads back. */
export type ClipRecipe = {
  readonly width: number
  readonly height: number
  readonly rate: number | string
  readonly seconds: number
  readonly sound: boolean
  /** Something moves in the whole picture and not only in its middle: twice the bytes, and twice the work to encode. */
  readonly busy: boolean
  /** Between the numbered picture and the encoder, for example `transpose=1`. */
  readonly filter: string | null
  readonly video: readonly string[]
  readonly audio: readonly string[]
  readonly container: readonly string[]
}

const plain: ClipRecipe = {
  width: 640,
  height: 360,
  rate: 30,
  seconds: 4,
  sound: true,
  busy: false,
  filter: null,
  video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-bf', '0', '-pix_fmt', 'yuv420p'],
  audio: ['-c:a', 'aac', '-b:a', '96k'],
  container: ['-movflags', '+faststart'],
}

const bits = 10

/** The frame number as ten black or white blocks in the upper quarter, over a moving picture. */
function numberedPicture({ width, height, rate, seconds, busy, filter }: ClipRecipe): string {
  const source = `r=${String(rate)}:d=${String(seconds)}`
  const whole = `${String(width)}x${String(height)}`
  const quarter = `${String(Math.ceil(width / 8) * 2)}x${String(Math.ceil(height / 8) * 2)}`
  return [
    busy
      ? `testsrc2=s=${whole}:${source},format=yuv420p[scene]`
      : `testsrc2=s=${quarter}:${source},format=yuv420p,pad=${String(width)}:${String(height)}:-1:-1:teal[scene]`,
    `color=s=${String(bits)}x1:${source},format=gray,geq=lum='if(mod(floor(N/pow(2,X)),2),235,16)',` +
      `scale=${String(width)}:${String(Math.round(height / 4))}:flags=neighbor,format=yuv420p[code]`,
    `[scene][code]overlay=0:0${filter === null ? '' : `,${filter}`}[v]`,
  ].join(';')
}

/** Kept between runs, by everything that decides what comes out; a clip takes longer to make than to copy. */
const cache = join(import.meta.dirname, '../../../node_modules/.cache/understudy-clips')

async function cached(args: readonly string[], ending: string): Promise<string> {
  const key = createHash('sha256').update(JSON.stringify([(await realTools()).ffmpeg, args]))
  const kept = join(cache, key.digest('hex').slice(0, 32) + ending)
  if (existsSync(kept)) return kept
  await mkdir(cache, { recursive: true })
  const unfinished = join(cache, `${randomUUID()}${ending}`)
  await ffmpeg(...args, '-y', `file:${unfinished}`)
  await rename(unfinished, kept)
  return kept
}

export async function makeClip(
  folder: string,
  name: string,
  change: Partial<ClipRecipe> = {},
): Promise<string> {
  const recipe = { ...plain, ...change }
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:d=${String(recipe.seconds)}`]
  const args = [
    ...(recipe.sound ? sound : []),
    ...['-filter_complex', numberedPicture(recipe), '-map', '[v]'],
    ...(recipe.sound ? ['-map', '0:a', ...recipe.audio] : []),
    ...[...recipe.video, ...recipe.container],
  ]
  const path = join(folder, name)
  await copyFile(await cached(args, extname(name)), path)
  return path
}

/**
 * The number each shown frame carries, in the order a player shows them. With `every`, one number a tick of that rate: a
 * frame that is held for two ticks comes twice.
 */
export async function frameNumbers(path: string, every: number | null = null): Promise<readonly number[]> {
  const rows = 8
  const ticks = every === null ? '' : `setpts=PTS-STARTPTS,fps=${String(every)},`
  const raw = await ffmpeg(
    ...['-i', `file:${path}`, '-map', '0:V:0'],
    ...['-vf', `${ticks}scale=${String(bits)}:${String(rows)}:flags=area`],
    // Passes every decoded frame on, once.
    ...['-vsync', 'passthrough', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'],
  )
  const size = bits * rows
  return Array.from({ length: raw.length / size }, (_, frame) =>
    Array.from({ length: bits }, (_, bit) => ((raw[frame * size + bit] ?? 0) > 128 ? 2 ** bit : 0)).reduce(
      (sum, value) => sum + value,
      0,
    ),
  )
}

const fixed = (value: number, one = 0x10000) => Math.round(value * one)

/** Writes a clockwise quarter turn into the video track's display matrix, as phones do. */
export async function turn(path: string, degrees: 90 | 180 | 270): Promise<string> {
  const bytes = await readFile(path)
  const at = bytes.indexOf('tkhd') + 4
  // The matrix lies behind version, times, track id, duration, layer and volume.
  const matrix = at + (bytes[at] === 1 ? 52 : 40)
  const [cos, sin] = { 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[degrees] as [number, number]
  const values = [fixed(cos), fixed(sin), 0, fixed(-sin), fixed(cos), 0, 0, 0, fixed(1, 0x40000000)]
  values.forEach((value, index) => bytes.writeInt32BE(value, matrix + 4 * index))
  await writeFile(path, bytes)
  return path
}

const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', 'log-level=none']
const longGop = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '250', '-sc_threshold', '0', '-bf', '3']

export const landscape = (folder: string) => makeClip(folder, 'landscape.mp4')
export const portrait = (folder: string) => makeClip(folder, 'portrait.mp4', { width: 360, height: 640 })
export const short = (folder: string) => makeClip(folder, 'two-seconds.mp4', { seconds: 2 })
export const blink = (folder: string) => makeClip(folder, 'half-a-second.mp4', { seconds: 0.5 })
/** Of more bytes than most limits. */
export const busy = (folder: string) => makeClip(folder, 'busy.mp4', { busy: true })
export const silent = (folder: string) => makeClip(folder, 'silent.mp4', { sound: false })
export const ntsc = (folder: string) => makeClip(folder, 'ntsc.mp4', { rate: '30000/1001' })
export const fast = (folder: string) => makeClip(folder, 'fast.mp4', { rate: 120, seconds: 4 })
export const webm = (folder: string) =>
  makeClip(folder, 'clip.webm', {
    video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M', '-g', '60'],
    audio: ['-c:a', 'libopus'],
    container: [],
  })
export const mkv = (folder: string) => makeClip(folder, 'clip.mkv', { container: [] })
export const avi = (folder: string) =>
  makeClip(folder, 'clip.avi', {
    video: ['-c:v', 'mpeg4', '-q:v', '3'],
    audio: ['-c:a', 'mp3'],
    container: [],
  })
export const hevcClip = (folder: string) =>
  makeClip(folder, 'hevc.mov', { video: [...hevc, '-pix_fmt', 'yuv420p'] })
export const tenBit = (folder: string) =>
  makeClip(folder, 'ten-bit.mp4', { video: [...hevc, '-pix_fmt', 'yuv420p10le'] })
export const hdr = (folder: string) =>
  makeClip(folder, 'hdr.mp4', {
    video: [
      ...[...hevc.slice(0, -1), 'log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'],
      ...['-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084'],
      ...['-colorspace', 'bt2020nc'],
    ],
  })
/** 480x360 stored, 640x360 shown. */
export const widePixels = (folder: string) =>
  makeClip(folder, 'wide-pixels.mp4', { width: 480, filter: 'setsar=4/3' })
export const interlaced = (folder: string) =>
  makeClip(folder, 'interlaced.mp4', {
    filter: 'setfield=tff',
    video: [...plain.video, '-flags', '+ildct+ilme', '-x264opts', 'tff=1'],
  })
/** Frames that come as a camera in the dark drops them: gaps of one, two and five thirtieths of a second. */
export const variableRate = (folder: string) =>
  makeClip(folder, 'variable-rate.mp4', {
    filter: "select='not(eq(mod(n,7),3))*not(between(mod(n,30),20,23))'",
    video: [...plain.video, '-vsync', 'vfr', '-video_track_timescale', '90000'],
  })
/** One keyframe, three B-frames in a row, QuickTime with uncompressed sound. */
export const longGopMov = (folder: string) =>
  makeClip(folder, 'long-gop.mov', {
    seconds: 6,
    video: [...longGop, '-pix_fmt', 'yuv420p'],
    audio: ['-c:a', 'pcm_s16le'],
    container: [],
  })
export const longGopMp4 = (folder: string) =>
  makeClip(folder, 'long-gop.mp4', { seconds: 6, video: [...longGop, '-pix_fmt', 'yuv420p'] })

/** Shown upright as 360x640, stored lying as 640x360, as a phone held upright records. */
export const rotated = async (folder: string) =>
  turn(await makeClip(folder, 'rotated.mp4', { width: 360, height: 640, filter: 'transpose=cclock' }), 90)

/** Cut without re-encoding at 1.3 s: the packets before the cut stay in the file, hidden by an edit list. */
export async function cutWithEditList(folder: string): Promise<string> {
  const source = await makeClip(folder, 'before-cut.mp4', {
    seconds: 6,
    video: [...longGop, '-pix_fmt', 'yuv420p'],
  })
  const path = join(folder, 'edit-list.mp4')
  await ffmpeg('-ss', '1.3', '-i', `file:${source}`, '-t', '4', '-c', 'copy', '-y', `file:${path}`)
  return path
}

export const privateWords = {
  title: 'Surprise for Ada',
  location: '+48.2082+016.3738/',
  handler: 'Ada Telephone Camera',
  chapter: 'Kitchen secrets',
  subtitle: 'do not send this',
} as const

/** Place, title, device, chapters and subtitles, as a phone and an editor leave them. */
export async function chatty(folder: string): Promise<string> {
  const source = await makeClip(folder, 'before-chat.mp4')
  const path = join(folder, 'chatty.mov')
  const words = join(folder, 'chatty.txt')
  const subtitles = join(folder, 'chatty.srt')
  await writeFile(
    words,
    `;FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=${privateWords.chapter}\n`,
  )
  await writeFile(subtitles, `1\n00:00:00,000 --> 00:00:03,000\n${privateWords.subtitle}\n`)
  await ffmpeg(
    ...['-i', `file:${source}`, '-i', `file:${words}`, '-i', `file:${subtitles}`],
    ...['-map', '0:v', '-map', '0:a', '-map', '2', '-c', 'copy', '-c:s', 'mov_text', '-map_chapters', '1'],
    ...['-metadata', `title=${privateWords.title}`, '-metadata', `location=${privateWords.location}`],
    ...['-metadata:s:v', `handler_name=${privateWords.handler}`],
    ...['-metadata:s:a', `handler_name=${privateWords.handler}`],
    ...['-movflags', '+use_metadata_tags', '-y', `file:${path}`],
  )
  return path
}

/** The index is whole, the pictures are not. */
export async function truncatedClip(folder: string, kept = 0.6): Promise<string> {
  const path = join(folder, 'truncated.mp4')
  await copyFile(await makeClip(folder, 'before-truncation.mp4'), path)
  const file = await open(path)
  const { size } = await file.stat()
  await file.close()
  await truncate(path, Math.round(size * kept))
  return path
}

/** With a cover picture as a second video track, as shops and download tools add it. */
export async function withCover(folder: string): Promise<string> {
  const source = await makeClip(folder, 'before-cover.mp4')
  const cover = join(folder, 'cover.png')
  const path = join(folder, 'with-cover.mp4')
  await ffmpeg('-f', 'lavfi', '-i', 'color=red:s=300x300', '-frames:v', '1', '-y', `file:${cover}`)
  await ffmpeg(
    ...['-i', `file:${cover}`, '-i', `file:${source}`, '-map', '0', '-map', '1', '-c', 'copy'],
    ...['-disposition:v:0', 'attached_pic', '-y', `file:${path}`],
  )
  return path
}

/** Every one of them has broken some program that calls ffmpeg. */
export const awkwardNames: readonly string[] = [
  '-vf.mp4',
  'frame %03d.mp4',
  `it's "quoted".mp4`,
  'a|b;c&d$(e)`f`.mp4',
  'concat:a|b.mp4',
  'two\nlines.mp4',
  'Käse 🎬 映画.mp4',
  'brackets [1].mp4',
  'no extension',
  `${'long '.repeat(45)}.mp4`,
]

/** A sound file in a video's clothes. */
export async function soundOnly(folder: string): Promise<string> {
  const path = join(folder, 'sound-only.mp4')
  await ffmpeg('-f', 'lavfi', '-i', 'sine=d=4', '-c:a', 'aac', '-y', `file:${path}`)
  return path
}

async function written(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

/** Names another clip next to it; ffmpeg left alone would copy that one. */
export async function playlistAsClip(folder: string): Promise<string> {
  await makeClip(folder, 'private.mp4')
  return written(folder, 'holiday.mp4', "ffconcat version 1.0\nfile 'private.mp4'\n")
}
export const m3u8AsClip = (folder: string) =>
  written(folder, 'stream.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nprivate.mp4\n#EXT-X-ENDLIST\n')
export const textAsClip = (folder: string) => written(folder, 'text.mp4', 'Dear diary, this is no video.\n')
export const textAsImage = (folder: string) =>
  written(folder, 'text.png', 'Dear diary, this is no picture.\n')
export const pageAsClip = (folder: string) =>
  written(folder, 'error-page.mp4', '<!doctype html><html><body>403 Forbidden</body></html>\n')
export const zeros = (folder: string) => written(folder, 'zeros.mp4', new Uint8Array(1_000_000))
export const emptyFile = (folder: string) => written(folder, 'empty.mp4', '')
