import type { Milliseconds } from '../../shared/units.ts'
import type { AskEnd } from './http.ts'
import { readAnswer } from './json-answer.ts'
import { oxenList, oxenListed } from './oxen-answers.ts'
import type { Found, Sought } from './provider.ts'

/** Without a status only active tasks are listed, so every status is asked for by name. */
const statuses = ['queued', 'processing', 'succeeded', 'failed', 'cancelled'] as const

const margin: Milliseconds = 5 * 60_000
/** The echoed parameters stand beside the other fields as documented; one level of wrapping is looked through too. */
const deepest = 2

type Candidate = { readonly taskId: string; readonly at: Milliseconds }
type Page = { readonly candidates: readonly Candidate[]; readonly whole: boolean }

function echoes(task: unknown, clipUrl: string, depth = 0): boolean {
  if (typeof task !== 'object' || task === null) return false
  return Object.entries(task).some(
    ([name, value]) =>
      (name === 'input_video' && value === clipUrl) || (depth < deepest && echoes(value, clipUrl, depth + 1)),
  )
}

function readPage(body: string, clipUrl: string): Page | null {
  const list = readAnswer(body, oxenList)
  if (!list) return null
  const ours = list.generations.filter((entry) => echoes(entry, clipUrl))
  const read = ours.flatMap((entry) => oxenListed.safeParse(entry).data ?? [])
  return {
    candidates: read.map((entry) => ({ taskId: entry.generation_id, at: Date.parse(entry.enqueued_at) })),
    // A task of ours that cannot be read, or a list that holds back some, is no proof of absence.
    whole: read.length === ours.length && (list.count ?? 0) <= list.generations.length,
  }
}

/**
 * Finds the task of a lost answer by the address of its clip, which Oxen repeats and which nobody else knows.
 * `ahead` is by how much the server's clock is ahead of ours.
 */
export async function findAtOxen(
  sought: Sought,
  list: (status: string) => Promise<AskEnd>,
  ahead: () => Milliseconds,
): Promise<Found> {
  const candidates: Candidate[] = []
  let doubt: string | null = null
  for (const status of statuses) {
    const end = await list(status)
    if (end.kind === 'silent') doubt = end.why
    else if (end.answer.status !== 200) doubt = `HTTP ${String(end.answer.status)} for the ${status} tasks`
    else {
      const page = readPage(end.answer.body, sought.clipUrl)
      if (page?.whole !== true) doubt = `the list of ${status} tasks is not readable`
      candidates.push(...(page?.candidates ?? []))
    }
  }
  const earliest = Date.parse(sought.sentAt) + ahead() - margin
  const oldest = candidates.filter(({ at }) => at >= earliest).sort((a, b) => a.at - b.at)[0]
  if (oldest) return { kind: 'found', taskId: oldest.taskId }
  return doubt === null ? { kind: 'absent' } : { kind: 'silent', why: doubt }
}
