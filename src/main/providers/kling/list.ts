import { listUnreadable, tasksNotListed } from './problems.ts'
import { z } from 'zod'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { AskEnd } from '../http/http.ts'
import { readJson } from '../json.ts'
import { readEnvelope, readTask, type KlingTask, statusOf, taskData } from './answers.ts'
import { readTasks } from './official-2-answers.ts'
import { providerTime } from '../provider-time.ts'
import { type Provider, mostPages, onceEach, pageSize, type ListedTask, type TaskList } from '../provider.ts'

const made = z.object({ created_at: providerTime, create_time: providerTime })

function createdAt(entry: unknown): Milliseconds | null {
  const read = made.safeParse(entry)
  return read.success ? (read.data.created_at ?? read.data.create_time) : null
}

function listed(entry: unknown, task: KlingTask): ListedTask {
  const status = statusOf(task)
  return {
    taskId: task.id,
    ownId: task.ownId,
    createdAt: createdAt(entry),
    status:
      status.kind === 'missing' || status.kind === 'silent' || status.kind === 'unclear'
        ? { kind: 'running', word: task.status, progress: null, eta: null }
        : status,
  }
}

/** `left`: entries that couldn't be read. */
type Page = { readonly tasks: readonly ListedTask[]; readonly left: number; readonly more: boolean }

function pageOf(end: AskEnd, read: (data: unknown) => Page | null): Outcome<Page> {
  if (end.kind === 'silent') return tasksNotListed(end.why)
  const found = taskData(end.answer)
  if (found.kind !== 'data')
    return tasksNotListed(found.kind !== 'missing' ? found.why : `HTTP ${String(end.answer.status)}`)
  const page = read(found.data)
  return page === null ? tasksNotListed(listUnreadable) : ok(page)
}

async function allPages(next: (page: number) => Promise<Outcome<Page>>): Promise<Outcome<TaskList>> {
  let tasks: readonly ListedTask[] = []
  let left = 0
  for (let page = 1; page <= mostPages; page += 1) {
    const answered = await next(page)
    if (!answered.ok) return answered
    const all = onceEach([...tasks, ...answered.value.tasks])
    // A service that knows no pages repeats the first one, for as long as it is asked.
    const isOver = !answered.value.more || all.length === tasks.length
    tasks = all
    left += answered.value.left
    if (isOver) return ok({ tasks, whole: left === 0 })
  }
  return ok({ tasks, whole: false })
}

type Ask = (query: Readonly<Record<string, string>>, signal?: AbortSignal) => Promise<AskEnd>

/**
 * Older generation: `pageNum` from 1 and `pageSize` to 500 are documented, a total is not. `shortPages`: pages may have
 * been cut shorter than was asked for, so only an empty one is the last.
 */
export function listByPages(ask: Ask, { shortPages = false } = {}): NonNullable<Provider['list']> {
  const read = (data: unknown): Page | null => {
    if (!Array.isArray(data)) return null
    const tasks = data.flatMap((entry: unknown) => {
      const task = readTask(entry)
      return task ? [listed(entry, task)] : []
    })
    if (tasks.length === 0 && data.length > 0) return null
    return { tasks, left: data.length - tasks.length, more: data.length >= (shortPages ? 1 : pageSize) }
  }
  return (signal) =>
    allPages(async (page) =>
      pageOf(await ask({ pageNum: String(page), pageSize: String(pageSize) }, signal), read),
    )
}

const cursored = z.object({
  next_cursor: z.string().min(1).max(4096).nullish().catch(null),
  has_more: z.boolean().nullish().catch(null),
})
const held = z.object({
  items: z.array(z.unknown()).nullish().catch(null),
  tasks: z.array(z.unknown()).nullish().catch(null),
  list: z.array(z.unknown()).nullish().catch(null),
})

/** Where the tasks are beside the cursor is not documented: an array, or one inside `data`. */
function entriesOf(data: unknown): readonly unknown[] | null {
  if (Array.isArray(data)) return data as readonly unknown[]
  const read = held.safeParse(data)
  return read.success ? (read.data.tasks ?? read.data.items ?? read.data.list ?? null) : null
}

/** Newer generation: `POST /tasks` continues by `cursor` while `has_more` is true. */
export function listByCursor(
  ask: (body: string, signal?: AbortSignal) => Promise<AskEnd>,
): NonNullable<Provider['list']> {
  return (signal) => {
    let cursor: string | null = null
    return allPages(async () => {
      const end = await ask(JSON.stringify({ limit: pageSize, ...(cursor !== null && { cursor }) }), signal)
      const found = end.kind === 'answer' ? readCursor(end.answer.body) : null
      const page = pageOf(end, (data) => {
        const entries = entriesOf(data)
        const tasks = entries?.flatMap((entry) =>
          (readTasks([entry]) ?? []).map((task) => listed(entry, task)),
        )
        if (!tasks || !found || (tasks.length === 0 && entries?.length !== 0)) return null
        return { tasks, left: (entries?.length ?? 0) - tasks.length, more: found.next !== null }
      })
      cursor = found?.next ?? null
      return page
    })
  }
}

type Cursor = { readonly next: string | null }

/** The cursor is beside `data` or inside it; null where more is promised and no cursor says how to get there. */
function readCursor(body: string): Cursor | null {
  const read = [readJson(body), readEnvelope(body)?.data].flatMap((place) => {
    const parsed = cursored.safeParse(place)
    return parsed.success ? [parsed.data] : []
  })
  const next = read.find(({ next_cursor: one }) => typeof one === 'string')?.next_cursor ?? null
  const hasMore = read.find(({ has_more: one }) => typeof one === 'boolean')?.has_more ?? next !== null
  if (!hasMore) return { next: null }
  return next === null ? null : { next }
}
