import { readJson } from './json.ts'

const veil = '•••'
/** A shorter word could be part of any answer. */
const shortestKey = 8
/** How often one form may be hidden in another: JSON inside JSON, an address inside that. */
const mostLayers = 6

/** One character as JSON, a script, an address or a page writes it. */
const escape =
  /\\(?:(?:u00|x)(?<hex>[0-9a-f]{2})|(?<quoted>["'\\/]))|%(?<percent>[0-9a-f]{2})|&#(?:0{0,5}(?<code>\d{2,3})|x0{0,5}(?<page>[0-9a-f]{2}));|&(?<name>amp|lt|gt|quot|apos);/gi
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A text with some of its escapes read; `starts` says where each character began in the text that came. */
type Layer = { readonly text: string; readonly starts: (index: number) => number }

/** The next layer; null where there is nothing left to read. */
function unescape({ text, starts }: Layer): Layer | null {
  const parts: string[] = []
  const begins: number[] = []
  let done = 0
  const copy = (until: number) => {
    parts.push(text.slice(done, until))
    for (let at = done; at < until; at += 1) begins.push(starts(at))
  }
  for (const { 0: whole, index, groups = {} } of text.matchAll(escape)) {
    copy(index)
    const { hex = groups['percent'] ?? groups['page'], code, quoted, name } = groups
    const number = hex === undefined ? Number(code) : parseInt(hex, 16)
    parts.push(quoted ?? named[name?.toLowerCase() ?? ''] ?? String.fromCharCode(number))
    begins.push(starts(index))
    done = index + whole.length
  }
  if (done === 0) return null
  copy(text.length)
  const end = starts(text.length)
  return { text: parts.join(''), starts: (index) => begins[index] ?? end }
}

function layersOf(text: string): readonly Layer[] {
  const layers: Layer[] = []
  let next: Layer | null = { text, starts: (index) => index }
  for (; next !== null && layers.length < mostLayers; next = unescape(next)) layers.push(next)
  return layers
}

/** Base64 with `before` bytes in front of it, without the characters that depend on their surroundings. */
function base64Core(secret: string, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
    .toString('base64')
    .replace(/=+$/, '')
  const isEven = (before + secret.length) % 3 === 0
  return text.slice(Math.ceil((before * 8) / 6), isEven ? undefined : -1)
}

type Sought = { readonly plain: readonly string[]; readonly coded: readonly string[] }

/** A secret that itself looks escaped is looked for as every layer would show it. */
function soughtFor(secrets: readonly string[]): Sought {
  const long = (text: string) => text.length >= shortestKey
  const kept = secrets.filter(long)
  const written = kept.flatMap((secret) => [
    secret,
    secret.replaceAll('/', '\\/'),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
  ])
  return {
    plain: [...new Set(kept.flatMap((secret) => layersOf(secret).map(({ text }) => text)))].filter(long),
    coded: [...new Set(written.flatMap((form) => [0, 1, 2].map((before) => base64Core(form, before))))],
  }
}

type Range = { readonly from: number; readonly to: number }

function rangesIn(haystack: string, needle: string, { starts }: Layer): readonly Range[] {
  const ranges: Range[] = []
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + 1))
    ranges.push({ from: starts(at), to: starts(at + needle.length) })
  return ranges
}

/** Takes secrets out of what comes from outside, before anything of it is stored, written to a log or shown. */
export type Redact = {
  readonly text: (text: string) => string
  /** A body: where it is JSON, its values are cleaned as they read once parsed, whatever they were written as. */
  readonly body: (body: string) => string
}

/**
 * Finds each secret as it is and in every form in which it can be read back: escaped, percent-encoded in any case, one
 * inside the other, and as base64 or base64url at any position of a longer text.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const { plain, coded } = soughtFor(secrets)

  const text = (from: string) => {
    const ranges = layersOf(from).flatMap((layer) => {
      const base64 = layer.text.replaceAll('-', '+').replaceAll('_', '/')
      return [
        ...plain.flatMap((needle) => rangesIn(layer.text, needle, layer)),
        ...coded.flatMap((needle) => rangesIn(base64, needle, layer)),
      ]
    })
    if (ranges.length === 0) return from
    let cleaned = ''
    let done = 0
    for (const { from: begin, to } of ranges.toSorted((one, other) => one.from - other.from)) {
      // Two that touch are one.
      if (begin > done || cleaned === '') cleaned += from.slice(done, begin) + veil
      done = Math.max(done, to)
    }
    return cleaned + from.slice(done)
  }

  const body = (from: string) => {
    const seen = { secret: false }
    const value = readJson(from, (part) => {
      const cleaned = text(String(part))
      if (cleaned === String(part)) return part
      seen.secret = true
      return cleaned
    })
    // Names of fields are left as they were by the parser.
    return text((seen.secret ? written(value) : null) ?? from)
  }
  return { text, body }
}

/** Null for what is nested too deeply to be written. */
function written(value: unknown): string | null {
  try {
    return value === undefined ? null : JSON.stringify(value)
  } catch {
    return null
  }
}
