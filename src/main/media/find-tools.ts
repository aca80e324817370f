import type { RunTool, ToolPaths } from '../ports.ts'
import { bundledTool, type BundledTool } from './ffmpeg.ts'
import { findProgram } from './find-program.ts'

export type FoundTool = {
  readonly path: string
  readonly from: BundledTool | 'PATH'
  readonly version: string
}
export type FoundTools = { readonly ffmpeg: FoundTool | null; readonly ffprobe: FoundTool | null }

export type ToolSearch = {
  readonly run: RunTool
  readonly bundled?: (name: BundledTool) => string | null
  readonly onPath?: (name: string) => string | null
}

type Candidate = {
  readonly from: FoundTool['from']
  readonly path: string | null
  readonly accepts?: (banner: string) => boolean
}

/** A program that cannot say its version by then cannot be worked with; a busy machine may take seconds to load it. */
const versionLimit = 30_000

/** Builds from a checkout carry no release number; their copyright line at least names the year. */
export function isRecent(banner: string): boolean {
  const release = /^\w+ version n?(\d+)\.\d+/.exec(banner)?.[1]
  if (release !== undefined) return Number(release) >= 5
  const year = /\(c\) \d{4}-(\d{4})/.exec(banner)?.[1]
  return Number(year ?? 0) >= 2022
}

async function firstThatRuns(run: RunTool, candidates: readonly Candidate[]): Promise<FoundTool | null> {
  for (const { from, path, accepts } of candidates) {
    if (path === null) continue
    const exit = await run({ command: path, args: ['-version'], wallLimit: versionLimit })
    const banner = new TextDecoder().decode(exit.stdout)
    const version = /^ff(?:mpeg|probe) version (\S+)/.exec(banner)?.[1]
    if (exit.ended !== 'exit' || exit.exitCode !== 0 || version === undefined) continue
    if (accepts && !accepts(banner)) continue
    return { path, from, version }
  }
  return null
}

/** The ffmpeg and ffprobe to use, each proven to start, and where each came from. */
export async function findTools(search: ToolSearch): Promise<FoundTools> {
  const { run, bundled = bundledTool, onPath = findProgram } = search
  const [ffmpeg, ffprobe] = await Promise.all([
    firstThatRuns(run, [
      { from: 'ffmpeg-static', path: bundled('ffmpeg-static') },
      { from: 'PATH', path: onPath('ffmpeg'), accepts: isRecent },
      { from: '@ffmpeg-installer/ffmpeg', path: bundled('@ffmpeg-installer/ffmpeg') },
    ]),
    firstThatRuns(run, [
      { from: '@ffprobe-installer/ffprobe', path: bundled('@ffprobe-installer/ffprobe') },
      { from: 'PATH', path: onPath('ffprobe') },
    ]),
  ])
  return { ffmpeg, ffprobe }
}

export const toolPaths = ({ ffmpeg, ffprobe }: FoundTools): ToolPaths => ({
  ffmpeg: ffmpeg?.path ?? null,
  ffprobe: ffprobe?.path ?? null,
})
