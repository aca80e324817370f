import { mayHaveBeenTaken, mentionsTaskId, providerText } from '../answers.ts'
import {
  gatewayNoBalance,
  gatewayKeyRefused,
  gatewayNoRights,
  gatewayRequestInvalid,
  refusedBehindGateway,
  type KlingMeaning,
} from './problems.ts'
import { z } from 'zod'
import type { Fraction } from '../../../shared/units.ts'
import { readJson } from '../json.ts'
import { costOf, maybeText, taskIdText, text, type KlingTask, meaningOf } from './answers.ts'
import { wrappedIn } from './gateway-wrapped.ts'
import { meaningOfWord, stateWord } from '../task-words.ts'

/** What is there, in the order it is trusted. */
const present = (values: readonly (string | null | undefined)[]) =>
  values.filter((value): value is string => typeof value === 'string' && value !== '')

const some = taskIdText.nullish().catch(null)
/** Words that may be an address or hold a whole answer: they are cut only where they are shown. */
const whole = text.nullish().catch(null)
/** An address is used or left, never cut. */
const link = z.string().max(8192).nullish().catch(null)
const anError = z.union([
  z.object({ message: whole, type: maybeText, code: maybeText }),
  z.string().transform((message) => ({ message, type: null, code: null })),
])
/** An error without a word in it is none. */
const maybeError = anError
  .transform((error) => (present([error.message, error.type, error.code]).length > 0 ? error : null))
  .nullish()
  .catch(null)
/** A list of videos, of which any may lack its address. */
const videos = z
  .array(z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url), z.unknown()]))
  .nullish()
  .catch(null)
  .transform((list) => (list ?? []).map((one) => (typeof one === 'string' ? one : null)))

/** The marked videos of such a list. */
const marked = z
  .array(
    z
      .object({ watermark_url: z.string() })
      .transform((one) => one.watermark_url)
      .catch(''),
  )
  .catch([])

/** Everything that any gateway was seen to put on one level of its answer. */
const level = z.object({
  code: maybeText,
  message: whole,
  task_id: some,
  id: some,
  task_info: z.object({ external_task_id: maybeText }).nullish().catch(null),
  external_task_id: maybeText,
  task_status: maybeText,
  task_status_msg: whole,
  status: maybeText,
  task_result: z
    .object({ videos: z.unknown() })
    .transform((result) => ({ videos: videos.parse(result.videos), marked: marked.parse(result.videos) }))
    .nullish()
    .catch(null),
  videos,
  url: link,
  video_url: link,
  result_url: link,
  metadata: z.object({ url: link }).nullish().catch(null),
  error: maybeError,
  fail_reason: whole,
  progress: maybeText,
  final_unit_deduction: maybeText,
  final_balance_deduction: z.object({ quota: maybeText }).nullish().catch(null),
  data: z.unknown().optional(),
})
type Level = z.infer<typeof level>
const noLevel = level.parse({})

/** A relay keeps the answer of the relay behind it: the official task is then the fourth level. */
const deepest = 5

/** The answer, what is in its `data`, and what is in that. */
function levelsOf(json: unknown, depth = 0): readonly Level[] {
  const one: unknown = Array.isArray(json) && json.length === 1 ? json[0] : json
  const parsed = level.safeParse(typeof one === 'string' ? readJson(one) : one)
  if (!parsed.success || depth >= deepest) return []
  return [parsed.data, ...levelsOf(parsed.data.data, depth + 1)]
}

export type GatewayAnswer = {
  readonly code: string | null
  /** The code is one of those that mean success, or there is none and no error either. */
  readonly good: boolean
  /** What an error calls itself: its codes and its type, in lower case, also those of an error it hands on as text. */
  readonly names: readonly string[]
  /** Everything the gateway says in words: code, message and type. */
  readonly words: string
  /** What a person should read of it. */
  readonly message: string
  readonly taskId: string | null
  /** Our own id, where the answer repeats it. */
  readonly ownId: string | null
  /** A task is named anywhere at all, even where no id is taken from. */
  readonly namesTask: boolean
  /** The task as far as the answer speaks of it. */
  readonly task: GatewayTask | null
}
type GatewayTask = Omit<KlingTask, 'id' | 'ownId' | 'url'> & {
  readonly urls: readonly string[]
  readonly progress: Fraction | null
}

const good = new Set(['0', '200', 'success', 'succeed'])

const isAddress = (words: string | null | undefined) => /^https?:\/\//i.test(words ?? '')

/**
 * Where one level may name the finished video. `fail_reason` is its address in versions of new-api before `result_url`
 * (service/task_polling.go, read in November 2026).
 */
const addressesIn = ({ task_result, videos, url, video_url, result_url, metadata, fail_reason }: Level) =>
  present([
    ...(task_result?.videos ?? []),
    ...videos,
    url,
    video_url,
    result_url,
    metadata?.url,
    isAddress(fail_reason) ? fail_reason : null,
  ])

const statesIn = ({ task_status, status }: Level) => present([task_status, status]).map(stateWord)

/** The reason in the words of the service that refused, however often it was handed on. */
function reasonOf(reasons: readonly (string | null | undefined)[]): string | null {
  const [first] = present(reasons).filter((reason) => !isAddress(reason))
  return first === undefined ? null : providerText(wrappedIn(first).at(-1)?.message ?? first)
}

