import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { fail } from '../../../shared/outcome.ts'
import { flushFile, flushFolder, renameFirmly } from '../../files/durable.ts'
import { sha256Of } from '../../media/hash-file.ts'
import { moveAside } from '../aside.ts'
import { fetchResult, type FetchEnd } from './fetch-result.ts'
import type { Mark } from '../journal/download-rows.ts'
import { folderGone, resultPlace, roomIn } from '../result-place.ts'
import { holdFor, type Doing, type DoWork } from './work.ts'
import type { TakeEvent } from '../machine.ts'

const sizeOf = async (path: string) => (await stat(path).catch(() => null))?.size ?? null

export const workOpenDownload: DoWork = async ({ parts, record }) => {
  const { folder, part } = resultPlace(parts.library, record.attempt)
  const total = parts.journal.mark(record.attempt)?.total ?? null
  const room = await roomIn(folder, total, (await sizeOf(part)) ?? 0)
  if (room.ok) return { type: 'download-started' }
  return { type: 'held', problem: room.problem, until: holdFor(parts, 60) }
}

const retryGaps = [500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000]

/** So many tries in a row without a new byte, and the link itself is doubted: the provider may have moved the file. */
const fruitlessTries = 3

/** What is marked counts only as far as the file really reaches. */
async function markOf({ parts, record }: Doing, part: string): Promise<Mark | null> {
  const mark = parts.journal.mark(record.attempt)
  const there = await sizeOf(part)
  return mark === null || there === null || there < mark.done ? null : mark
}

async function fetchUntilWhole(doing: Doing, url: string, loopback: boolean): Promise<FetchEnd | null> {
  const { parts, record, signal, onProgress } = doing
  const { folder, part } = resultPlace(parts.library, record.attempt)
  let tries = 0
  while (!signal.aborted) {
    const before = await markOf(doing, part)
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
    const after = await markOf(doing, part)
    tries = (after?.done ?? 0) > (before?.done ?? 0) ? 0 : tries + 1
    if (tries >= fruitlessTries) return { kind: 'link-lost', why: end.why }
    await parts.clock.sleep(retryGaps[Math.min(tries, retryGaps.length - 1)] ?? 0, signal)
  }
  return null
}

/** Brings the result home and believes it only after a strict decode of every frame. */
export const workDownload: DoWork = async (doing) => {
  const { parts, record, signal } = doing
  const { order, attempt } = record
  const provider = await parts.providerOf(order)
  if (!provider.ok) return { type: 'held', problem: provider.problem, until: holdFor(parts, 60) }
  if (attempt.resultUrl === null) return { type: 'link-lost' }
  const { resultUrl } = attempt
  const { loopback } = provider.value
  const end = await parts.downloads.pass(attempt.resultUntil, signal, () =>
    fetchUntilWhole(doing, resultUrl, loopback),
  )
  if (end === null || end.kind === 'interrupted') return null
  if (end.kind === 'link-lost') {
    parts.log(`the link to the result no longer works: ${end.why}`, { take: order.id })
    return { type: 'link-lost' }
  }
  if (end.kind === 'held') return { type: 'held', problem: end.problem, until: holdFor(parts, 60) }
  return verify(doing, signal, end.counted)
}

/**
 * Providers shorten results (at cuts, or always for some models) and keep the money: a whole file of another length is
 * still what was paid for. Only where no server said how long the file is does its duration have to witness for it.
 */
async function verify(
  { parts, record }: Doing,
  signal: AbortSignal,
  counted: boolean,
): Promise<TakeEvent | null> {
  const { folder, part } = resultPlace(parts.library, record.attempt)
  const expected = counted ? null : record.order.estimate.seconds
  const verified = await parts.media.verifyResult(part, expected, { signal })
  if (signal.aborted) return null
  if (verified.ok) return { type: 'verified', result: verified.value }
  // Neither says anything about the file: it stays where it is.
  if (verified.problem.code === 'tool-missing' || verified.problem.code === 'tool-failed') {
    return { type: 'held', problem: verified.problem, until: holdFor(parts, 60) }
  }
  if (!existsSync(folder))
    return { type: 'held', problem: folderGone(folder).problem, until: holdFor(parts, 60) }
  // A file that does not decode is never continued: the next try asks for a fresh link and starts from its first byte.
  await rm(part, { force: true })
  parts.log(`the downloaded result is damaged: ${verified.problem.message}`, { take: record.order.id })
  return { type: 'link-lost' }
}

const hashOf = async (path: string) => (existsSync(path) ? await sha256Of(path) : null)

const inUse = (clipName: string, detail: string) =>
  fail(
    'folder-unwritable',
    `The result of ${clipName} is whole, but another program keeps its file in use.`,
    {
      advice: 'A virus scanner or a player may have it open. Understudy tries again by itself.',
      detail,
    },
  ).problem

/** Gives the verified file its final name; after a crash in between, whichever of both names holds it is right. */
export const workFinish: DoWork = async ({ parts, record, signal }) => {
  const { attempt, order } = record
  const { part, result, folder } = resultPlace(parts.library, attempt)
  const sha256 = attempt.result?.sha256
  if ((await hashOf(part)) === sha256) {
    await flushFile(part)
    // Whatever else has that name is not ours to overwrite.
    if (![null, sha256].includes(await hashOf(result))) moveAside(result)
    const renamed = await renameFirmly(part, result, parts, signal)
    if (signal.aborted) return null
    if (renamed !== null)
      return { type: 'held', problem: inUse(order.clipName, renamed), until: holdFor(parts, 15) }
  } else if ((await hashOf(result)) !== sha256) return { type: 'result-lost' }
  await flushFolder(folder)
  return { type: 'done', resultTime: (await stat(result)).mtimeMs }
}
