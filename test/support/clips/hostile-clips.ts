import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeClip } from './clips.ts'

/** Clips that name other files inside themselves. */
const nested = ['moov', 'trak', 'mdia', 'minf', 'dinf']

function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const inside = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + inside.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, inside])
}

/** Copies boxes, with those of one type replaced wherever they stand. */
function replaceBoxes(file: Buffer, type: string, made: (content: Buffer) => Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at + 8 <= file.length;) {
    const size = file.readUInt32BE(at)
    const name = file.toString('latin1', at + 4, at + 8)
    const whole = file.subarray(at, at + size)
    if (name === type) parts.push(made(whole.subarray(8)))
    else if (nested.includes(name)) parts.push(box(name, replaceBoxes(whole.subarray(8), type, made)))
    else parts.push(whole)
    at += size
  }
  return Buffer.concat(parts)
}

/** Where QuickTime’s alias says that the pictures lie in another file. */
function alias(path: string): Buffer {
  const name = Buffer.from(path, 'utf8')
  const even = Buffer.concat([name, Buffer.alloc(name.length % 2)])
  const record = Buffer.alloc(150)
  record.writeUInt16BE(1, 130)
  record.writeUInt16BE(1, 132)
  const field = Buffer.alloc(4)
  field.writeUInt16BE(2, 0)
  field.writeUInt16BE(name.length, 2)
  return box('alis', Buffer.alloc(4), record, field, even, Buffer.from('ffff0000', 'hex'))
}

const url = (address: string) => box('url ', Buffer.alloc(4), Buffer.from(`${address}\0`, 'utf8'))

const dataReference = (entry: Buffer) => box('dref', Buffer.alloc(4), Buffer.from('00000001', 'hex'), entry)

/** The clip that nobody chose. */
export const privateClip = (folder: string) =>
  makeClip(folder, 'private.mov', { seconds: 2, sound: false, container: [] })

/**
 * The index of the private clip, over zeros where its pictures were: whoever follows the reference shows the private
 * clip, and whoever does not has nothing to show.
 */
export async function borrowed(folder: string, how: 'alias' | 'url', where?: string): Promise<string> {
  const source = await privateClip(folder)
  const empty = replaceBoxes(await readFile(source), 'mdat', (content) =>
    box('mdat', Buffer.alloc(content.length)),
  )
  const entry = how === 'alias' ? alias(where ?? source) : url(where ?? `file://${source}`)
  const path = join(folder, `borrowed-by-${how}.mov`)
  await writeFile(
    path,
    replaceBoxes(empty, 'dref', () => dataReference(entry)),
  )
  return path
}

/** QuickTime’s own kind of playlist: an index with nothing in it but an address. */
export async function referenceMovie(folder: string, address: string): Promise<string> {
  const link = Buffer.concat([Buffer.from('url \0\0\0\0', 'latin1'), Buffer.from(`${address}\0`)])
  link.writeUInt32BE(address.length + 1, 4)
  const path = join(folder, 'reference-movie.mov')
  const index = box('moov', box('rmra', box('rmda', box('rdrf', Buffer.alloc(4), link))))
  await writeFile(
    path,
    Buffer.concat([
      box('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')),
      box('mdat', Buffer.alloc(64)),
      index,
    ]),
  )
  return path
}

/** A Matroska file that says where its story goes on; the name of the writing program makes room for it. */
export async function linkedSegments(folder: string): Promise<string> {
  await makeClip(folder, 'nextfile.mkv', { seconds: 2, container: [] })
  const path = await makeClip(folder, 'linked.mkv', { seconds: 2, container: [] })
  const bytes = await readFile(path)
  const muxer = bytes.indexOf(Buffer.from('4d80', 'hex'))
  const length = (bytes[muxer + 2] ?? 0) & 0x7f
  const name = 'nextfile.mkv'.padEnd(length - 1, '\0')
  bytes.set(Buffer.from('3e83bb', 'hex'), muxer)
  bytes[muxer + 3] = 0x80 | (length - 1)
  bytes.write(name, muxer + 4, length - 1, 'latin1')
  await writeFile(path, bytes)
  return path
}

/** Everything that is a list of other files, in a name that says it is a film or a picture. */
export const lists = (there: string): Readonly<Record<string, string>> => ({
  'an ffmpeg list': `ffconcat version 1.0\nfile '${there}'\n`,
  'an ffmpeg list without its first line': `file '${there}'\n`,
  'an HLS list': `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${there}\n#EXT-X-ENDLIST\n`,
  'an HLS list behind a byte order mark': `\ufeff#EXTM3U\n#EXTINF:4,\n${there}\n#EXT-X-ENDLIST\n`,
  'a DASH manifest': `<?xml version="1.0"?><MPD><Period><AdaptationSet><BaseURL>${there}</BaseURL></AdaptationSet></Period></MPD>`,
  'a Smooth Streaming manifest': `<SmoothStreamingMedia><StreamIndex Url="${there}"/></SmoothStreamingMedia>`,
  'a session description': `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=control:${there}\n`,
  'a list of titles': `[playlist]\nFile1=${there}\nNumberOfEntries=1\n`,
  'a shortcut': `[InternetShortcut]\nURL=${there}\n`,
  'a drawing': `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><image href="${there}" width="640" height="640"/></svg>`,
  'a drawing behind a picture’s first letters': `GIF89a<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><image href="${there}" width="640" height="640"/></svg>`,
  'an image list': `${there}\n${there}\n`,
})
