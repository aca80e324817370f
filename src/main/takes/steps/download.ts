import { existsSync } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import type { ResultFacts } from '../../../shared/domain/media.ts'
import { timingOf, type MotionCurve } from '../../../shared/domain/motion.ts'
import { posterSide, spriteCells } from '../../../shared/domain/sprite.ts'
import type { Fraction, Seconds } from '../../../shared/units.ts'
import { flushFile, flushFolder, renameFirmly, moveToBackupName } from '../../files/durable.ts'
import { sha256Of } from '../../media/source-file.ts'
import { fetchResult, type FetchEnd } from './fetch-result.ts'
import {
  endUnconfirmed,
  messageInstead,
  pageInstead,
  resultFileInUse,
  resultNotDownloaded,
} from './problems.ts'
import type { Mark } from '../journal/tables.ts'
import { resultFolderGone } from '../problems.ts'
import { keepMotion } from '../kept-motion.ts'
import { makeResultPlace, resultPlace, roomIn, takeFolder } from '../take-folder.ts'
import { holdFor, type StepContext, type Step } from './step.ts'
import type { TakeEvent } from '../take-event.ts'

const sizeOf = async (path: string) => (await stat(path).catch(() => null))?.size ?? null

export const openDownloadStep: Step = async ({ parts, record }) => {
  const { folder, part } = makeResultPlace(parts.library, record.attempt)
  const total = parts.journal.mark(record.attempt)?.total ?? null
  const room = await roomIn(folder, total, (await sizeOf(part)) ?? 0)
  if (room.ok) return { type: 'download-started' }
  return { type: 'held', problem: room.problem, until: holdFor(parts, 60) }
}

const retryGaps = [500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000]

/** After so many tries without a new byte, the link is doubted: the provider may have moved the file. */
const fruitlessTries = 3

/** A mark counts only if the file is at least that long. */
async function markOf({ parts, record }: StepContext, part: string): Promise<Mark | null> {
  const mark = parts.journal.mark(record.attempt)
  const there = await sizeOf(part)
  return mark === null || there === null || there < mark.done ? null : mark
}

type Source = { readonly url: string; readonly loopback: boolean; readonly part: string }

/** Resumes the download until the file is complete or its link is doubted; null if it was stopped. */
export async function fetchUntilWhole(
  context: StepContext,
  { url, loopback, part }: Source,
): Promise<FetchEnd | null> {
  const { parts, record, signal, onProgress } = context
  const { folder } = makeResultPlace(parts.library, record.attempt)
  let tries = 0
  while (!signal.aborted) {
    const before = await markOf(context, part)
    const end = await fetchResult({
      network: parts.network,
      url,
      loopback,
      part,
      mark: before,
      onMark: (mark) => {
        parts.journal.setMark(record.attempt, mark)
      },
      room: (total, there) => roomIn(folder, total, there),
      onProgress,
      monotonic: parts.clock.monotonic,
      signal,
    })
    if (end.kind !== 'interrupted') return end
    parts.log(`the download was interrupted: ${end.why}`, { take: record.order.id })
    const after = await markOf(context, part)
    tries = (after?.done ?? 0) > (before?.done ?? 0) ? 0 : tries + 1
    if (tries >= fruitlessTries) return { kind: 'link-lost', why: end.why }
    await parts.clock.sleep(retryGaps[Math.min(tries, retryGaps.length - 1)] ?? 0, signal)
  }
  return null
}

/** Downloads the result and accepts it only after a strict decode of every frame. */
export const downloadStep: Step = async (context) => {
  const { parts, record, signal } = context
  const { order, attempt } = record
  const provider = await parts.providerOf(order)
  if (!provider.ok) return { type: 'held', problem: provider.problem, until: holdFor(parts, 60) }
  if (attempt.resultUrl === null) return { type: 'link-lost', problem: null }
  const { resultUrl } = attempt
  const { loopback } = provider.value
  const end = await parts.downloads.pass(attempt.resultUntil, signal, () =>
    fetchUntilWhole(context, { url: resultUrl, loopback, part: resultPlace(parts.library, attempt).part }),
  )
  if (end === null || end.kind === 'interrupted') return null
  if (end.kind === 'link-lost') {
    parts.log(`the link to the result no longer works: ${end.why}`, { take: order.id })
    return { type: 'link-lost', problem: resultNotDownloaded(end.why) }
  }
  if (end.kind === 'held') return { type: 'held', problem: end.problem, until: holdFor(parts, 60) }
  return verify(context, signal, end)
}

