import { dirname } from 'node:path'
import type { RunTool, ToolPaths } from '../system/ports.ts'
import { findPrograms } from '../processes/find-program.ts'
import {
  readBuild,
  chooseTools,
  type Candidate,
  type Chosen,
  type Origin,
  type Tool,
} from './tools/choose.ts'
import { fetchedTool, installerTool, type FetchedTool, type Installer, type Pin } from './tools/bundled.ts'

export type FoundTool = {
  readonly path: string
  readonly from: Origin
  readonly version: string
  /** Nothing better was found. */
  readonly lastResort: boolean
  /**
   * The published checksum of a fetched program; null where none is published for this platform, or for other programs.
   */
  readonly pin: Pin | null
}
export type FoundTools = { readonly ffmpeg: FoundTool | null; readonly ffprobe: FoundTool | null }

export type ToolSearch = {
  readonly run: RunTool
  readonly fetched?: (tool: Tool) => FetchedTool | null
  readonly onPath?: (name: Tool) => readonly string[]
  readonly installer?: (name: Installer) => string | null
}

type Place = { readonly tool: Tool; readonly path: string; readonly from: Origin }

/** A program that does not print its version by then is unusable; a busy computer may take seconds to load it. */
const versionLimit = 30_000

const tools: readonly Tool[] = ['ffmpeg', 'ffprobe']
const installers: readonly (readonly [Tool, Installer])[] = [
  ['ffmpeg', '@ffmpeg-installer/ffmpeg'],
  ['ffprobe', '@ffprobe-installer/ffprobe'],
]

/** The programs that start, with their builds. */
async function started(run: RunTool, places: readonly Place[]): Promise<readonly Candidate[]> {
  const found = await Promise.all(
    places.map(async (place): Promise<readonly Candidate[]> => {
      const exit = await run({ command: place.path, args: ['-version'], wallLimit: versionLimit })
      if (exit.ended !== 'exit' || exit.exitCode !== 0) return []
      const build = readBuild(place.tool, new TextDecoder().decode(exit.stdout))
      return build === null ? [] : [{ ...place, place: dirname(place.path), build }]
    }),
  )
  return found.flat()
}

/** The ffmpeg and ffprobe to use, each proven to start, and where each was found. */
export async function findTools(search: ToolSearch): Promise<FoundTools> {
  const { run, fetched = fetchedTool, onPath = findPrograms, installer = installerTool } = search
  const known = new Map(tools.map((tool) => [tool, fetched(tool)]))
  const places = tools.flatMap((tool): readonly Place[] => {
    const own = known.get(tool)
    return [
      ...(own ? [{ tool, path: own.path, from: 'ffmpeg-static' as const }] : []),
      ...onPath(tool).map((path) => ({ tool, path, from: 'PATH' as const })),
    ]
  })
  const candidates = await started(run, places)
  const first = chooseTools(candidates)
  const isGood = (tool: Chosen | null) => tool !== null && !tool.lastResort
  const choice =
    isGood(first.ffmpeg) && isGood(first.ffprobe)
      ? first
      : chooseTools([
          ...candidates,
          ...(await started(
            run,
            installers.flatMap(([tool, name]): readonly Place[] => {
              const path = installer(name)
              return path === null ? [] : [{ tool, path, from: name }]
            }),
          )),
        ])
  const asFound = (chosen: Chosen | null): FoundTool | null =>
    chosen && {
      path: chosen.path,
      from: chosen.from,
      version: chosen.build.version,
      lastResort: chosen.lastResort,
      pin: chosen.from === 'ffmpeg-static' ? (known.get(chosen.tool)?.pin ?? null) : null,
    }
  return { ffmpeg: asFound(choice.ffmpeg), ffprobe: asFound(choice.ffprobe) }
}

/** Searches when first asked and answers from memory after that: most commands never need a tool. */
export function toolsWhenNeeded(search: () => Promise<FoundTools>): () => Promise<FoundTools> {
  let found: Promise<FoundTools> | undefined
  return () => (found ??= search())
}

export const toolPaths = ({ ffmpeg, ffprobe }: FoundTools): ToolPaths => ({
  ffmpeg: ffmpeg?.path ?? null,
  ffprobe: ffprobe?.path ?? null,
})
