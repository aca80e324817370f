import { extname } from 'node:path'

/** How many bytes of the beginning `contentType` looks at. */
export const headLength = 16

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

const text = (head: Uint8Array, from: number, to: number) =>
  Buffer.from(head.subarray(from, to)).toString('latin1')

function isoContainer(brand: string): string {
  if (brand.startsWith('avi')) return 'image/avif'
  return ['heic', 'heix', 'mif1', 'msf1', 'heim', 'heis'].includes(brand) ? 'image/heic' : 'video/mp4'
}

function byContent(head: Uint8Array): string | null {
  const start = text(head, 0, 4)
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (start === '\x89PNG') return 'image/png'
  if (start === 'GIF8') return 'image/gif'
  if (start === 'II*\0' || start === 'MM\0*') return 'image/tiff'
  if (start === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'image/webp'
  if (start === 'RIFF' && text(head, 8, 12) === 'AVI ') return 'video/x-msvideo'
  if (text(head, 4, 8) === 'ftyp') return isoContainer(text(head, 8, 12))
  return null
}

/**
 * The type a file is served with, from a fixed list: by its first bytes, then by its name. Never a type that a
 * browser would run or show as a page.
 */
export const contentType = (name: string, head: Uint8Array): string =>
  byContent(head) ?? byExtension[extname(name).toLowerCase()] ?? 'application/octet-stream'

/** Whether a file dialog shows the file, judged by its name alone. */
export function kindByName(name: string): 'character' | 'clip' | null {
  const type = byExtension[extname(name).toLowerCase()]
  if (type === undefined) return null
  return type.startsWith('image/') ? 'character' : 'clip'
}
