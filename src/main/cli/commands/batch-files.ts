import type { Dirent } from 'node:fs'
import { glob, readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, parse, relative, sep, basename } from 'node:path'
import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { MediaKind } from '../../../shared/domain/media.ts'
import { isHidden } from '../../files/names.ts'
import { readHead, unreadable } from '../../media/probe/read-head.ts'
import { usualTemplate, pair, type Pair as PairOf } from '../../../shared/domain/batch.ts'
import type { PrepareRequest } from '../requests.ts'
import { formatBytes, formatSeconds } from '../../../shared/units.ts'
import type { Made } from '../../prepare/queue/publish-folder.ts'
import { exitCodeOf, exitCodes, type ExitCode, firstSentence, remedies } from '../exit-codes.ts'
import { planForPrograms } from './check.ts'
import { table } from '../output.ts'
import { linkToFolder, brokenLink, noFilesThere, tooManyFiles, nothingToPrepare } from '../problems.ts'

export type Skipped = { readonly path: string; readonly reason: string }
type Gathered = { readonly files: readonly string[]; readonly skipped: readonly Skipped[] }

/** How far a list may grow: far beyond any shoot, and short of a whole disk named by mistake. */
const maxFiles = 10_000

const pattern = /[*?[\]{}]/
const inOrder = new Intl.Collator('en', { numeric: true })
const byName = (one: string, other: string) =>
  inOrder.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0)

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** The part of a pattern that exists literally, and the pattern below it; a folder may be called `[1]`. */
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

/** Whether a path means several files: a folder, or a pattern that isn't itself the name of a file. */
async function isForMany(path: string): Promise<boolean> {
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
    if (found.length > maxFiles) break
  }
  return found.toSorted(byName)
}

type Walk = { readonly recursive: boolean; readonly out: string; readonly skip: (one: Skipped) => void }

/** What was prepared before is no source; a link to a folder could lead round in a circle. */
async function isEntered(path: string, entry: Dirent, { recursive, out, skip }: Walk): Promise<boolean> {
  if (!recursive || path === out) return false
  if (entry.isSymbolicLink()) {
    skip({ path, reason: linkToFolder })
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
    if (found === null) walk.skip({ path, reason: brokenLink })
    else if (found.isFile()) files.push(path)
    else if (found.isDirectory() && (await isEntered(path, entry, walk)))
      files.push(...(await filesIn(path, walk)))
    if (files.length > maxFiles) break
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
    else skip({ path, reason: `It’s ${words[head.value.sniffed.kind]}, not ${words[kind]}.` })
  }
  return taken
}

type FilesAsked = { readonly kind: MediaKind; readonly recursive: boolean; readonly out: string }

/**
 * The files that paths, folders and patterns stand for, in natural order and each once. A file that is named itself is
 * taken as it is; from folders and patterns only what is a clip, or an image, by its content.
 */
