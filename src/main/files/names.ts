import { extname, isAbsolute, relative, sep } from 'node:path'
import { visibleText } from '../../shared/text/visible-text.ts'

/** Names that Windows gives to devices, with any extension. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
/** Separators, what Windows forbids, and the controls that other text may have. */
const unsafe = /[\t\n<>:"/\\|?*]/g
const fit = (name: string) => visibleText(name).replace(unsafe, '')

/** File systems limit names to 255 bytes; this leaves room for a temporary ending. */
const maxBytes = 200

function shorten(text: string, bytes: number): string {
  let kept = ''
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break
    kept += character
  }
  return kept
}

/** Why a name the user typed cannot be a file's name on every platform; null when it can. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '' || /^\.+$/.test(name)) return 'The file needs a name.'
  if (/[/\\]/.test(name)) return `“${name}” contains a slash. Type a name, not a path.`
  if (fit(name) !== name) return 'The name contains a character that isn’t allowed in file names.'
  if (name.startsWith('.')) return `“${name}” would be a hidden file.`
  if (/[. ]$/.test(name)) return 'The name ends with a dot or a space.'
  if (deviceName.test(name)) return `“${name}” is a name that Windows reserves.`
  if (Buffer.byteLength(name) > maxBytes) return 'The name is too long.'
  return null
}

/** A name from outside, made fit to be a file's name on every platform; its extension is kept. */
export function safeName(name: string): string {
  const plain = fit(name.split(/[/\\]/).at(-1) ?? '')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '')
  const extension = shorten(extname(plain), 12)
  const stem = shorten(plain.slice(0, plain.length - extname(plain).length), 120)
  const safe = stem.trim() === '' ? `file${extension}` : stem + extension
  return deviceName.test(safe) ? `_${safe}` : safe
}

/** Folders of the system that are neither dot files nor anybody's videos. */
const systemNames = new Set(['$RECYCLE.BIN', 'System Volume Information', 'lost+found'])

export const isHidden = (name: string): boolean => name.startsWith('.') || systemNames.has(name)

/**
 * Whether `path` is `folder` or is inside it, with nothing hidden in between. Both are real paths: no links, no dots.
 */
export function isVisibleInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  // `..` counts as hidden; between two Windows drives the relative path is an absolute one.
  return !isAbsolute(way) && !way.split(sep).some(isHidden)
}
