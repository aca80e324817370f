import type { Command } from 'commander'
import { resolve } from 'node:path'
import { z } from 'zod'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { offsetSentences } from '../../../shared/text/found-offset.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { option, wordOption } from '../options.ts'
import { tensOf } from '../output.ts'
import { needs } from '../problems.ts'
import type { SyncRequest } from '../requests.ts'
import { using, type Session } from '../session.ts'
import { example } from './media-flags.ts'

const ways = ['both', 'sound', 'motion'] as const

export const addSync = (program: Command): Command =>
  program
    .command('sync')
    .description('find how far the result has to be moved in time to match the reference')
    .addOption(option('reference', 'file', 'the reference video'))
    .addOption(option('result', 'file', 'the result'))
    .addOption(wordOption('by', ways, 'what to compare; sound alone is faster (default: both)'))
    .addHelpText('after', example('sync --reference dance.mp4 --result take.mp4'))

const syncFlags = z.object({
  reference: z.string().optional(),
  result: z.string().optional(),
  by: z.enum(ways).optional(),
})

export function readSync(raw: unknown, cwd: string): Outcome<SyncRequest> {
  const { reference, result, by } = syncFlags.parse(raw)
  if (reference === undefined) return needs('sync', 'the reference: --reference FILE')
  if (result === undefined) return needs('sync', 'the result: --result FILE')
  return ok({
    command: 'sync',
    reference: resolve(cwd, reference),
    result: resolve(cwd, result),
    by: by ?? 'both',
  })
}

/** `compare` counts the same way. */
const useIt = (offset: number) =>
  `Use it with: understudy compare --offset ${String(Number(offset.toFixed(3)))}`

/** Finds the offset between a reference and a result; changes nothing. Not to find one is an answer too. */
export function runSync({ reference, result, by }: SyncRequest, session: Session): Promise<ExitCode> {
  const { printer, signal } = session
  const onProgress = tensOf((text) => {
    if (printer.terminal) printer.line(text)
  })
  return using(session, session.openWorkshop(), async (workshop) => {
    const found = await workshop.findOffset({ reference, result, by }, { signal, onProgress })
    if (!found.ok) {
      printer.problem(found.problem)
      return exitCodeOf(found.problem)
    }
    printer.value(found.value)
    for (const sentence of offsetSentences(found.value)) printer.line(sentence)
    const { offset } = found.value
    if (offset !== null) printer.line(useIt(offset))
    return exitCodes.done
  })
}
