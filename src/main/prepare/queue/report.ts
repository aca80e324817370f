import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Certificate } from '../../../shared/domain/certificate.ts'
import type { PreparedCharacter, PreparedClip } from '../../../shared/domain/media.ts'
import type { PlanStep } from '../../../shared/rules/finding.ts'
import { sha256Of } from '../../media/hash-file.ts'
import type { Inputs } from '../../core/studio-types.ts'
import type { Sources } from './source.ts'

/** Beside the files of each preparation: what they were made from and how, for people and for the next run. */
export const reportName = 'report.json'
export const certificateName = 'certificate.json'

/** One finished preparation. Paths are whole. */
export type Made = {
  /** The folder of the files, and its own name. */
  readonly folder: string
  readonly name: string
  readonly clip: PreparedClip | null
  readonly character: PreparedCharacter | null
  readonly plan: readonly PlanStep[]
  readonly certificate: Certificate
}

export type Report = Pick<Made, 'clip' | 'character' | 'plan' | 'certificate'> & {
  readonly version: 1
  readonly key: string
  readonly sources: Sources
  readonly window: Inputs['window']
  readonly settings: Inputs['settings']
}

const certified = z.object({ sha256: z.string(), bytes: z.number() }).nullable()
const file = z.looseObject({ path: z.string().regex(/^[^/\\]+$/) }).nullable()
/** As much of a report as is looked at; the rest is handed on as it was written. */
const readable = z.looseObject({
  version: z.literal(1),
  key: z.string(),
  clip: file,
  character: file,
  plan: z.array(z.unknown()),
  certificate: z.looseObject({ clip: certified, character: certified }),
})

const most = 4 * 1024 * 1024

async function readReport(folder: string): Promise<Report | null> {
  const path = join(folder, reportName)
  try {
    const { size } = await stat(path)
    if (size > most) return null
    const report: unknown = JSON.parse(await readFile(path, 'utf8'))
    return readable.safeParse(report).success ? (report as Report) : null
  } catch {
    // None, or none of ours.
    return null
  }
}

/** The finished preparations in a folder: the names by the key; more than one where files were changed since. */
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

/** A finished preparation whose files are still the certified ones; null for anything else. */
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
