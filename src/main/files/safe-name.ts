import { extname } from 'node:path'

/** Names that Windows gives to devices, with any extension. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
// Control characters, separators, what Windows forbids, and marks that turn the reading direction around.
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g

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
  if (/[/\\]/.test(name)) return `“${name}” holds a slash. Type a name, not a path.`
  if (name.replace(unsafe, '') !== name) return 'The name holds a character that file names cannot have.'
  if (name.startsWith('.')) return `“${name}” would be a hidden file.`
  if (/[. ]$/.test(name)) return 'The name ends with a dot or a space.'
  if (deviceName.test(name)) return `“${name}” is a name that Windows keeps for itself.`
  if (Buffer.byteLength(name) > maxBytes) return 'The name is too long.'
  return null
}

/** A name from outside, made fit to be a file's name on every platform; its extension is kept. */
export function safeName(name: string): string {
  const plain = (name.split(/[/\\]/).at(-1) ?? '')
    .replace(unsafe, '')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '')
  const extension = shorten(extname(plain), 12)
  const stem = shorten(plain.slice(0, plain.length - extname(plain).length), 120)
  const safe = stem.trim() === '' ? `file${extension}` : stem + extension
  return deviceName.test(safe) ? `_${safe}` : safe
}
