import { listRefused, listUnreadable } from './problems.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { AskEnd } from '../http/http.ts'
import { readAnswer } from '../answers.ts'
import { oxenList, oxenListed, oxenNamed } from './answers.ts'
import type { Found, Sought } from '../provider.ts'

/** Without a status only active tasks are listed, so every status is asked for by name. */
export const oxenStatuses = ['queued', 'processing', 'succeeded', 'failed', 'cancelled'] as const

const margin: Milliseconds = 5 * 60_000
/** The echoed parameters stand beside the other fields as documented; one level of wrapping is looked through too. */
const deepest = 2

type Page = {
  /** When each task that fits was queued, by its id. */
  readonly fitting: ReadonlyMap<string, Milliseconds>
  /** Why an empty page would be no proof of absence. */
  readonly doubt: string | null
}

/** What a task repeats under one name. */
function echoed(task: unknown, field: string, depth = 0): readonly string[] {
  if (typeof task !== 'object' || task === null || depth > deepest) return []
  return Object.entries(task).flatMap(([name, value]) =>
    name === field && typeof value === 'string' ? [value.trim()] : echoed(value, field, depth + 1),
  )
}

/** Does a task repeat anything that is not ours? Whatever it leaves out is no objection. */
function contradicts(task: unknown, { characterUrl, settings }: Sought): boolean {
  const ours = {
    ...(characterUrl !== null && { input_image: characterUrl }),
    prompt: settings.prompt,
    character_orientation: settings.orientation,
  }
  return Object.entries(ours).some(([field, value]) => {
    const theirs = echoed(task, field)
    return theirs.length > 0 && !theirs.includes(value.trim())
  })
}

const taskIdOf = (task: unknown) => oxenNamed.safeParse(task).data?.generation_id

function readPage(body: string, sought: Sought, earliest: Milliseconds): Page | null {
  const list = readAnswer(body, oxenList)
  if (!list) return null
  const fitting = new Map<string, Milliseconds>()
  let doubt = (list.count ?? 0) > list.generations.length ? 'a list left out some tasks' : null
  for (const entry of list.generations) {
    const id = taskIdOf(entry)
    if (!echoed(entry, 'input_video').includes(sought.clipUrl)) continue
    if (id !== undefined && sought.known.includes(id)) continue
    const read = oxenListed.safeParse(entry).data
    if (!read) doubt = 'a task with this clip isn’t readable'
    else if (Date.parse(read.enqueued_at) < earliest) continue
    // It may still be ours, repeated in other words: that is for the user to see.
    else if (contradicts(entry, sought)) doubt = `task ${read.generation_id} has this clip but other settings`
    else fitting.set(read.generation_id, Date.parse(read.enqueued_at))
  }
  return { fitting, doubt }
}

/**
 * Finds the task of a lost answer by the address of its clip and whatever else Oxen repeats of the request. An address
 * of the user's own may serve several takes, so the tasks of other takes are left alone, and twins are not guessed at.
 * `ahead` is by how much the server's clock is ahead of ours.
 */
export async function findAtOxen(
  sought: Sought,
  list: (status: string) => Promise<AskEnd>,
  ahead: () => Milliseconds,
): Promise<Found> {
  // By id: a task that moves on between two lists is shown in both.
  const fitting = new Map<string, Milliseconds>()
  let doubt: string | null = null
  for (const status of oxenStatuses) {
    const end = await list(status)
    if (end.kind === 'silent') doubt = end.why
    else if (end.answer.status !== 200) doubt = listRefused(end.answer.status, status)
    else {
      const page = readPage(end.answer.body, sought, Date.parse(sought.sentAt) + ahead() - margin)
      if (!page) doubt = listUnreadable(status)
      else doubt = page.doubt ?? doubt
      for (const [id, at] of page?.fitting ?? []) fitting.set(id, at)
    }
  }
  const taskIds = [...fitting].sort(([, a], [, b]) => a - b).map(([id]) => id)
  const [only, ...others] = taskIds
  if (only !== undefined)
    return others.length === 0 ? { kind: 'found', taskId: only } : { kind: 'several', taskIds }
  return doubt === null ? { kind: 'absent' } : { kind: 'silent', why: doubt }
}