/** The task of an answer, unless its words may be about the answer itself. */
function readTask(top: Level, data: Level, deeper: readonly Level[], trusted: boolean): GatewayTask | null {
  const named = present([data.task_id, top.task_id, top.id]).length > 0
  const states = [
    ...(trusted || named ? statesIn(data) : []),
    ...(named ? statesIn(top) : []),
    ...(trusted ? deeper.flatMap(statesIn) : []),
  ]
  const status = states.find((word) => meaningOfWord(word) !== null) ?? states[0]
  if (status === undefined) return null
  return {
    status,
    reason: reasonOf([
      data.task_status_msg,
      data.error?.message,
      top.error?.message,
      data.fail_reason,
      top.fail_reason,
      ...deeper.map(({ task_status_msg }) => task_status_msg),
    ]),
    urls: [data, top, ...deeper].flatMap(addressesIn),
    watermarkUrl: present([data, top, ...deeper].flatMap((one) => one.task_result?.marked ?? []))[0] ?? null,
    progress: percent(data.progress),
    cost: costOf(data.final_unit_deduction, data.final_balance_deduction?.quota),
  }
}

/** Null when the answer is no JSON object. */
export function readGateway(body: string): GatewayAnswer | null {
  const json = readJson(body)
  const [top, data = noLevel, ...deeper] = levelsOf(json)
  if (!top || Array.isArray(json)) return null
  const error = top.error ?? null
  const code = present([top.code])[0] ?? null
  const isGood = code === null ? error === null : good.has(code.toLowerCase())
  const said = present([error?.message, top.message])[0] ?? ''
  const wrapped = isGood ? [] : wrappedIn(said)
  const inner = wrapped.at(-1)
  const errors = wrapped.flatMap((one) => [one.code, one.type])
  // An official code may have been put inside an error of the other kind, or be handed on as text.
  const codes = present([inner?.code, code, error?.code])
  return {
    code: codes[0] ?? null,
    good: isGood,
    names: present([code, error?.type, error?.code, ...errors]).map((name) => name.toLowerCase()),
    words: present([code, top.message, error?.message, error?.type, error?.code]).join(' '),
    message: providerText(inner?.message ?? said),
    // A bare `id` beside a bad code is that of the request.
    taskId: present([data.task_id, top.task_id, isGood ? data.id : null, isGood ? top.id : null])[0] ?? null,
    ownId:
      present([data, top].flatMap((one) => [one.task_info?.external_task_id, one.external_task_id]))[0] ??
      null,
    namesTask:
      [json, ...wrapped.map((one) => one.json)].some((one) => mentionsTaskId(one, ['task_id'])) ||
      present([data.id]).length > 0,
    task: readTask(top, data, deeper, isGood),
  }
}

/** Some gateways count in "37%"; a bare number could be anything. */
function percent(text: string | null | undefined): Fraction | null {
  const read = /^(\d{1,3})(?:\.\d+)?%$/.exec(text ?? '')
  return read ? Math.min(1, Number(read[1]) / 100) : null
}

/**
 * The codes and types under which a gateway refuses before it sends anything on, in lower case. They are those of
 * new-api (relay/relay_task.go, types/error.go) and of OpenAI's error page, read in November 2026. Whatever is not
 * listed here, or in Kling's own table, proves nothing, whichever words and HTTP status come with it.
 */
export const gatewayNames: Readonly<Record<string, KlingMeaning>> = {
  insufficient_user_quota: gatewayNoBalance,
  pre_consume_token_quota_failed: gatewayNoBalance,
  insufficient_quota: gatewayNoBalance,
  insufficient_balance: gatewayNoBalance,
  billing_hard_limit_reached: gatewayNoBalance,
  token_invalid: gatewayKeyRefused,
  token_expired: gatewayKeyRefused,
  invalid_api_key: gatewayKeyRefused,
  access_denied: gatewayNoRights,
  invalid_api_platform: gatewayRequestInvalid,
  invalid_request: gatewayRequestInvalid,
  missing_model: gatewayRequestInvalid,
  model_mapping_failed: gatewayRequestInvalid,
  model_price_error: gatewayRequestInvalid,
}

/** The doorkeeper of new-api and its ancestor names itself and leaves the code empty: the status says what it minded. */
const doorkeepers: readonly string[] = ['new_api_error', 'one_api_error']
const minded: Readonly<Record<number, KlingMeaning>> = { 401: gatewayKeyRefused, 403: gatewayNoRights }

/**
 * `task_failed` is what new-api makes of a code of Kling's inside HTTP 200: the code is lost, the words are Kling's. They
 * may be those of a failure at Kling, after which a task may exist, and relays of other services say so of a lost id.
 */
const mayHaveBegun =
  /server|internal|time[sd]?[ -]?out|unavailable|maintenance|busy|try again|empty|task.?id|uuid|exist/i

const ofKlingsWords = (message: string): KlingMeaning | undefined =>
  message.trim() === '' || mayHaveBegun.test(message) ? undefined : refusedBehindGateway

/** What the error of a gateway proves about a submit; undefined when it proves nothing. */
export function gatewayMeaning(
  status: number,
  { code, names, message }: Pick<GatewayAnswer, 'code' | 'names' | 'message'>,
): KlingMeaning | undefined {
  // A server that fails may have failed after it had sent the request on.
  if (status >= 500) return undefined
  const official = code === null ? undefined : meaningOf(code)
  if (official || mayHaveBeenTaken(status)) return official
  const listed = names.find((name) => Object.hasOwn(gatewayNames, name))
  if (listed !== undefined) return gatewayNames[listed]
  if (names.includes('task_failed')) return ofKlingsWords(message)
  return names.some((name) => doorkeepers.includes(name)) ? minded[status] : undefined
}
