import { z } from 'zod'
import type { Fraction } from '../../shared/units.ts'
import { readJson } from './json.ts'
import { namesTask } from './names-task.ts'
import { providerText } from './provider-text.ts'
import { costOf, maybeText, taskIdText, type KlingTask } from './kling-answers.ts'

/** What is there, in the order it is trusted. */
const present = (values: readonly (string | null | undefined)[]) =>
  values.filter((value): value is string => typeof value === 'string' && value !== '')

const some = taskIdText.nullish().catch(null)
/** An address is used or left, never cut. */
const link = z.string().max(8192).nullish().catch(null)
const anError = z.union([
  z.object({ message: maybeText, type: maybeText, code: maybeText }),
  z.string().transform((message) => ({ message: providerText(message), type: null, code: null })),
])
/** An error without a word in it is none. */
const maybeError = anError
  .transform((error) => (present([error.message, error.type, error.code]).length > 0 ? error : null))
  .nullish()
  .catch(null)

/** Everything that any gateway was seen to put on one level of its answer. */
const level = z.object({
  code: maybeText,
  message: maybeText,
  task_id: some,
  id: some,
  task_status: maybeText,
  task_status_msg: maybeText,
  status: maybeText,
  task_result: z
    .object({ videos: z.array(z.object({ url: link })).catch([]) })
    .nullish()
    .catch(null),
  url: link,
  result_url: link,
  error: maybeError,
  fail_reason: maybeText,
  progress: maybeText,
  final_unit_deduction: maybeText,
  final_balance_deduction: z.object({ quota: maybeText }).nullish().catch(null),
})
const noLevel = level.parse({})
const envelope = level.extend({ data: level.nullish().catch(null) })

export type GatewayAnswer = {
  readonly code: string | null
  /** The code is one of those that mean success, or there is none and no error either. */
  readonly good: boolean
  /** An error of the OpenAI kind. */
  readonly openAiStyle: boolean
  /** What such an error calls itself: its type and its code. */
  readonly names: string
  /** Everything the gateway says in words: code, message and type. */
  readonly words: string
  /** What a person should read of it. */
  readonly message: string
  readonly taskId: string | null
  /** A task is named anywhere at all, even where no id is taken from. */
  readonly namesTask: boolean
  /** The task as far as the answer speaks of it. */
  readonly task: GatewayTask | null
}
type GatewayTask = Omit<KlingTask, 'id' | 'url'> & {
  readonly urls: readonly string[]
  readonly progress: Fraction | null
}
type Level = z.infer<typeof level>

const good = new Set(['0', '200', 'success', 'succeed'])

/** The task of an answer, unless its words may be about the answer itself. */
function readTask(top: Level, data: Level, trusted: boolean): GatewayTask | null {
  const inside = present([data.task_status, data.status])[0]
  const outside = present([top.task_status, top.status])[0]
  const named = present([data.task_id, top.task_id, top.id]).length > 0
  const status = inside !== undefined && (trusted || named) ? inside : named ? outside : undefined
  if (status === undefined) return null
  return {
    ownId: null,
    status: status.toLowerCase(),
    reason:
      present([data.task_status_msg, data.error?.message, top.error?.message, data.fail_reason])[0] ?? null,
    urls: present([data.task_result?.videos[0]?.url, data.url, data.result_url, top.url]),
    progress: percent(data.progress),
    cost: costOf(data.final_unit_deduction, data.final_balance_deduction?.quota),
  }
}

/** Null when the answer is no JSON object. */
export function readGateway(body: string): GatewayAnswer | null {
  const json = readJson(body)
  const parsed = envelope.safeParse(json)
  if (!parsed.success) return null
  const top = parsed.data
  const data = top.data ?? noLevel
  const error = top.error ?? null
  const code = present([top.code])[0] ?? null
  const isGood = code === null ? error === null : good.has(code.toLowerCase())
  return {
    // An official code may have been put inside an error of the other kind.
    code: code ?? present([error?.code])[0] ?? null,
    good: isGood,
    openAiStyle: error !== null,
    names: present([error?.type, error?.code]).join(' '),
    words: present([code, top.message, error?.message, error?.type, error?.code]).join(' '),
    message: present([error?.message, top.message])[0] ?? '',
    // A bare `id` beside a bad code is that of the request.
    taskId: present([data.task_id, top.task_id, isGood ? top.id : null])[0] ?? null,
    namesTask: namesTask(json, ['task_id']) || present([data.id]).length > 0,
    task: readTask(top, data, isGood),
  }
}

/** Some gateways count in "37%"; a bare number could be anything. */
function percent(text: string | null | undefined): Fraction | null {
  const read = /^(\d{1,3})(?:\.\d+)?%$/.exec(text ?? '')
  return read ? Math.min(1, Number(read[1]) / 100) : null
}
