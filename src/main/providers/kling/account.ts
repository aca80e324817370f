import { tested } from './problems.ts'
import { z } from 'zod'
import type { AccountReport, Pack } from '../../../shared/domain/account.ts'
import type { Milliseconds, Timestamp } from '../../../shared/units.ts'
import { decimal, maybeText, readEnvelope, meaningOf } from './answers.ts'
import { askKling, type KlingParts } from './client.ts'

/** The window selects packs by the day they were bought, and the longest are sold for a year. */
const days = 400
const day: Milliseconds = 24 * 60 * 60 * 1000

const amount = decimal.nullish().catch(null)
const pack = z.object({
  resource_pack_name: maybeText,
  total_quantity: amount,
  remaining_quantity: amount,
  invalid_time: amount,
  status: maybeText,
})
const costs = z.object({ resource_pack_subscribe_infos: z.array(z.unknown()).catch([]) })

function timestamp(time: number | null | undefined): Timestamp | null {
  const date = new Date(time ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

function readPacks(data: unknown): readonly Pack[] {
  const parsed = costs.safeParse(data)
  if (!parsed.success) return []
  return parsed.data.resource_pack_subscribe_infos.flatMap((entry) => {
    const read = pack.safeParse(entry)
    if (!read.success) return []
    return [
      {
        name: read.data.resource_pack_name ?? '',
        total: read.data.total_quantity ?? null,
        remaining: read.data.remaining_quantity ?? null,
        expires: timestamp(read.data.invalid_time),
        status: read.data.status ?? '',
      },
    ]
  })
}

const undecided = (message: string): AccountReport => ({ verdict: 'undecided', message, packs: [] })

function works(packs: readonly Pack[]): AccountReport {
  const message = packs.length === 0 ? tested.noPack(days) : tested.works
  return { verdict: 'works', message, packs }
}

/** Asks for the packs of the account: free, at most once a second, and only a working key gets an answer. */
export async function testKling(parts: KlingParts, signal?: AbortSignal): Promise<AccountReport> {
  const now = Math.round(parts.http.serverTime())
  const query = { start_time: String(now - days * day), end_time: String(now) }
  const end = await askKling(parts, { path: '/account/costs', query }, signal)
  if (end.kind === 'silent') return undecided(tested.unreached)
  const envelope = readEnvelope(end.answer.body)
  if (!envelope) return undecided(tested.unreadable(end.answer.status))
  if (envelope.code === '0') return works(readPacks(envelope.data))
  const meaning = meaningOf(envelope.code)
  if (!meaning) return undecided(tested.otherCode(envelope.code))
  return meaning.kind === 'refused' && meaning.code.startsWith('account-')
    ? { verdict: 'refused', message: `${meaning.message} ${meaning.advice}`, packs: [] }
    : undecided(tested.later(meaning.message))
}
