import { extname } from 'node:path'
import type { ClipContainer, ImageFormat } from '../../shared/domain/media.ts'
import { otherKind } from './other-kinds.ts'

const byExtension: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.apng': 'image/apng',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.heic': 'image/heic',
  '.heif': 'image/heic',
  '.gif': 'image/gif',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.bmp': 'image/bmp',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  // Chromium plays QuickTime files with the MP4 reader, but only under this type.
  '.mov': 'video/mp4',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.avi': 'video/x-msvideo',
  '.qt': 'video/mp4',
  '.3gp': 'video/mp4',
  '.3g2': 'video/mp4',
  '.ts': 'video/mp2t',
  '.mts': 'video/mp2t',
  '.m2ts': 'video/mp2t',
  '.flv': 'video/x-flv',
  '.wmv': 'video/x-ms-wmv',
  '.asf': 'video/x-ms-asf',
  '.mpg': 'video/mpeg',
  '.mpeg': 'video/mpeg',
  '.vob': 'video/mpeg',
  '.ogv': 'video/ogg',
  '.mxf': 'application/mxf',
}

/** By what is in the file, where Chromium goes by the type; players of the other containers look for themselves. */
const byContent: Readonly<Partial<Record<ImageFormat | ClipContainer, string>>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/mp4',
  avi: 'video/x-msvideo',
}

/** Whether a file dialog shows the file, judged by its name alone. */
export function kindByName(name: string): 'character' | 'clip' | null {
  const type = byExtension[extname(name).toLowerCase()]
  if (type === undefined) return null
  return type.startsWith('image/') ? 'character' : 'clip'
}

export type Sniffed =
  | { readonly kind: 'clip'; readonly container: ClipContainer }
  | { readonly kind: 'character'; readonly format: ImageFormat }

/** Enough for every signature below, the document type inside a Matroska header included. */
export const headLength = 4096

const clip = (container: ClipContainer): Sniffed => ({ kind: 'clip', container })
const image = (format: ImageFormat): Sniffed => ({ kind: 'character', format })

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']
/** QuickTime files from before 2001 have no `ftyp` and start with any of these. */
const quickTimeBoxes = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

function sniffBrands(text: string): Sniffed | null {
  const length = Math.min(headLength, Math.max(16, text.charCodeAt(2) * 256 + text.charCodeAt(3)))
  const major = text.slice(8, 12)
  // Four bytes of minor version stand between the major brand and the compatible ones.
  const brands = [major, ...(text.slice(16, length).match(/.{4}/gs) ?? [])]
  if (brands.includes('avif') || brands.includes('avis')) return image('avif')
  // The general brands leave open how the picture is coded; the list of what is inside tells.
  if (heicBrands.includes(major))
    return image(text.includes('av01') && !text.includes('hvc1') ? 'avif' : 'heic')
  if (major.startsWith('M4A') || major.startsWith('M4B')) return null
  return clip(major === 'qt  ' ? 'mov' : 'mp4')
}

/** A drawing in SVG: text that may name other files, so nothing here opens it. */
export function isDrawing(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('utf8').trimStart()
  return /^\uFEFF?\s*<(\?xml|!|svg[\s>])/i.test(text) && /<svg[\s>]/i.test(text)
}

const syncByte = 0x47
/** Plain; with four bytes of time before each, as cameras write it; with a code against errors of broadcasting behind. */
const packetLengths = [188, 192, 204]
/** So many in a row are no accident, in a text least of all. */
const fewestPackets = 5

/** A transport stream has no beginning: a recording may start within a packet. */
function isTransportStream(head: Uint8Array): boolean {
  // Every packet has bytes that no text has.
  if (!head.some((byte) => byte === 0)) return false
  return packetLengths.some((length) => {
    for (let from = 0; from < length; from += 1) {
      const count = Math.floor((head.length - 1 - from) / length) + 1
      if (count < fewestPackets) return false
      const isPacket = (nth: number) => {
        const at = from + nth * length
        // It holds a payload, a field of its own, or both.
        return head[at] === syncByte && ((head[at + 3] ?? 0x10) & 0x30) !== 0
      }
      if (Array.from({ length: count }, (_, nth) => nth).every(isPacket)) return true
    }
    return false
  })
}

/** Lengths of the second header of a bitmap, from OS/2 to Windows 98. */
const bitmapHeaders = [12, 16, 40, 52, 56, 64, 108, 124]

/** The reserved bytes of the first header say nothing: OS/2 keeps the hot spot of a pointer there. */
const isBitmap = (head: Uint8Array): boolean =>
  head.length >= 26 && bitmapHeaders.includes(Buffer.from(head).readUInt32LE(14))

/** What a file is, by its first bytes and never by its name; null for everything the studio does not take. */
export function sniff(head: Uint8Array): Sniffed | null {
  const text = Buffer.from(head).toString('latin1')
  const starts = (signature: string) => text.startsWith(signature)
  if (starts('\xff\xd8\xff')) return image('jpeg')
  if (starts('\x89PNG\r\n\x1a\n')) return image('png')
  if (starts('GIF87a') || starts('GIF89a')) return image('gif')
  if (starts('II*\0') || starts('MM\0*')) return otherKind(head) === null ? image('tiff') : null
  if (starts('BM') && isBitmap(head)) return image('bmp')
  if (starts('RIFF')) {
    const form = text.slice(8, 12)
    return form === 'WEBP' ? image('webp') : form === 'AVI ' ? clip('avi') : null
  }
  if (starts('FLV\x01')) return clip('flv')
  if (starts('OggS\0')) return clip('ogg')
  if (starts('\0\0\x01\xba')) return clip('mpeg')
  if (starts('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c')) return clip('asf')
  if (starts('\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02')) return clip('mxf')
  if (starts('\x1a\x45\xdf\xa3')) {
    const [type] = /webm|matroska/.exec(text.slice(0, 100)) ?? []
    return type === undefined ? null : clip(type === 'webm' ? 'webm' : 'mkv')
  }
  const box = text.slice(4, 8)
  if (box === 'ftyp') return otherKind(head) === null ? sniffBrands(text) : null
  if (quickTimeBoxes.includes(box)) return clip('mov')
  return isTransportStream(head) ? clip('mpegts') : null
}

/**
 * The container in which the same bytes are read where a clip is wanted: of pictures that may move. null for all others,
 * and for animated WebP, which ffmpeg does not read.
 */
export function movingAs(head: Uint8Array): ClipContainer | null {
  const text = Buffer.from(head).toString('latin1')
  const sniffed = sniff(head)
  if (sniffed?.kind !== 'character') return null
  if (sniffed.format === 'gif') return 'gif'
  if (sniffed.format === 'png') return text.split('IDAT', 1)[0]?.includes('acTL') ? 'apng' : null
  return sniffed.format === 'avif' && text.slice(8, 64).includes('avis') ? 'avif' : null
}

/** The second bit of what the extended header of a WebP says. */
export const isAnimatedWebp = (head: Uint8Array): boolean =>
  Buffer.from(head).toString('latin1', 8, 16) === 'WEBPVP8X' && ((head[20] ?? 0) & 2) !== 0

/**
 * The type a file is served with, from a fixed list: by its first bytes, of which up to `headLength` are looked at, then
 * by its name. Never a type that a browser would run or show as a page.
 */
export function contentType(name: string, head: Uint8Array): string {
  const sniffed = sniff(head)
  const kind = sniffed?.kind === 'clip' ? sniffed.container : sniffed?.format
  const told = kind === undefined ? undefined : byContent[kind]
  return told ?? byExtension[extname(name).toLowerCase()] ?? 'application/octet-stream'
}
