import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fail, ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import { flushFile, flushFolder } from '../../files/durable.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { errorCode, writeProblem } from '../../files/write-problem.ts'
import { nameOf } from '../../media/naming.ts'
import type { NoteFile } from '../../processes/leftovers.ts'
import type { Call, Inputs, Workshop } from '../../core/studio-types.ts'
import { nameKey, namesLike } from './names.ts'
import { certificateName, reportName, type Made, type Report } from './report.ts'
import type { Sources } from './source.ts'

export type Making = {
  readonly inputs: Inputs
  readonly sources: Sources
  readonly key: string
  /** The folder that was chosen; it is made where it is missing. */
  readonly out: string
  readonly name: string
  /** Whether this name is meant for somebody else. */
  readonly isClaimed: (name: string) => boolean
}

type Bench = Pick<Workshop, 'prepare'> & { readonly noteFile: NoteFile }

const inUse = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EPERM'])

/** Gives a finished folder the first free name; one that stands already is never touched. */
async function publishFolder(finished: string, { out, name, isClaimed }: Making): Promise<string> {
  for (const candidate of namesLike(name)) {
    const target = join(out, candidate)
    const isOwn = nameKey(candidate) === nameKey(name)
    if ((!isOwn && isClaimed(candidate)) || existsSync(target)) continue
    try {
      await rename(finished, target)
      return candidate
    } catch (error) {
      // Somebody was quicker; without a rival the folder cannot be written to at all.
      if (!inUse.has(errorCode(error)) || !existsSync(target)) throw error
    }
  }
  throw new Error('names like this one never end')
}

function outProblem(out: string, error: unknown): Failure {
  if (errorCode(error) === 'ENOTDIR' || errorCode(error) === 'EEXIST')
    return fail('folder-unwritable', `“${nameOf(out)}” is not a folder.`, {
      advice: 'Choose another folder.',
    })
  if (errorCode(error) === '') throw error
  return writeProblem(error, out)
}

const named = <T extends { readonly path: string }>(file: T | null): T | null =>
  file && { ...file, path: basename(file.path) }

async function prepareInto(
  bench: Bench,
  making: Making,
  folder: string,
  call: Call,
): Promise<Outcome<Report>> {
  const { inputs, sources, key } = making
  const prepared = await bench.prepare(inputs, folder, call)
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

/** Prepares into a folder of its own, which appears with everything in it or not at all. */
export async function makeWhole(bench: Bench, making: Making, call: Call): Promise<Outcome<Made>> {
  const { out } = making
  let stage: string | undefined
  let strike: (() => void) | undefined
  try {
    makeFolder(out)
    stage = await mkdtemp(join(out, '.understudy-'))
    strike = bench.noteFile(stage)
    const inner = join(stage, 'files')
    const report = await prepareInto(bench, making, inner, call)
    if (!report.ok) return report
    if (call.signal?.aborted === true) return fail('cancelled', 'The preparation was cancelled.')
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
    if (stage !== undefined) await rm(stage, { recursive: true, force: true })
    strike?.()
  }
}
