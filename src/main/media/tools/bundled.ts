import { accessSync, chmodSync, constants, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { Tool } from './choose.ts'
import pins from './pins.json' with { type: 'json' }

// Not called `require`: the build declares that name in whatever chunk this ends up in.
const packages = createRequire(import.meta.url)

/** A packaged app’s modules are in an archive, which nothing can be started from; their binaries are next to it. */
export const outsideArchive = (path: string): string =>
  path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)

function makeRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Installed without install scripts, the binary lacks its execute bit.
  }
  try {
    chmodSync(path, 0o755)
    return true
  } catch {
    return false
  }
}

export type Installer = '@ffmpeg-installer/ffmpeg' | '@ffprobe-installer/ffprobe'

function pathIn(exported: unknown): string | null {
  if (typeof exported !== 'object' || exported === null || !('path' in exported)) return null
  return typeof exported.path === 'string' ? exported.path : null
}

/** Where an npm package keeps its binary; null when the package or its binary for this platform is missing. */
export function installerTool(name: Installer, load: (name: string) => unknown = packages): string | null {
  try {
    const path = pathIn(load(name))
    return path !== null && makeRunnable(path) ? path : null
  } catch {
    // These packages throw, some of them strings, when they have nothing for this platform.
    return null
  }
}

export type Pin = { readonly bytes: number; readonly sha256: string }

export type Machine = { readonly platform: string; readonly arch: string }

const programs: Readonly<Record<string, Readonly<Record<Tool, Pin>>>> = pins.programs

/** The published size and SHA-256 of a program that set-up fetches; null where none is published for a platform. */
export const pinOf = (tool: Tool, { platform, arch }: Machine): Pin | null =>
  programs[`${platform}-${arch}`]?.[tool] ?? null

export type FetchedTool = {
  readonly path: string
  /** null where none is published. */
  readonly pin: Pin | null
}

/** The folder of the package ffmpeg-static, where set-up puts both programs; null where there is none. */
function fetchedFolder(): string | null {
  try {
    const about = packages.resolve('ffmpeg-static/package.json')
    // Another release has other programs.
    const known = readFileSync(about, 'utf8').includes(`"binary-release-tag": "${pins.release}"`)
    return known ? outsideArchive(dirname(about)) : null
  } catch {
    return null
  }
}

/**
 * A program that set-up has fetched and checked against its SHA-256. Only its size is checked here, because hashing two
 * programs of 80 MB would delay every start. null also for another size.
 */
export function fetchedTool(
  tool: Tool,
  machine: Machine = process,
  folder: string | null = fetchedFolder(),
): FetchedTool | null {
  if (folder === null) return null
  const path = join(folder, machine.platform === 'win32' ? `${tool}.exe` : tool)
  const pin = pinOf(tool, machine)
  try {
    const { size } = statSync(path)
    return (pin === null || pin.bytes === size) && makeRunnable(path) ? { path, pin } : null
  } catch {
    return null
  }
}
