import { readFileSync } from 'node:fs'
import type { Problem } from '../../../shared/outcome.ts'
import type { FoundTools } from '../find-tools.ts'
import { newerTools, oldTools } from '../problems.ts'

/** What decides how to install a program on a system. */
type System = {
  readonly platform: NodeJS.Platform
  /** The content of `/etc/os-release`; empty elsewhere. */
  readonly release: string
}

const field = (release: string, name: string): string =>
  new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release)?.[1] ?? ''

/** Debian 11 and Ubuntu 22.04 still have ffmpeg 4. */
const firstWithFive: Readonly<Record<string, number>> = { debian: 12, ubuntu: 23 }

function linuxCommand(release: string): string | null {
  const id = field(release, 'ID')
  const family = [id, ...field(release, 'ID_LIKE').split(' ')]
  const is = (...names: readonly string[]) => names.some((name) => family.includes(name))
  const version = Number.parseFloat(field(release, 'VERSION_ID'))
  if (version < (firstWithFive[id] ?? 0)) return null
  if (is('debian', 'ubuntu')) return 'sudo apt-get install ffmpeg'
  if (is('arch')) return 'sudo pacman -S ffmpeg'
  if (is('alpine')) return 'sudo apk add ffmpeg'
  // Fedora's own build cannot write H.264; the one of RPM Fusion has this name.
  if (is('fedora', 'rhel')) return 'sudo dnf install ffmpeg'
  if (is('suse', 'opensuse')) return 'sudo zypper install ffmpeg'
  return null
}

/** The command that installs a newer ffmpeg on this system; null where none is known. */
export function installCommand({ platform, release }: System): string | null {
  if (platform === 'darwin') return 'brew install ffmpeg'
  if (platform === 'win32') return 'winget install Gyan.FFmpeg'
  return linuxCommand(release)
}

/** How to get a newer ffmpeg. */
export const newerToolsAdvice = (system: System): string => newerTools(installCommand(system))

/** The problem to show when only the last resort was found; null otherwise. */
export function oldToolsProblem({ ffmpeg, ffprobe }: FoundTools, system: System): Problem | null {
  const old = [ffmpeg, ffprobe].flatMap((tool, at) =>
    tool?.lastResort ? [`${at === 0 ? 'ffmpeg' : 'ffprobe'} ${tool.version}`] : [],
  )
  if (old.length === 0) return null
  return {
    code: 'tool-missing',
    message: oldTools(old),
    advice: newerToolsAdvice(system),
  }
}

/** The system this runs on. */
export function thisSystem(): System {
  const { platform } = process
  try {
    return { platform, release: platform === 'linux' ? readFileSync('/etc/os-release', 'utf8') : '' }
  } catch {
    return { platform, release: '' }
  }
}
