import { readdir, realpath, stat } from 'node:fs/promises'
import { join, parse } from 'node:path'

/** Where the browser face's file dialog may begin: a name for the user and a real path. */
export type Place = { readonly name: string; readonly path: string }

type Machine = {
  readonly platform: NodeJS.Platform
  /** The user's home folder. */
  readonly home: string
  readonly user: string
}

const shortcuts = ['Desktop', 'Documents', 'Downloads', 'Movies', 'Videos', 'Pictures', 'DCIM']
const drives = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `${letter}:\\`)

/** Folders whose subfolders are mounted media. */
function mountParents({ platform, user }: Machine): readonly string[] {
  if (platform === 'win32') return []
  if (platform === 'darwin') return ['/Volumes']
  return [`/media/${user}`, `/run/media/${user}`, '/mnt']
}

async function realFolder(path: string): Promise<string | null> {
  try {
    const real = await realpath(path)
    return (await stat(real)).isDirectory() ? real : null
  } catch {
    // A place that is not there, or that this user may not see, is not offered.
    return null
  }
}

/** Those of `names` that are folders of `parent` itself; a link is none, wherever it leads. */
async function foldersOf(parent: string, names: readonly string[]): Promise<readonly Place[]> {
  const real = await realFolder(parent)
  if (real === null) return []
  const places = names.map((name) => ({ name, path: join(real, name) }))
  const there = await Promise.all(places.map(async ({ path }) => (await realFolder(path)) === path))
  return places.filter((_, index) => there[index])
}

async function mounted(parent: string): Promise<readonly Place[]> {
  const names = await readdir(parent).catch(() => [])
  return foldersOf(
    parent,
    names.filter((name) => !name.startsWith('.')),
  )
}

async function wholeFolder(name: string, path: string): Promise<readonly Place[]> {
  const real = await realFolder(path)
  return real === null ? [] : [{ name, path: real }]
}

/**
 * The places of this machine as they are now: a stick that is plugged in later appears at the next call. The first
 * is the home folder. On a machine without drive letters the whole disk is never a place, not even where a service
 * account calls it home.
 */
export async function findPlaces(machine: Machine): Promise<readonly Place[]> {
  const windows = machine.platform === 'win32'
  const found = await Promise.all([
    wholeFolder('Home', machine.home),
    foldersOf(machine.home, shortcuts),
    ...(windows ? drives.map((drive) => wholeFolder(drive, drive)) : []),
    ...mountParents(machine).map(mounted),
  ])
  return found.flat().filter(({ path }) => windows || path !== parse(path).root)
}
