import type { Bytes } from '../../../shared/units.ts'

/** One thing Understudy needs or can use, as it is on this machine. */
type ToolFinding = {
  readonly name: 'node' | 'ffmpeg' | 'ffprobe' | 'browser' | 'electron'
  readonly ok: boolean
  /** Without it the command line cannot do its work. */
  readonly essential: boolean
  readonly version: string | null
  /** Where it came from: a package, PATH, the machine. */
  readonly origin: string | null
  readonly path: string | null
  /** What to know or to do. */
  readonly note: string | null
}

export type DoctorReport = {
  /** Nothing essential is missing. */
  readonly ready: boolean
  readonly version: string
  readonly platform: string
  readonly tools: readonly ToolFinding[]
  readonly library: {
    readonly path: string
    readonly writable: boolean
    readonly freeBytes: Bytes | null
    readonly note: string | null
  }
}

type Tool = {
  readonly path: string
  readonly version: string | null
  readonly from: string
  /** False for what is there and may not be used. */
  readonly ok?: boolean
  readonly note?: string
}
export type Found = Readonly<Record<ToolFinding['name'], Tool | null>>

const missing: Readonly<Record<ToolFinding['name'], string>> = {
  node: 'Understudy needs Node 24. Run the set-up again: npm start',
  ffmpeg: 'Nothing can be prepared without it. Run the set-up again, or install ffmpeg 5 or newer.',
  ffprobe: 'Nothing can be measured without it. Run the set-up again, or install ffmpeg 5 or newer.',
  browser: 'The browser face has no window of its own; it prints an address instead.',
  electron: 'The studio opens in a browser instead.',
}

const essential: ReadonlySet<ToolFinding['name']> = new Set(['node', 'ffmpeg', 'ffprobe'])
const order = ['node', 'ffmpeg', 'ffprobe', 'electron', 'browser'] as const

/** What the finds mean together. */
export function diagnose(
  found: Found,
  about: Pick<DoctorReport, 'version' | 'platform' | 'library'>,
): DoctorReport {
  const tools = order.map((name): ToolFinding => {
    const tool = found[name]
    return {
      name,
      ok: tool !== null && tool.ok !== false,
      essential: essential.has(name),
      version: tool?.version ?? null,
      origin: tool?.from ?? null,
      path: tool?.path ?? null,
      note: tool === null ? missing[name] : (tool.note ?? null),
    }
  })
  const ready = about.library.writable && tools.every((tool) => tool.ok || !tool.essential)
  return { ready, version: about.version, platform: about.platform, tools, library: about.library }
}
