import { z } from 'zod'
import type { Cost } from '../../../shared/domain/money.ts'
import { decimal, link, maybeText, resultLinks, taskIdText, type KlingTask } from './answers.ts'
import { providerTime } from '../provider-time.ts'
import { stateWord } from '../task-words.ts'

const output = z.object({ type: maybeText, url: link, watermark_url: link })
const charge = z.object({ charge_type: maybeText, amount: decimal, currency: maybeText })

const task = z.object({
  id: taskIdText,
  status: maybeText,
  message: maybeText,
  external_id: maybeText,
  outputs: z.array(z.unknown()).nullish().catch(null),
  billing: z.array(z.unknown()).nullish().catch(null),
  create_time: providerTime,
  update_time: providerTime,
})

/** A pack is charged in units, a balance in its currency; both can pay for one task. */
function costOf(billing: readonly unknown[]): Cost | null {
  const sums = new Map<string, number>()
  for (const entry of billing) {
    const read = charge.safeParse(entry)
    if (!read.success) continue
    const name = read.data.charge_type === 'cash' ? (read.data.currency ?? 'of the balance') : 'units'
    sums.set(name, (sums.get(name) ?? 0) + read.data.amount)
  }
  const [first, ...rest] = [...sums].map(([name, sum]) => ({ name, amount: String(Number(sum.toFixed(6))) }))
  if (!first) return null
  const others = rest.map(({ name, amount }) => ` and ${amount} ${name}`)
  return { units: first.amount, unitName: `${first.name}${others.join('')}` }
}

function readTask(entry: unknown): readonly KlingTask[] {
  const read = task.safeParse(entry)
  if (!read.success) return []
  const outputs = (read.data.outputs ?? []).flatMap((one) => {
    const parsed = output.safeParse(one)
    return parsed.data?.url || parsed.data?.watermark_url ? [parsed.data] : []
  })
  const video =
    outputs.find(({ type }) => type === 'video') ??
    outputs.find(({ type }) => type === null || type === undefined)
  return [
    {
      id: read.data.id,
      ownId: read.data.external_id ?? null,
      status: stateWord(read.data.status ?? ''),
      reason: read.data.message ?? null,
      ...resultLinks(video?.url, video?.watermark_url),
      cost: costOf(read.data.billing ?? []),
      changedAt: read.data.update_time ?? read.data.create_time,
    },
  ]
}

/** The tasks of an answer; null when it holds anything but a list of them. */
export function readTasks(data: unknown): readonly KlingTask[] | null {
  if (!Array.isArray(data)) return null
  const tasks = data.flatMap(readTask)
  return tasks.length === 0 && data.length > 0 ? null : tasks
}

/** The id of a task that was just accepted. */
export function readSubmitted(data: unknown): string | null {
  const read = task.pick({ id: true }).safeParse(data)
  return read.success ? read.data.id : null
}