export async function gather(given: readonly string[], asked: FilesAsked): Promise<Outcome<Gathered>> {
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
      if (candidates.length > maxFiles) return tooManyFiles(path, maxFiles)
      if (many && candidates.length === 0) skip({ path, reason: noFilesThere })
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

/** The paths of what is prepared together. */
export type Pair = PairOf<string>

type Asked = Omit<PrepareRequest, 'command'>

export type BatchSources = {
  readonly pairs: readonly Pair[]
  readonly skipped: readonly Skipped[]
  readonly template: string
}

/** One file of each at most, named itself: that is no batch. */
export async function isBatch({ characters, clips, name, recursive }: Asked): Promise<boolean> {
  if (characters.length > 1 || clips.length > 1 || name !== null || recursive) return true
  const many = await Promise.all([...characters, ...clips].map(isForMany))
  return many.includes(true)
}

const nothingFound = (skipped: readonly Skipped[]) => nothingToPrepare(skipped)

/** Every preparation that a command line asks for, in its order. */
export async function findSources(asked: Asked): Promise<Outcome<BatchSources>> {
  const { recursive, out } = asked
  const characters = await gather(asked.characters, { kind: 'character', recursive, out })
  if (!characters.ok) return characters
  const clips = await gather(asked.clips, { kind: 'clip', recursive, out })
  if (!clips.ok) return clips
  const taken = new Set([...characters.value.files, ...clips.value.files])
  const skipped = [...characters.value.skipped, ...clips.value.skipped].filter(({ path }) => !taken.has(path))
  const pairs = pair(characters.value.files, clips.value.files)
  if (pairs.length === 0) return nothingFound(skipped)
  const template = asked.name ?? usualTemplate(characters.value.files.length, clips.value.files.length)
  return ok({ pairs, skipped, template })
}

/** `kept`: an earlier run of the same command has made it, and its files are the certified ones still. */
export type BatchItem = { readonly source: Pair } & (
  | { readonly state: 'prepared' | 'kept'; readonly made: Made }
  | { readonly state: 'failed' | 'left'; readonly problem: Problem }
)

const sourceOf = ({ character, clip }: Pair) => ({
  ...(character !== null && { character }),
  ...(clip !== null && { clip }),
})

function itemForPrograms(item: BatchItem) {
  const { state } = item
  const source = sourceOf(item.source)
  if (!('made' in item)) return { state, source, problem: item.problem }
  const { folder, clip, character, plan, certificate } = item.made
  return {
    state,
    source,
    folder,
    ...(clip && { clip }),
    ...(character && { character }),
    plan: planForPrograms(plan),
    certificate,
  }
}

/** The report of a batch: what `--json` prints and what is kept beside the folders. */
export const batchForPrograms = (items: readonly BatchItem[], skipped: readonly Skipped[]) => ({
  items: items.map(itemForPrograms),
  skipped,
})

function sizesOf({ clip, character }: Made): string {
  const sizes = [character, clip].flatMap((file) => {
    if (!file) return []
    const length = 'duration' in file ? `, ${formatSeconds(file.duration)}` : ''
    return [`${String(file.width)} × ${String(file.height)} px, ${formatBytes(file.bytes)}${length}`]
  })
  return sizes.join(' and ')
}

const pathsOf = ({ character, clip }: Pair) => [character, clip].filter((path) => path !== null)

/** The name alone where no other file of the list has it. */
function shortNames(paths: readonly string[]): (path: string) => string {
  const bearers = new Map<string, Set<string>>()
  for (const path of paths) bearers.set(basename(path), (bearers.get(basename(path)) ?? new Set()).add(path))
  return (path) => (bearers.get(basename(path))?.size === 1 ? basename(path) : path)
}

export function formatBatch(
  items: readonly BatchItem[],
  skipped: readonly Skipped[],
  named: (path: string) => string,
): string {
  const paths = [...items.flatMap(({ source }) => pathsOf(source)), ...skipped.map(({ path }) => path)]
  const short = shortNames(paths)
  const sourceOfItem = ({ source }: BatchItem) => pathsOf(source).map(short).join(' + ')
  const rows = items.map((item) =>
    'made' in item
      ? [item.state, sourceOfItem(item), sizesOf(item.made), named(item.made.folder)]
      : [item.state, sourceOfItem(item), '-', firstSentence(item.problem)],
  )
  const others = skipped.map(({ path, reason }) => ['skipped', short(path), '-', reason])
  const list = table([['STATE', 'SOURCE', 'PREPARED', 'FOLDER OR REASON'], ...rows, ...others])
  const advice = remedies(
    items.flatMap((item) => ('problem' in item ? [{ name: sourceOfItem(item), problem: item.problem }] : [])),
  )
  return advice.length === 0 ? list : [list, '', ...advice].join('\n')
}

/** The gravest first: this machine, a refused input, a choice that is open, a wrong command. */
const gravest = [exitCodes.thisMachine, exitCodes.inputRefused, exitCodes.userMustChoose, exitCodes.usage]

/** 0 where everything is there; what was skipped does not count. */
export function exitCodeOfBatch(items: readonly BatchItem[]): ExitCode {
  const codes = items.flatMap((item) => ('problem' in item ? [exitCodeOf(item.problem)] : []))
  if (codes.includes(exitCodes.cancelled)) return exitCodes.cancelled
  return gravest.find((code) => codes.includes(code)) ?? codes[0] ?? exitCodes.done
}
