import { existsSync, readFileSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Bytes } from '../../shared/units.ts'
import { findTools, type FoundTool } from '../media/find-tools.ts'
import { sha256Of } from '../media/source-file.ts'
import { newerToolsAdvice, thisSystem } from '../media/tools/advice.ts'
import type { RunTool } from '../system/ports.ts'
import { freeBytes, probeFolder } from '../files/probe-folder.ts'

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
  node: 'Understudy needs Node 24. Run setup again with: npm start',
  ffmpeg: 'Files can’t be prepared without it. Run setup again, or install ffmpeg 5 or newer.',
  ffprobe: 'Files can’t be measured without it. Run setup again, or install ffmpeg 5 or newer.',
  browser: 'Without a browser, Understudy can’t open a window and prints an address instead.',
  electron: 'Understudy opens in a browser instead.',
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

type Examined = {
  /** The folder of the program: a checkout, or the app. */
  readonly root: string
  readonly home: string
  readonly version: string
  readonly run: RunTool
}

const versionWait = 10_000

function node(root: string): Found['node'] {
  const pinned = process.execPath.startsWith(join(root, 'node_modules') + sep)
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major < 24) return null
  return { path: process.execPath, version: process.versions.node, from: pinned ? 'pinned' : 'machine' }
}

const named = z.object({ version: z.string() })

/** As the electron package finds it; asking the package itself would start a download. */
function electron(root: string): Found['electron'] {
  const folder = join(root, 'node_modules', 'electron')
  if (!existsSync(join(folder, 'path.txt'))) return null
  const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
  if (!existsSync(path)) return null
  const about: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { path, version: named.parse(about).version, from: 'electron' }
}

const finder = z.object({ findBrowser: z.custom<() => unknown>((value) => typeof value === 'function') })

/** Asks the set-up's own finder, so that the doctor never sees another browser than `npm start` does. */
async function browser(root: string, run: RunTool): Promise<Found['browser']> {
  const file = join(root, 'scripts', 'lib', 'find-browser.mjs')
  if (!existsSync(file)) return null
  const path = finder.parse(await import(/* @vite-ignore */ pathToFileURL(file).href)).findBrowser()
  if (typeof path !== 'string') return null
  const said = await run({ command: path, args: ['--version'], wallLimit: versionWait })
  const version = /\d+(\.\d+)+/.exec(new TextDecoder().decode(said.stdout))?.[0] ?? null
  return { path, version, from: 'machine' }
}

/** A program that was fetched is held against its whole checksum, for which no start has the time. */
async function judged(tool: FoundTool | null): Promise<Found['ffmpeg']> {
  if (tool === null || (tool.from !== 'ffmpeg-static' && !tool.lastResort)) return tool
  if (tool.lastResort)
    return {
      ...tool,
      note: `This build is old and only used as a last resort. ${newerToolsAdvice(thisSystem())}`,
    }
  if (tool.pin === null) return { ...tool, note: 'Unverified: no checksum is published for this platform.' }
  if ((await sha256Of(tool.path)) === tool.pin.sha256) return { ...tool, from: `${tool.from}, verified` }
  return {
    ...tool,
    ok: false,
    note: 'It isn’t the published file. Delete it and run: npm run setup -- --retry',
  }
}

/** Looks at this machine; changes nothing and takes no lock. */
export async function examine({ root, home, version, run }: Examined): Promise<DoctorReport> {
  const [tools, foundBrowser, free, writable] = await Promise.all([
    findTools({ run }),
    browser(root, run),
    freeBytes(home),
    probeFolder(home),
  ])
  const [ffmpeg, ffprobe] = await Promise.all([judged(tools.ffmpeg), judged(tools.ffprobe)])
  return diagnose(
    { node: node(root), ffmpeg, ffprobe, browser: foundBrowser, electron: electron(root) },
    {
      version,
      platform: `${platform()} ${arch()}`,
      library: {
        path: home,
        writable: writable.ok,
        freeBytes: free,
        note: writable.ok ? null : writable.problem.message,
      },
    },
  )
}
