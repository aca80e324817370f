import { existsSync } from 'node:fs'
import { rename, rm, statfs } from 'node:fs/promises'
import { fail } from '../../shared/outcome.ts'
import { formatBytes, MiB } from '../../shared/units.ts'
import { flushFile, flushFolder } from '../files/durable.ts'
import { sha256Of } from '../media/hash-file.ts'
import { fetchResult, type FetchEnd } from './fetch-result.ts'
import { takeFolder } from './take-folder.ts'
import { holdFor, type Doing, type DoWork } from './work.ts'
import type { TakeEvent } from './machine.ts'

/** Less than this free, and a download is not begun: the journal needs room as well. */
const roomNeeded = 64 * MiB

export const workOpenDownload: DoWork = async ({ parts, record }) => {
  const { folder } = takeFolder(parts.library, record.order.id)
  const space = await statfs(folder)
  const free = space.bavail * space.bsize
  if (free >= roomNeeded) return { type: 'download-started' }
  const { problem } = fail(
    'disk-full',
    `Only ${formatBytes(free)} are free, so the result cannot be saved yet.`,
    {
      advice: 'Free some space: the download goes on by itself.',
    },
  )
  return { type: 'held', problem, until: holdFor(parts, 15) }
}

const retryGaps = [500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000]

/** So many tries in a row without a new byte, and the link itself is doubted: the provider may have moved the file. */
const fruitlessTries = 3

async function fetchUntilWhole(doing: Doing, url: string, loopback: boolean): Promise<FetchEnd | null> {
  const { parts, record, signal, onProgress } = doing
  const { part } = takeFolder(parts.library, record.order.id)
  const marked = () => (existsSync(part) ? parts.journal.mark(record.attempt) : null)
  let tries = 0
  while (!signal.aborted) {
    const before = marked()
    const end = await fetchResult({
      url,
      loopback,
      part,
      mark: before,
      onMark: (mark) => {
        parts.journal.setMark(record.attempt, mark)
      },
      onProgress,
      signal,
    })
    if (end.kind !== 'interrupted') return end
    parts.log(`the download was interrupted: ${end.why}`, { take: record.order.id })
    tries = (marked()?.done ?? 0) > (before?.done ?? 0) ? 0 : tries + 1
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
  if (end.kind === 'held') return { type: 'held', problem: end.problem, until: holdFor(parts, 15) }
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
  const { part } = takeFolder(parts.library, record.order.id)
  const expected = counted ? null : record.order.estimate.seconds
  const verified = await parts.media.verifyResult(part, expected, { signal })
  if (signal.aborted) return null
  if (verified.ok) return { type: 'verified', result: verified.value }
  if (verified.problem.code === 'tool-missing') {
    return { type: 'held', problem: verified.problem, until: holdFor(parts, 60) }
  }
  // A file that does not decode is never continued: the next try asks for a fresh link and starts from its first byte.
  await rm(part, { force: true })
  parts.log(`the downloaded result is damaged: ${verified.problem.message}`, { take: record.order.id })
  return { type: 'link-lost' }
}

const hashOf = async (path: string) => (existsSync(path) ? await sha256Of(path) : null)

/** Gives the verified file its final name; after a crash in between, whichever of both names holds it is right. */
export const workFinish: DoWork = async ({ parts, record }) => {
  const { part, result, folder } = takeFolder(parts.library, record.order.id)
  const sha256 = record.attempt.result?.sha256
  if ((await hashOf(part)) === sha256) {
    await flushFile(part)
    await rename(part, result)
    await flushFolder(folder)
    return { type: 'done' }
  }
  return { type: (await hashOf(result)) === sha256 ? 'done' : 'result-lost' }
}
