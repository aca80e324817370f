import { rm } from 'node:fs/promises'
import type { ResultFacts } from '../../../shared/domain/media.ts'
import { flushFolder } from '../../files/durable.ts'
import { markMissed } from '../problems.ts'
import type { TakeEvent } from '../take-event.ts'
import { resultPlace } from '../take-folder.ts'
import { cameInstead, fetchUntilWhole, giveName, hashOf, mayBeCut } from './download.ts'
import { cutOff } from './problems.ts'
import type { StepContext, Step } from './step.ts'

/** What happened: an event, why the file is missing, or null if the step was stopped. */
type Came = TakeEvent | string | null

/** Downloads the file and verifies it like a result. */
async function bring(context: StepContext, url: string): Promise<Came> {
  const { parts, record, signal } = context
  const { order, attempt } = record
  const { markedPart: part } = resultPlace(parts.library, attempt)
  const provider = await parts.providerOf(order)
  if (!provider.ok) return provider.problem.message
  const { loopback } = provider.value
  const end = await parts.downloads.pass(attempt.resultUntil, signal, () =>
    fetchUntilWhole(context, { url, loopback, part }),
  )
  if (end === null) return null
  if (end.kind === 'held') return end.problem.message
  if (end.kind !== 'complete') return end.why
  const verified = await parts.media.verifyResult(part, { signal })
  if (signal.aborted) return null
  if (!verified.ok || mayBeCut(end.proven, verified.value.duration, attempt.result?.duration ?? 0)) {
    const why = (await cameInstead(part, end.answer)) ?? (verified.ok ? cutOff : verified.problem.message)
    await rm(part, { force: true })
    return why
  }
  return { type: 'mark-verified', result: verified.value }
}

/** Renames the verified file. After a crash in between it may already have its final name. */
async function name(context: StepContext, { sha256 }: ResultFacts, url: string): Promise<Came> {
  const { parts, record, signal } = context
  const { folder, marked, markedPart: part } = resultPlace(parts.library, record.attempt)
  if ((await hashOf(part)) === sha256) {
    const inUse = await giveName({ part, target: marked, sha256 }, context)
    if (signal.aborted) return null
    if (inUse !== null) return inUse
  } else if ((await hashOf(marked)) !== sha256) return { type: 'mark-found', url }
  await flushFolder(folder)
  return { type: 'marked' }
}

/**
 * Downloads the watermarked version beside the result. The take is already done and stays done: a failure becomes
 * a sentence, and is retried when the user checks the take again.
 */
export const fetchMarkedStep: Step = async (context) => {
  const { parts, record, signal } = context
  const { attempt, order } = record
  const { watermarkUrl: url, watermarked } = attempt
  if (url === null) return null
  const missed = (why: string): TakeEvent => {
    parts.log(`the watermarked version wasn’t downloaded: ${why}`, { take: order.id })
    return { type: 'mark-missed', problem: markMissed(order.clipName, why) }
  }
  try {
    // A take that is done shows no progress.
    const quiet = { ...context, onProgress: () => undefined }
    const came = watermarked === null ? await bring(quiet, url) : await name(quiet, watermarked, url)
    return typeof came === 'string' ? missed(came) : came
  } catch (error) {
    if (signal.aborted) return null
    return missed(error instanceof Error ? error.message : String(error))
  }
}
