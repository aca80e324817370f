import { readdir, realpath, stat } from 'node:fs/promises'
import { join, parse, basename, dirname } from 'node:path'
import type { Dirent } from 'node:fs'
import type { FolderEntry, FolderView } from '../../shared/domain/views.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { kindByName } from '../files/sniff.ts'
import { type FolderLister, type FileTokens, createTokens, randomToken } from '../files/file-tokens.ts'
import { isHidden, isVisibleInside } from '../files/names.ts'
import { noSuchPlace, folderUnreadable, notAFolder } from './problems.ts'

/** Where the browser face's file dialog may begin: a name for the user and a real path. */
type Place = { readonly name: string; readonly path: string }

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

/** Those of `names` that are folders of `parent` itself; a link isn't one. */
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

type Parts = {
  readonly fileTokens: FileTokens
  /** Read for every listing, so that media plugged in later appear. Real paths only. */
  readonly roots: () => Promise<readonly Place[]>
}

const batch = 256

const inOrder = new Intl.Collator('en', { numeric: true })

const gone = () => noSuchPlace

/** The real path of an entry, or null when it leads out of every root, is broken or may not be seen. */
async function realEntry(folder: string, entry: Dirent, roots: readonly Place[]): Promise<string | null> {
  const path = join(folder, entry.name)
  if (!entry.isSymbolicLink()) return path
  const real = await realpath(path).catch(() => null)
  return real !== null && roots.some((root) => isVisibleInside(root.path, real)) ? real : null
}

export function createFolderLister({ fileTokens, roots }: Parts): FolderLister {
  const folders = createTokens('d_')
  const startToken = `d_${randomToken()}`
  const link = ({ name, path }: Place) => ({ token: folders.tokenOf(path), name })

  async function entryOf(path: string, name: string): Promise<FolderEntry | null> {
    const found = await stat(path).catch(() => null)
    if (found?.isDirectory()) return { kind: 'folder', ...link({ name, path }) }
    const kind = kindByName(name)
    if (kind === null || !found?.isFile()) return null
    const file = await fileTokens.register(path)
    if (!file.ok) return null
    const { token, bytes } = file.value
    return { kind, token, name, bytes, modified: found.mtime.toISOString() }
  }

  async function entriesOf(folder: string, places: readonly Place[]): Promise<readonly FolderEntry[]> {
    const found = await readdir(folder, { withFileTypes: true })
    const visible = found.filter(({ name }) => !isHidden(name))
    const entries: FolderEntry[] = []
    // Not all at once: a camera's folder may hold tens of thousands of pictures.
    for (let first = 0; first < visible.length; first += batch) {
      const some = visible.slice(first, first + batch).map(async (entry) => {
        const real = await realEntry(folder, entry, places)
        return real === null ? null : entryOf(real, entry.name)
      })
      entries.push(...(await Promise.all(some)).filter((entry) => entry !== null))
    }
    const rank = (entry: FolderEntry) => (entry.kind === 'folder' ? 0 : 1)
    return entries.toSorted((a, b) => rank(a) - rank(b) || inOrder.compare(a.name, b.name))
  }

  function crumbsOf(folder: string, root: Place): FolderView['crumbs'] {
    if (folder === root.path) return [link(root)]
    return [...crumbsOf(dirname(folder), root), link({ name: basename(folder), path: folder })]
  }

  async function start(): Promise<Outcome<FolderView>> {
    const places = await roots()
    const entries = places.map((place) => ({ kind: 'folder' as const, ...link(place) }))
    return ok({ token: startToken, name: 'Places', crumbs: [], entries })
  }

  async function listFolder(folder: string): Promise<Outcome<FolderView>> {
    const places = await roots()
    // A token means a real path; if it leads elsewhere by now, a link has replaced the folder.
    const real = await realpath(folder).catch(() => null)
    const root = places.find((place) => isVisibleInside(place.path, folder))
    if (real !== folder || root === undefined) return gone()
    const crumbs = crumbsOf(folder, root)
    const name = crumbs.at(-1)?.name ?? root.name
    try {
      const entries = await entriesOf(folder, places)
      return ok({ token: folders.tokenOf(folder), name, crumbs, entries })
    } catch {
      return folderUnreadable(name)
    }
  }

  return {
    list: async (token) => {
      if (token === null || token === startToken) return start()
      const folder = folders.pathOf(token)
      return folder === undefined ? gone() : listFolder(folder)
    },
    folderPath: (token) => {
      if (token === startToken) return notAFolder
      const folder = folders.pathOf(token)
      return folder === undefined ? gone() : ok(folder)
    },
    folderToken: async (path) => {
      const [real, places] = await Promise.all([realFolder(path), roots()])
      const isShown = real !== null && places.some((place) => isVisibleInside(place.path, real))
      return isShown ? folders.tokenOf(real) : null
    },
  }
}
