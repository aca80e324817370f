import type { Dirent } from 'node:fs'
import { glob, readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, parse, relative, sep } from 'node:path'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import type { MediaKind } from '../../../shared/domain/media.ts'
import { isHidden } from '../../files/inside.ts'
import { readHead, unreadable } from '../../media/probe/read-head.ts'

export type Skipped = { readonly path: string; readonly reason: string }
export type Gathered = { readonly files: readonly string[]; readonly skipped: readonly Skipped[] }

/** How far a list may grow: far beyond any shoot, and short of a whole disk named by mistake. */
const most = 10_000

const pattern = /[*?[\]{}]/
const inOrder = new Intl.Collator('en', { numeric: true })
const byName = (one: string, other: string) =>
  inOrder.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0)

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** The part of a pattern that lies there as it is written, and the pattern below it; a folder may be called `[1]`. */
async function splitPattern(path: string): Promise<{ readonly base: string; readonly rest: string }> {
  const { root } = parse(path)
  const parts = relative(root, path).split(sep)
  let base = root
  for (const [index, part] of parts.entries()) {
    const next = join(base, part)
    if (pattern.test(part) && !(await isThere(next))) return { base, rest: parts.slice(index).join('/') }
    base = next
  }
  return { base, rest: '' }
}

/** Whether a path stands for several files: a folder, or a pattern that is no file's own name. */
export async function isForMany(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found ? found.isDirectory() : (await splitPattern(path)).rest !== ''
}

async function matching(path: string): Promise<readonly string[]> {
  const { base, rest } = await splitPattern(path)
  if (rest === '') return []
  const wantsHidden = rest.split('/').some((part) => part.startsWith('.'))
  const found: string[] = []
  for await (const name of glob(rest, { cwd: base })) {
    if (!wantsHidden && name.split(/[/\\]/).some(isHidden)) continue
    const whole = isAbsolute(name) ? name : join(base, name)
    if ((await stat(whole).catch(() => null))?.isFile()) found.push(whole)
    if (found.length > most) break
  }
  return found.toSorted(byName)
}

type Walk = { readonly recursive: boolean; readonly out: string; readonly skip: (one: Skipped) => void }

/** What was prepared before is no source; a link to a folder could lead round in a circle. */
async function isEntered(path: string, entry: Dirent, { recursive, out, skip }: Walk): Promise<boolean> {
  if (!recursive || path === out) return false
  if (entry.isSymbolicLink()) {
    skip({ path, reason: 'It is a link to a folder, which is not followed.' })
    return false
  }
  return !(await isThere(join(path, 'certificate.json')))
}

async function filesIn(folder: string, walk: Walk): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const files: string[] = []
  for (const entry of entries.toSorted((one, other) => byName(one.name, other.name))) {
    if (isHidden(entry.name)) continue
    const path = join(folder, entry.name)
    const found = await stat(path).catch(() => null)
    if (found === null) walk.skip({ path, reason: 'It is a link that leads nowhere, or cannot be read.' })
    else if (found.isFile()) files.push(path)
    else if (found.isDirectory() && (await isEntered(path, entry, walk)))
      files.push(...(await filesIn(path, walk)))
    if (files.length > most) break
  }
  return files
}

const words = { clip: 'a video', character: 'an image' } as const

async function onlyOfKind(
  candidates: readonly string[],
  kind: MediaKind,
  skip: Walk['skip'],
): Promise<readonly string[]> {
  const taken: string[] = []
  for (const path of candidates) {
    const head = await readHead(path)
    if (!head.ok) skip({ path, reason: head.problem.message })
    else if (head.value.sniffed.kind === kind || (kind === 'clip' && head.value.movingAs !== null))
      taken.push(path)
    else skip({ path, reason: `It is ${words[head.value.sniffed.kind]}, not ${words[kind]}.` })
  }
  return taken
}

type Asked = { readonly kind: MediaKind; readonly recursive: boolean; readonly out: string }

/**
 * The files that paths, folders and patterns stand for, in natural order and each once. A file that is named itself is
 * taken as it is; from folders and patterns only what is a clip, or an image, by its content.
 */
export async function gather(given: readonly string[], asked: Asked): Promise<Outcome<Gathered>> {
  const skipped: Skipped[] = []
  const skip = (one: Skipped) => void skipped.push(one)
  const files = new Map<string, string>()
  for (const path of given) {
    try {
      const many = await isForMany(path)
      const isFolder = many && (await isThere(path))
      const candidates = !many
        ? [path]
        : isFolder
          ? await filesIn(path, { ...asked, skip })
          : await matching(path)
      if (candidates.length > most)
        return fail('usage', `“${path}” stands for more than ${String(most)} files.`, {
          advice: 'Name a smaller folder.',
        })
      if (many && candidates.length === 0) skip({ path, reason: 'No file was found there.' })
      for (const file of many ? await onlyOfKind(candidates, asked.kind, skip) : candidates) {
        const real = await realpath(file).catch(() => file)
        if (!files.has(real)) files.set(real, file)
      }
    } catch (error) {
      return unreadable(path, error)
    }
  }
  return ok({ files: [...files.values()], skipped })
}
