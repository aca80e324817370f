import { randomBytes } from 'node:crypto'
import { copyFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import { flushFile, flushFolder, publishNew, moveToBackupName } from '../files/durable.ts'
import { writeProblem } from '../files/problems.ts'
import { wrongEnding } from '../files/wrong-ending.ts'
import { exists } from '../media/put-in-place.ts'
import type { TrackFile } from '../processes/leftovers.ts'
import type { Take } from '../../shared/domain/take.ts'
import { sha256Of } from '../media/source-file.ts'
import type { Takes } from './types.ts'
import type { Attempt } from './attempt.ts'
import type { TakeRecord } from './record.ts'
import {
  changedResultNotMoved,
  markMissed,
  markMissing,
  markStillDownloading,
  noLinkToMark,
  noMark,
  noResultYet,
  notNow,
  resultChanged,
  resultIsThere,
  resultMissing,
  resultNoLongerKept,
  resultNotInLibrary,
} from './problems.ts'
import { resultPlace, usableFolder } from './take-folder.ts'
import type { Runner } from './runner.ts'
import type { StepParts } from './steps/step.ts'

/**
 * Saves a new file that `write` makes under another name. It never replaces a file and never shows an unfinished one; if
 * this is killed, the next start deletes what is left.
 */
export async function saveNew(
  target: string,
  write: (unfinished: string) => Promise<void>,
  trackFile: TrackFile,
): Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>> {
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.part`)
  const untrack = trackFile(temporary)
  try {
    await write(temporary)
    await flushFile(temporary)
    await publishNew(temporary, target)
    await flushFolder(dirname(target))
    return ok({ path: target, bytes: (await stat(target)).size })
  } catch (error) {
    return writeProblem(error, target)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
    untrack()
  }
}

/** Copies a result to a new file, as `saveNew` does. */
export async function exportResult(
  source: string,
  target: string,
  trackFile: TrackFile,
): ReturnType<typeof saveNew> {
  if (!(await exists(source))) return resultNotInLibrary(basename(target))
  const wrong = wrongEnding(target, extname(source))
  return wrong ?? saveNew(target, (unfinished) => copyFile(source, unfinished), trackFile)
}

type Parts = {
  /** Remembers an unfinished file until it is complete, so that the next start can delete it. */
  readonly trackFile: TrackFile
  readonly library: string
  readonly now: () => Milliseconds
  readonly record: (id: string) => Outcome<TakeRecord>
  readonly providerOf: StepParts['providerOf']
  readonly withRunner: (id: string, run: (runner: Runner) => Promise<Outcome<Take>>) => Promise<Outcome<Take>>
}

/** The file there is not the result that was verified. The user may have edited it, so it is kept. */
function moveChangedResult(library: string, attempt: Attempt, resultFolder: string | null): Outcome<null> {
  const { result } = resultPlace(library, { ...attempt, resultFolder })
  try {
    moveToBackupName(result)
    return ok(null)
  } catch (error) {
    return changedResultNotMoved(result, error instanceof Error ? error.message : String(error))
  }
}

/** Whether the result is still the verified file: by size and time, and if those differ by its hash. */
async function checkResult(library: string, { order, attempt }: TakeRecord): Promise<Outcome<string>> {
  const { folder, result } = resultPlace(library, attempt)
  const found = await stat(result).catch(() => null)
  if (found === null || attempt.result === null) return resultMissing(order.clipName, folder)
  const { bytes, sha256 } = attempt.result
  if (found.size === bytes && found.mtimeMs === attempt.resultTime) return ok(result)
  if (found.size === bytes && (await sha256Of(result)) === sha256) return ok(result)
  return resultChanged(order.clipName, result)
}

async function checkMarked(library: string, { order, attempt }: TakeRecord): Promise<Outcome<string>> {
  const { folder, marked } = resultPlace(library, attempt)
  const { watermarked, watermarkUrl, markProblem } = attempt
  if (watermarkUrl !== null) return markStillDownloading(order.clipName)
  if (watermarked === null)
    return markProblem === null
      ? noMark(order.clipName, order.settings.watermark)
      : { ok: false, problem: markProblem }
  return (await hashAt(marked)) === watermarked.sha256 ? ok(marked) : markMissing(order.clipName, folder)
}

const hashAt = (path: string) => sha256Of(path).catch(() => null)

/** The results of finished takes: where they are, whether they are unchanged, and saving them elsewhere. */
export function createResults({ library, trackFile, now, record, withRunner, providerOf }: Parts) {
  const resultPath = (id: string): Outcome<string> => {
    const found = record(id)
    if (!found.ok) return found
    const { attempt, order } = found.value
    return attempt.state === 'DONE' ? ok(resultPlace(library, attempt).result) : noResultYet(order.clipName)
  }

  const wholeResult = async (id: string): Promise<Outcome<string>> => {
    const path = resultPath(id)
    const found = record(id)
    return path.ok && found.ok ? checkResult(library, found.value) : path
  }

  const wholeMarked = async (id: string): Promise<Outcome<string>> => {
    const path = resultPath(id)
    const found = record(id)
    return path.ok && found.ok ? checkMarked(library, found.value) : path
  }

  /** Asks the provider again for a watermarked version that was wanted and is missing. */
  async function findMarked(runner: Runner): Promise<Outcome<Take>> {
    const { order, attempt } = runner.record()
    const { taskId, watermarkUrl } = attempt
    const isWanted = order.settings.watermark && watermarkUrl === null && taskId !== null
    if (!isWanted || (await checkMarked(library, { order, attempt })).ok) return ok(runner.view())
    const provider = await providerOf(order)
    if (!provider.ok) return provider
    const status = await provider.value.status(taskId)
    const url = status.kind === 'succeeded' ? (status.watermarkUrl ?? null) : null
    if (url !== null) await runner.tell({ type: 'mark-found', url })
    // If the provider has one link for both, there never was a second file.
    const { markProblem, watermarked } = attempt
    const isMissed = url === null && (markProblem !== null || watermarked !== null)
    return isMissed ? { ok: false, problem: markMissed(order.clipName, noLinkToMark) } : ok(runner.view())
  }

  /** A result that is missing or changed may be downloaded again while the provider keeps it. */
  async function mayFetchAgain({ order, attempt }: TakeRecord): Promise<Outcome<null>> {
    const good = await checkResult(library, { order, attempt })
    if (good.ok) return resultIsThere(order.clipName)
    if (attempt.resultUntil === null || attempt.resultUntil > now()) return ok(null)
    return resultNoLongerKept(good.problem, attempt.resultUntil, attempt.taskId)
  }

  async function fetchTo(runner: Runner, folder: string | null): Promise<Outcome<Take>> {
    const { order, attempt } = runner.record()
    const before = resultPlace(library, attempt)
    const isDone = attempt.state === 'DONE'
    const may = isDone ? await mayFetchAgain({ order, attempt }) : ok(null)
    if (!may.ok) return may
    const usable = folder === null ? ok(null) : await usableFolder(folder)
    if (!usable.ok) return usable
    const room = isDone ? moveChangedResult(library, attempt, usable.value) : ok(null)
    if (!room.ok) return room
    const heard = await runner.tell({ type: 'fetch-to', folder: usable.value })
    if (!heard) return notNow(runner.view(), 'saved in another folder')
    const after = resultPlace(library, runner.record().attempt)
    // It may have filled the disk that the user is moving away from.
    if (after.part !== before.part) await rm(before.part, { force: true }).catch(() => undefined)
    return ok(runner.view())
  }

  return {
    resultPath,
    wholeResult,
    wholeMarked,
    exportResult: async (id, target, version = 'result') => {
      const path = version === 'marked' ? await wholeMarked(id) : await wholeResult(id)
      return path.ok ? exportResult(path.value, target, trackFile) : path
    },
    saveElsewhere: (id, folder) => withRunner(id, (runner) => fetchTo(runner, folder)),
    /** Checks a finished take again. Nothing happens if it has all its files. */
    fetchAgain: async (runner: Runner) =>
      (await checkResult(library, runner.record())).ok
        ? findMarked(runner)
        : fetchTo(runner, runner.record().attempt.resultFolder),
  } satisfies Pick<Takes, 'resultPath' | 'exportResult' | 'saveElsewhere'> & Record<string, unknown>
}
