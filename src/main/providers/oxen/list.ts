import { listRefused, tasksNotListed } from './problems.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Answer, AskEnd } from '../http/http.ts'
import { readAnswer } from '../answers.ts'
import { oxenList, oxenListed } from './answers.ts'
import { oxenStatuses } from './find.ts'
import { type TaskStatus, onceEach, type ListedTask, type TaskList } from '../provider.ts'

type StatusOf = (entry: unknown) => TaskStatus

/** Oxen lists by status, without pages; `count` says when it holds some back. */
export async function listAtOxen(
  list: (status: string) => Promise<AskEnd>,
  statusOf: StatusOf,
): Promise<Outcome<TaskList>> {
  const tasks: ListedTask[] = []
  let whole = true
  for (const status of oxenStatuses) {
    const end = await list(status)
    const page = end.kind === 'answer' && end.answer.status === 200 ? readPage(end.answer, statusOf) : null
    if (page === null)
      return tasksNotListed(end.kind === 'silent' ? end.why : listRefused(end.answer.status, status))
    tasks.push(...page.tasks)
    whole &&= page.whole
  }
  return ok({ tasks: onceEach(tasks), whole })
}

function readPage({ body }: Answer, statusOf: StatusOf): TaskList | null {
  const list = readAnswer(body, oxenList)
  if (!list) return null
  const tasks = list.generations.flatMap((entry): readonly ListedTask[] => {
    const read = oxenListed.safeParse(entry).data
    if (!read) return []
    const { generation_id: taskId, enqueued_at: at } = read
    const status = statusOf(entry)
    if (status.kind === 'missing' || status.kind === 'silent') return []
    const known =
      status.kind === 'unclear' ? ({ kind: 'running', word: '', progress: null, eta: null } as const) : status
    return [{ taskId, ownId: null, createdAt: Date.parse(at), status: known }]
  })
  return {
    tasks,
    whole: (list.count ?? 0) <= list.generations.length && tasks.length === list.generations.length,
  }
}
