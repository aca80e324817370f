import { errorCode } from '../../files/error-code.ts'
import { readdir, readFile, stat, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join, basename } from 'node:path'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Certificate } from '../../../shared/domain/views.ts'
import type { PreparedCharacter, PreparedClip } from '../../../shared/domain/media.ts'
import type { PlanStep } from '../../../shared/rules/finding.ts'
import { sha256Of } from '../../media/source-file.ts'
import type { Inputs, Call, Workshop } from '../types.ts'
import { type Sources, nameKey, namesLike } from './names.ts'
import { ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import { flushFile, flushFolder, makeFolder } from '../../files/durable.ts'
import { writeProblem } from '../../files/problems.ts'
import type { TrackFile } from '../../processes/leftovers.ts'
import { notAFolder, preparationCancelled } from '../problems.ts'
import { certificateName } from '../certificate.ts'

/** In the folder of each preparation: what its files were made from and how, for people and for the next run. */
export const reportName = 'report.json'

/** One finished preparation, with absolute paths. */
export type Made = {
  /** The folder of the files, and its name. */
  readonly folder: string
  readonly name: string
  readonly clip: PreparedClip | null
  readonly character: PreparedCharacter | null
  readonly plan: readonly PlanStep[]
  readonly certificate: Certificate
}

type Report = Pick<Made, 'clip' | 'character' | 'plan' | 'certificate'> & {
  readonly version: 1
  readonly key: string
  readonly sources: Sources
  readonly window: Inputs['window']
  readonly settings: Inputs['settings']
}

const certified = z.object({ sha256: z.string(), bytes: z.number() }).nullable()
const file = z.looseObject({ path: z.string().regex(/^[^/\\]+$/) }).nullable()
/** The part of a report that is checked; the rest is returned as it was written. */
const readable = z.looseObject({
  version: z.literal(1),
  key: z.string(),
  clip: file,
  character: file,
  plan: z.array(z.unknown()),
  certificate: z.looseObject({ clip: certified, character: certified }),
})

const maxReportBytes = 4 * 1024 * 1024

async function readReport(folder: string): Promise<Report | null> {
  const path = join(folder, reportName)
  try {
    const { size } = await stat(path)
    if (size > maxReportBytes) return null
    const report: unknown = JSON.parse(await readFile(path, 'utf8'))
    return readable.safeParse(report).success ? (report as Report) : null
  } catch {
    // None, or none of ours.
    return null
  }
}

/** The finished preparations in a folder: names by key; several where files were changed since. */
export async function findMade(out: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const entries = await readdir(out, { withFileTypes: true }).catch(() => [])
  const found = new Map<string, readonly string[]>()
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue
    const report = await readReport(join(out, entry.name))
    if (report) found.set(report.key, [...(found.get(report.key) ?? []), entry.name])
  }
  return found
}

async function isWhole(path: string, expected: { readonly sha256: string; readonly bytes: number }) {
  try {
    const { size } = await stat(path)
    return size === expected.bytes && (await sha256Of(path)) === expected.sha256
  } catch {
    return false
  }
}

/** A finished preparation whose files still match its certificate; null otherwise. */
export async function readMade(out: string, name: string, key: string): Promise<Made | null> {
  const folder = join(out, name)
  const report = await readReport(folder)
  if (report?.key !== key) return null
  const { clip, character, plan, certificate } = report
  for (const [written, paper] of [
    [clip, certificate.clip],
    [character, certificate.character],
  ] as const) {
    if (written === null && paper === null) continue
    if (written === null || paper === null) return null
    if (!(await isWhole(join(folder, written.path), paper))) return null
  }
  if ((await stat(join(folder, certificateName)).catch(() => null)) === null) return null
  const placed = <T extends { readonly path: string }>(one: T | null): T | null =>
    one && { ...one, path: join(folder, one.path) }
  return { folder, name, clip: placed(clip), character: placed(character), plan, certificate }
}

type Making = {
  readonly inputs: Inputs
  readonly sources: Sources
  readonly key: string
  /** The chosen folder; created where it is missing. */
  readonly out: string
  readonly name: string
  /** Whether another preparation claims this name. */
  readonly isClaimed: (name: string) => boolean
}

type FolderTools = Pick<Workshop, 'prepare'> & { readonly trackFile: TrackFile }

const inUse = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EPERM'])

/** Moves a finished folder to the first free name; an existing one is never touched. */
async function publishFolder(finished: string, { out, name, isClaimed }: Making): Promise<string> {
  for (const candidate of namesLike(name)) {
    const target = join(out, candidate)
    const isOwn = nameKey(candidate) === nameKey(name)
    if ((!isOwn && isClaimed(candidate)) || existsSync(target)) continue
    try {
      await rename(finished, target)
      return candidate
    } catch (error) {
      // Another process took the name; if none did, the folder cannot be written to.
      if (!inUse.has(errorCode(error)) || !existsSync(target)) throw error
    }
  }
  throw new Error('names like this one never end')
}

function outProblem(out: string, error: unknown): Failure {
  if (errorCode(error) === 'ENOTDIR' || errorCode(error) === 'EEXIST') return notAFolder(out)
  if (errorCode(error) === '') throw error
  return writeProblem(error, out)
}

const named = <T extends { readonly path: string }>(file: T | null): T | null =>
  file && { ...file, path: basename(file.path) }

async function prepareInto(
  tools: FolderTools,
  making: Making,
  folder: string,
  call: Call,
): Promise<Outcome<Report>> {
  const { inputs, sources, key } = making
  const prepared = await tools.prepare(inputs, folder, call)
  if (!prepared.ok) return prepared
  const { clip, character, checked, certificate } = prepared.value
  const report: Report = {
    version: 1,
    key,
    sources,
    window: inputs.window,
    settings: inputs.settings,
    plan: checked.report.plan,
    clip: named(clip),
    character: named(character),
    certificate,
  }
  await writeFile(join(folder, reportName), `${JSON.stringify(report, null, 2)}\n`, { flag: 'wx' })
  await flushFile(join(folder, reportName))
  await flushFile(join(folder, certificateName))
  await flushFolder(folder)
  return ok(report)
}

/** Prepares into a new folder, which appears with everything in it or not at all. */
export async function makeWhole(tools: FolderTools, making: Making, call: Call): Promise<Outcome<Made>> {
  const { out } = making
  let temporary: string | undefined
  let untrack: (() => void) | undefined
  try {
    makeFolder(out)
    temporary = await mkdtemp(join(out, '.understudy-'))
    untrack = tools.trackFile(temporary)
    const inner = join(temporary, 'files')
    const report = await prepareInto(tools, making, inner, call)
    if (!report.ok) return report
    if (call.signal?.aborted === true) return preparationCancelled()
    const name = await publishFolder(inner, making)
    await flushFolder(out)
    const folder = join(out, name)
    const placed = <T extends { readonly path: string }>(file: T | null): T | null =>
      file && { ...file, path: join(folder, file.path) }
    const { clip, character, plan, certificate } = report.value
    return ok({ folder, name, clip: placed(clip), character: placed(character), plan, certificate })
  } catch (error) {
    return outProblem(out, error)
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
    untrack?.()
  }
}
