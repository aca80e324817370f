import { basename } from 'node:path'
import { createRedact } from '../../providers/redact.ts'
import { withoutSignatures } from '../../providers/links.ts'

type Private = {
  /** Keys and tokens. */
  readonly secrets: readonly string[]
  /** Folders of this computer. */
  readonly folders: readonly string[]
  /** The user’s name on this computer. */
  readonly user: string
}

/** Takes what is private out of what leaves this computer. */
export type Veil = {
  readonly text: (text: string) => string
  /** The same for everything in a value that JSON can hold. A value that is a path keeps its last name. */
  readonly value: (value: unknown) => unknown
}

/** A path from the root of a disk. */
const absolute = /^(?:\/[^\n/]+\/|[A-Za-z]:[\\/]|\\\\)[^\n]*$/
/** A name this short is also part of other words. */
const shortestInWords = 4
const shortestName = 3

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')

/** A folder as a path, a link, or JSON may write it. */
const waysToWrite = (folder: string) => [
  folder,
  folder.replaceAll('\\', '/'),
  folder.replaceAll('/', '\\'),
  JSON.stringify(folder).slice(1, -1),
  encodeURI(folder.replaceAll('\\', '/')),
  encodeURIComponent(folder),
]

function namePattern(user: string): RegExp | null {
  if (user.length < shortestName) return null
  const name = escaped(user)
  const whole = `(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`
  return new RegExp(user.length < shortestInWords ? whole : name, 'giu')
}

export function createVeil({ secrets, folders, user }: Private): Veil {
  const redact = createRedact(secrets)
  // The longest first: a folder may contain another one.
  const written = [...new Set(folders.flatMap(waysToWrite))]
    .filter((folder) => folder.length > 1)
    .toSorted((one, other) => other.length - one.length)
    // Disks of Windows and of a Mac tell no cases apart, so programs write either.
    .map((folder) => new RegExp(escaped(folder), 'giu'))
  const name = namePattern(user)

  const text = (from: string): string => {
    let clean = withoutSignatures(redact.body(from))
    for (const folder of written) clean = clean.replaceAll(folder, '…')
    return name === null ? clean : clean.replaceAll(name, '(user)')
  }
  const value = (from: unknown): unknown => {
    if (typeof from === 'string')
      return text(absolute.test(from) ? basename(from.replaceAll('\\', '/')) : from)
    if (Array.isArray(from)) return from.map(value)
    if (from === null || typeof from !== 'object') return from
    return Object.fromEntries(Object.entries(from).map(([key, part]) => [text(key), value(part)]))
  }
  return { text, value }
}
