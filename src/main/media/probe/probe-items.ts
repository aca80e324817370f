import { createLineReader } from '../tool-output.ts'

/** One entry of a list in ffprobe’s JSON: a packet, a stream or a frame. */
export type ProbeItem = Readonly<Record<string, unknown>>

/** Options for output that `createItemReader` reads; simple entries take one line each. */
export const asItems: readonly string[] = ['-of', 'json=compact=1']

/** `"packets": [` begins a list; nothing nested begins a line like this before an entry is open. */
const listBegins = /^\s*"(\w+)":\s*\[\s*$/
const mayEnd = /\}\s*,?\s*$/

const isItem = (value: unknown): value is ProbeItem => typeof value === 'object' && value !== null

function parsed(text: string): ProbeItem | null {
  try {
    const value: unknown = JSON.parse(text)
    return isItem(value) ? value : null
  } catch {
    return null
  }
}

/**
 * Reads ffprobe’s JSON as it comes, so that hours of packets are never in memory as text, and passes on each entry as
 * soon as it is complete.
 */
export function createItemReader(onItem: (list: string, item: ProbeItem) => void): {
  readonly take: (chunk: Uint8Array) => void
  readonly close: () => void
} {
  let list = ''
  let entry = ''

  const readOne = (line: string) => {
    if (entry === '') {
      const named = listBegins.exec(line)?.[1]
      if (named !== undefined) list = named
      // The outermost brace has its own line, before any list.
      if (list === '' || !line.trimStart().startsWith('{')) return
    }
    entry += line
    if (!mayEnd.test(line)) return
    // Still incomplete where only something nested has ended.
    const item = parsed(entry.replace(/,\s*$/, ''))
    if (item === null) return
    onItem(list, item)
    entry = ''
  }
  return createLineReader(readOne)
}

/** A value as text; undefined where ffprobe does not know it. */
export function textIn(item: ProbeItem, key: string): string | undefined {
  const value = item[key]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== 'N/A' && text !== 'unknown' ? text : undefined
}

/** A value as a number; NaN where ffprobe does not know it. */
export const numberIn = (item: ProbeItem, key: string): number => Number(textIn(item, key) ?? Number.NaN)

/** A nested entry; empty where there is none. */
export const itemIn = (item: ProbeItem, key: string): ProbeItem => {
  const value = item[key]
  return isItem(value) ? value : {}
}

/** The entries of a list inside an entry. */
export const itemsIn = (item: ProbeItem, key: string): readonly ProbeItem[] => {
  const value = item[key]
  return Array.isArray(value) ? value.filter(isItem) : []
}
