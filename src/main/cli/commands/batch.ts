import { errorCode } from '../../files/error-code.ts'
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import { makeFolder } from '../../files/durable.ts'
import { putInPlace } from '../../media/put-in-place.ts'
import type { Bench } from '../../core/open-studio.ts'
import { makeWhole, findMade, readMade, type Made } from '../../prepare/queue/publish-folder.ts'
import { claimName, nameFor, nameKey, namesLike, keyOf, sourcesOf } from '../../prepare/queue/names.ts'
import type { Inputs } from '../../prepare/types.ts'
import {
  batchForPrograms,
  exitCodeOfBatch,
  formatBatch,
  type BatchItem,
  findSources,
  type BatchSources,
  type Pair,
  type Skipped,
} from './batch-files.ts'
import { exitCodeOf, type ExitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import { partOf } from '../performed-part.ts'
import { tensOf } from '../output.ts'
import type { PrepareRequest } from '../requests.ts'
import { notStarted, folderNotCreated } from '../problems.ts'

/** One preparation with everything that is decided before the first begins. */
type Planned = {
  readonly source: Pair
  readonly inputs: Omit<Inputs, 'window'>
  readonly sources: Awaited<ReturnType<typeof sourcesOf>>
  readonly key: string
  readonly name: string
  /** It was finished before, and is still whole. */
  readonly before: Made | null
}

async function firstWhole(out: string, names: readonly string[], key: string): Promise<Made | null> {
  for (const name of names) {
    const made = await readMade(out, name, key)
    if (made) return made
  }
  return null
}

async function planBatch(
  { pairs, template }: BatchSources,
  { window, withoutCuts, settings, out }: PrepareRequest,
  now: number,
): Promise<{ readonly planned: readonly Planned[]; readonly claimed: ReadonlySet<string> }> {
  const made = await findMade(out)
  const known: Omit<Planned, 'name'>[] = []
  for (const source of pairs) {
    const inputs = { ...source, settings }
    const sources = await sourcesOf(source)
    // Which part that is, is found out only where it has to be made.
    const key = keyOf(sources, { window, settings }, withoutCuts ? `${template} without cuts` : template)
    const before = await firstWhole(out, made.get(key) ?? [], key)
    known.push({ source, inputs, sources, key, before })
  }
  const claimed = new Set(known.flatMap(({ before }) => (before ? [nameKey(before.name)] : [])))
  const planned = known.map((one, index) => ({
    ...one,
    name: one.before?.name ?? claimName(nameFor(template, one.inputs, { n: index + 1, now }), claimed),
  }))
  return { planned, claimed }
}

/** What would end every following preparation in the same way. */
const endsAll = ({ code }: Problem) =>
  code === 'disk-full' || code === 'folder-unwritable' || code === 'tool-missing' || code === 'cancelled'

const notBegun = (why: Problem): Problem => ({ code: why.code, message: 'Not started.' })

const troubled = (source: Pair, problem: Problem): BatchItem => ({
  source,
  state: problem.code === 'cancelled' ? 'left' : 'failed',
  problem,
})

async function makeOne(
  planned: Planned,
  claimed: ReadonlySet<string>,
  request: PrepareRequest,
  workshop: Bench,
  { printer, signal }: Session,
): Promise<BatchItem> {
  const { source, before } = planned
  if (before) return { source, state: 'kept', made: before }
  const onProgress = tensOf((text) => {
    if (printer.terminal) printer.line(`    ${text}`)
  })
  const part = await partOf(workshop, { ...request, clip: source.clip }, signal)
  if (!part.ok) return troubled(source, part.problem)
  const inputs = { ...planned.inputs, window: part.value }
  const made = await makeWhole(
    workshop,
    { ...planned, inputs, out: request.out, isClaimed: (name) => claimed.has(nameKey(name)) },
    { signal, onProgress },
  )
  return made.ok ? { source, state: 'prepared', made: made.value } : troubled(source, made.problem)
}

async function makeAll(
  { planned, claimed }: Awaited<ReturnType<typeof planBatch>>,
  request: PrepareRequest,
  workshop: Bench,
  session: Session,
): Promise<readonly BatchItem[]> {
  const items: BatchItem[] = []
  let end: Problem | null = null
  for (const [index, one] of planned.entries()) {
    if (session.signal.aborted) end ??= notStarted.problem
    if (end) {
      items.push({ source: one.source, state: 'left', problem: notBegun(end) })
      continue
    }
    session.printer.line(`[${String(index + 1)}/${String(planned.length)}] ${one.name}`)
    const item = await makeOne(one, claimed, request, workshop, session)
    items.push(item)
    if ('problem' in item && endsAll(item.problem)) end = item.problem
  }
  return items
}

const ours = z.looseObject({ items: z.array(z.unknown()), skipped: z.array(z.unknown()) })

/** The report of an earlier run gives way to this one; any other file of that name is left alone. */
async function placeForReport(out: string): Promise<string> {
  for (const name of namesLike('report')) {
    const path = join(out, `${name}.json`)
    const text = await readFile(path, 'utf8').catch((error: unknown) =>
      errorCode(error) === 'ENOENT' ? null : '',
    )
    if (text === null) return path
    try {
      if (ours.safeParse(JSON.parse(text)).success) return path
    } catch {
      // Not ours.
    }
  }
  throw new Error('names like this one never end')
}

async function keepReport(
  items: readonly BatchItem[],
  skipped: readonly Skipped[],
  out: string,
  workshop: Bench,
): Promise<Outcome<string>> {
  try {
    makeFolder(out)
  } catch (error) {
    return folderNotCreated(out, error)
  }
  const path = await placeForReport(out)
  const text = `${JSON.stringify(batchForPrograms(items, skipped), null, 2)}\n`
  return putInPlace(workshop, path, 'replace', async (temporary) => {
    await writeFile(temporary, text, { flag: 'wx' })
    return ok(path)
  })
}

/** Prepares every pair into a folder of its own; the same command again makes only what is missing. */
export async function runBatch(
  request: PrepareRequest,
  workshop: Bench,
  session: Session,
): Promise<ExitCode> {
  const { printer } = session
  const found = await findSources(request)
  if (!found.ok) {
    printer.problem(found.problem)
    return exitCodeOf(found.problem)
  }
  const { skipped } = found.value
  const planned = await planBatch(found.value, request, session.now())
  const items = await makeAll(planned, request, workshop, session)
  const report = await keepReport(items, skipped, request.out, workshop)
  printer.value({
    ...batchForPrograms(items, skipped),
    ...(report.ok && { report: report.value }),
  })
  const named = (path: string) => {
    const way = relative(request.out, path)
    return way.startsWith('..') ? path : join('.', way)
  }
  printer.line(formatBatch(items, skipped, named))
  if (report.ok) printer.line(`Wrote ${report.value}`)
  else printer.problem(report.problem)
  const code = exitCodeOfBatch(items)
  if (session.signal.aborted)
    printer.note('Cancelled. Finished files are kept. Run the same command again to continue.')
  return code === 0 && !report.ok ? exitCodeOf(report.problem) : code
}