/** Recognises a web page or a message that came instead of the video. */
export async function cameInstead(part: string, answer: string): Promise<string | null> {
  const file = await open(part).catch(() => null)
  try {
    const head = Buffer.alloc(64)
    const start = (await file?.read(head, 0, head.length, 0)) ? head.toString('latin1').trimStart() : ''
    if (start.startsWith('<')) return pageInstead(answer)
    return /^[{[]/.test(start) ? messageInstead(answer) : null
  } finally {
    await file?.close()
  }
}

/** A result this much shorter than expected is downloaded once more if its end is unconfirmed. */
const cutTolerance: Fraction = 0.1

/** Whether a result whose end is unconfirmed is so short that it may have been cut off. */
export const mayBeCut = (proven: boolean, lasts: Seconds, asked: Seconds) =>
  !proven && lasts < asked * (1 - cutTolerance)

/** Kept for the comparison, which measures the motion again where this fails. */
async function keepCurve(
  { library, log }: StepContext['parts'],
  take: string,
  { sha256 }: ResultFacts,
  motion: MotionCurve | undefined,
): Promise<void> {
  if (motion === undefined) return
  try {
    const { step, values } = timingOf(motion)
    await keepMotion(takeFolder(library, take).folder, { result: { sha256, step, values: [...values] } })
  } catch (error) {
    log('the motion curve wasn’t kept', { take, error })
  }
}

/**
 * Providers shorten results (at cuts, or always for some models) and still charge, so a complete file of another
 * length counts. Only if the server didn’t confirm the end is it downloaded once more first: a fragmented file
 * that was cut between two fragments looks complete.
 */
async function verify(
  { parts, record }: StepContext,
  signal: AbortSignal,
  { proven, answer }: Extract<FetchEnd, { kind: 'complete' }>,
): Promise<TakeEvent | null> {
  const { folder, part } = resultPlace(parts.library, record.attempt)
  const { attempt, order } = record
  const asked = attempt.preparedClip?.duration ?? order.estimate.seconds
  const measured: MotionCurve[] = []
  const onMotion = (motion: MotionCurve) => measured.push(motion)
  const seen: (readonly Uint8Array[])[] = []
  const onStills = (jpegs: readonly Uint8Array[]) => seen.push(jpegs)
  const stills = { count: spriteCells, maxSide: posterSide, onStills }
  const verified = await parts.media.verifyResult(part, { signal, onMotion, stills })
  if (signal.aborted) return null
  if (verified.ok) {
    const isDoubtful = mayBeCut(proven, verified.value.duration, asked)
    if (!isDoubtful || attempt.failedFetches > 0) {
      await keepCurve(parts, order.id, verified.value, measured[0])
      for (const jpegs of seen) await parts.keepStills(order.id, verified.value, jpegs)
      return { type: 'verified', result: verified.value }
    }
    const why = endUnconfirmed(verified.value.duration)
    parts.log(`the result is downloaded again: ${why}`, { take: order.id })
    return { type: 'link-lost', problem: resultNotDownloaded(why) }
  }
  // Neither says anything about the file, so it is kept.
  if (verified.problem.code === 'tool-missing' || verified.problem.code === 'tool-failed') {
    return { type: 'held', problem: verified.problem, until: holdFor(parts, 60) }
  }
  if (!existsSync(folder))
    return { type: 'held', problem: resultFolderGone(folder).problem, until: holdFor(parts, 60) }
  const why =
    (await cameInstead(part, answer)) ?? [answer, verified.problem.detail].filter(Boolean).join(': ')
  // A file that doesn’t decode is never resumed. The next try gets a new link and starts over.
  await rm(part, { force: true })
  parts.log(`the downloaded result is damaged: ${why}`, { take: order.id })
  return { type: 'link-lost', problem: resultNotDownloaded(why) }
}

/** Null if there is no such file. */
export const hashOf = async (path: string) => (existsSync(path) ? await sha256Of(path) : null)

/** Renames a finished file durably. Returns the system’s message if another program is using it. */
export async function giveName(
  { part, target, sha256 }: { readonly part: string; readonly target: string; readonly sha256: string },
  { parts, signal }: Pick<StepContext, 'parts' | 'signal'>,
): Promise<string | null> {
  await flushFile(part)
  // Any other file with that name is not ours, so it is kept.
  if (![null, sha256].includes(await hashOf(target))) moveToBackupName(target)
  return renameFirmly(part, target, parts, signal)
}

/** Renames the verified file. After a crash in between it may already have its final name. */
export const finishStep: Step = async ({ parts, record, signal }) => {
  const { attempt, order } = record
  const { part, result, folder } = resultPlace(parts.library, attempt)
  const sha256 = attempt.result?.sha256
  if (sha256 !== undefined && (await hashOf(part)) === sha256) {
    const renamed = await giveName({ part, target: result, sha256 }, { parts, signal })
    if (signal.aborted) return null
    if (renamed !== null)
      return { type: 'held', problem: resultFileInUse(order.clipName, renamed), until: holdFor(parts, 15) }
  } else if ((await hashOf(result)) !== sha256) return { type: 'result-lost' }
  await flushFolder(folder)
  return { type: 'done', resultTime: (await stat(result)).mtimeMs }
}
