import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { unfinishedName, writeWholeSync } from '../files/write-whole.ts'
import type { TrackFile } from '../processes/leftovers.ts'
import type { Exchange } from '../providers/http/exchanges.ts'
import type { Log } from '../system/ports.ts'
import type { Attempt } from './attempt.ts'
import { takeFolder } from './take-folder.ts'

const texts = z.record(z.string(), z.string())

const exchange: z.ZodType<Exchange> = z.object({
  kind: z.enum(['submit', 'question']),
  at: z.number(),
  took: z.number(),
  method: z.string(),
  address: z.string(),
  headers: texts,
  body: z.string().nullable(),
  answer: z.object({ status: z.number(), headers: texts, body: z.string() }).nullable(),
  why: z.string().nullable(),
})

const file = z.object({
  attempts: z.array(z.object({ attempt: z.number().int(), exchanges: z.array(exchange) })),
})

/** The requests of each attempt of a take, oldest first. */
export type KeptRequests = z.infer<typeof file>['attempts']

const most = { attempts: 5, submits: 3, failed: 8 } as const

const isFailed = ({ answer }: Exchange) => answer === null || answer.status >= 400

/** What is worth keeping of an attempt: its submits, the last good answer about its task, and answers that were none. */
export function worthKeeping(exchanges: readonly Exchange[]): readonly Exchange[] {
  const submits = exchanges.filter(({ kind }) => kind === 'submit').slice(-most.submits)
  const questions = exchanges.filter(({ kind }) => kind === 'question')
  const kept = new Set([
    ...submits,
    ...questions.filter(isFailed).slice(-most.failed),
    ...questions.filter((one) => !isFailed(one)).slice(-1),
  ])
  return exchanges.filter((one) => kept.has(one))
}

const fileIn = (folder: string) => join(folder, 'requests.json')

/** The requests that are kept in the folder of a take; none where there are none, or the file is damaged. */
export async function readRequests(folder: string): Promise<KeptRequests> {
  try {
    return file.parse(JSON.parse(await readFile(fileIn(folder), 'utf8'))).attempts
  } catch {
    return []
  }
}

type KeepParts = { readonly library: string; readonly log: Log; readonly trackFile: TrackFile }

/**
 * Adds requests to the folder of a take. They are for support only: a folder that is not there is not made, and a file
 * that can’t be written never stops a take.
 */
export async function keepRequests(
  { library, log, trackFile }: KeepParts,
  { take, number }: Attempt,
  heard: readonly Exchange[],
): Promise<void> {
  const { folder } = takeFolder(library, take)
  if (heard.length === 0 || !existsSync(folder)) return
  try {
    const before = await readRequests(folder)
    const own = before.find(({ attempt }) => attempt === number)?.exchanges ?? []
    const exchanges = worthKeeping([...own, ...heard])
    const attempts = [...before.filter(({ attempt }) => attempt !== number), { attempt: number, exchanges }]
    const path = fileIn(folder)
    // Nothing looks into the folder of a take that is over, so a kill here would leave the unfinished file for good.
    const untrack = trackFile(unfinishedName(path))
    try {
      writeWholeSync(path, `${JSON.stringify({ attempts: attempts.slice(-most.attempts) }, null, 2)}\n`)
    } finally {
      untrack()
    }
  } catch (error) {
    log('the requests of a take couldn’t be kept for its support pack', { take, error })
  }
}
