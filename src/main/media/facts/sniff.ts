import type { ClipContainer, ImageFormat } from '../../../shared/media.ts'
import { otherKind } from './other-kinds.ts'

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

/** What a file is, by its first bytes and never by its name; null for everything the studio does not take. */
export function sniff(head: Uint8Array): Sniffed | null {
  const text = Buffer.from(head).toString('latin1')
  const starts = (signature: string) => text.startsWith(signature)
  if (starts('\xff\xd8\xff')) return image('jpeg')
  if (starts('\x89PNG\r\n\x1a\n')) return image('png')
  if (starts('GIF87a') || starts('GIF89a')) return image('gif')
  if (starts('II*\0') || starts('MM\0*')) return otherKind(head) === null ? image('tiff') : null
  if (starts('BM') && text.length >= 26 && text.slice(6, 10) === '\0\0\0\0') return image('bmp')
  if (starts('RIFF')) {
    const form = text.slice(8, 12)
    return form === 'WEBP' ? image('webp') : form === 'AVI ' ? clip('avi') : null
  }
  if (starts('\x1a\x45\xdf\xa3')) {
    const [type] = /webm|matroska/.exec(text.slice(0, 100)) ?? []
    return type === undefined ? null : clip(type === 'webm' ? 'webm' : 'mkv')
  }
  const box = text.slice(4, 8)
  if (box === 'ftyp') return otherKind(head) === null ? sniffBrands(text) : null
  return quickTimeBoxes.includes(box) ? clip('mov') : null
}
