import {
  adviceFor,
  answerUnreadable,
  elementImages,
  elementImageTooLarge,
  elementUnclear,
  unlistedCode,
  unreached,
} from './problems.ts'
import { z } from 'zod'
import type { Element, ElementPage } from '../../../shared/domain/account.ts'
import { maybeText, taskIdText, text, readEnvelope, meaningOf, problemOf } from './answers.ts'
import { ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes } from '../../../shared/units.ts'
import type { Answer } from '../http/http.ts'
import { askKling, sendKling, type KlingParts } from './client.ts'
import type { ElementLibrary, NewElement } from '../provider.ts'
import { rawBase64 } from '../answers.ts'

const elementId = text.pipe(z.string().regex(/^\d{1,20}$/))
const anywhere = z.unknown().optional()

const element = z.object({
  element_id: elementId,
  element_name: maybeText,
  element_description: maybeText,
  status: maybeText,
  // The picture is documented inside the list of images; other pages name it beside the id.
  element_image_list: z.object({ frontal_image: anywhere }).nullish().catch(null),
  element_frontal_image: anywhere,
  frontal_image: anywhere,
})
const task = z.object({
  task_id: taskIdText,
  task_status: maybeText,
  task_result: z
    .object({ elements: z.array(z.unknown()).catch([]) })
    .nullish()
    .catch(null),
})
const ended = new Set(['failed', 'cancelled', 'canceled', 'deleted', 'succeed', 'succeeded'])

/** An address that a picture may be fetched from; inline data and other schemes are no address. */
function pictureOf(...candidates: readonly unknown[]): string | null {
  const address = candidates.find((one) => typeof one === 'string' && one.length <= 8000 && URL.canParse(one))
  if (typeof address !== 'string') return null
  return /^https?:$/.test(new URL(address).protocol) ? address : null
}

function readElement(entry: unknown, own: boolean): readonly Element[] {
  const read = element.safeParse(entry)
  if (!read.success || read.data.status?.toLowerCase() === 'deleted') return []
  const { element_image_list: images, element_frontal_image: beside, frontal_image: other } = read.data
  return [
    {
      id: read.data.element_id,
      name: read.data.element_name ?? '',
      description: read.data.element_description ?? '',
      own,
      pending: false,
      picture: pictureOf(images?.frontal_image, beside, other),
    },
  ]
}

/** One entry of a list: a task that made elements, a task that is still running, or an element alone. */
function readEntry(entry: unknown, own: boolean): readonly Element[] {
  const itself = readElement(entry, own)
  const read = task.safeParse(entry)
  if (itself.length > 0 || !read.success) return itself
  const made = read.data.task_result?.elements ?? []
  if (made.length > 0) return made.flatMap((one) => readElement(one, own))
  if (ended.has((read.data.task_status ?? '').toLowerCase())) return []
  // Until it is made it has no id of its own; that of its task tells it from the others.
  return [{ id: read.data.task_id, name: '', description: '', own, pending: true, picture: null }]
}

/** The elements of one page, and how many entries the provider put on it. */
export function readElements(
  data: unknown,
  own: boolean,
): { readonly elements: readonly Element[]; readonly entries: number } {
  const entries = z.array(z.unknown()).safeParse(data)
  if (!entries.success) return { elements: [], entries: 0 }
  return { elements: entries.data.flatMap((entry) => readEntry(entry, own)), entries: entries.data.length }
}

const paths = {
  own: '/v1/general/advanced-custom-elements',
  presets: '/v1/general/advanced-presets-elements',
  remove: '/v1/general/delete-elements',
} as const
const pageSize = 30
const pictureLimit: Bytes = 10_000_000

/** The data of a good answer, or the provider's own code in our words. */
function dataOf({ status, body }: Answer): Outcome<unknown> {
  const envelope = readEnvelope(body)
  if (envelope?.code === '0') return ok(envelope.data)
  if (!envelope) return answerUnreadable(status)
  const meaning = meaningOf(envelope.code)
  if (!meaning) return unlistedCode(envelope)
  return { ok: false, problem: problemOf({ ...meaning, advice: adviceFor(meaning) }, envelope.message) }
}

/** What the documentation limits and no page of it leaves open. */
function tooMuch({ name, frontal, others }: NewElement): Failure | null {
  if (others.length < 1 || others.length > 3) return elementImages(name)
  const large = [frontal, ...others].some((picture) => picture.length > pictureLimit)
  return large ? elementImageTooLarge(name) : null
}

/** Elements of videos only serve models that perform no motion, so an element is made of images. */
const newElementBody = ({ name, description, frontal, others }: NewElement) =>
  JSON.stringify({
    element_name: name,
    element_description: description,
    reference_type: 'image_refer',
    element_image_list: {
      frontal_image: rawBase64(frontal),
      refer_images: others.map((image) => ({ image_url: rawBase64(image) })),
    },
  })

async function create(parts: KlingParts, element: NewElement, signal?: AbortSignal): Promise<Outcome<null>> {
  const wrong = tooMuch(element)
  if (wrong) return wrong
  // Sent like a submit: up to 53 MB leave slowly on a home line, and a second send would make a second element.
  const end = await sendKling(parts, paths.own, newElementBody(element), () => undefined, signal)
  if (end.kind === 'unsent') return unreached(end.why)
  if (end.kind === 'unknown') return elementUnclear(element.name, end.why)
  const data = dataOf(end.answer)
  return data.ok ? ok(null) : data
}

async function list(
  parts: KlingParts,
  from: 'own' | 'presets',
  page: number,
  signal?: AbortSignal,
): Promise<Outcome<ElementPage>> {
  const query = { pageNum: String(page), pageSize: String(pageSize) }
  const end = await askKling(parts, { path: paths[from], query }, signal)
  if (end.kind === 'silent') return unreached(end.why)
  const data = dataOf(end.answer)
  if (!data.ok) return data
  const { elements, entries } = readElements(data.value, from === 'own')
  // No total is given: a full page is the only sign that there is another.
  return ok({ elements, more: entries >= pageSize })
}

/** The element library of the official API; both generations share it. */
export const klingElements = (parts: KlingParts): ElementLibrary => ({
  list: (from, page, signal) => list(parts, from, page, signal),
  create: (element, signal) => create(parts, element, signal),
  remove: async (id, signal) => {
    // Here the id is documented as text, where a submit wants the bare number.
    const body = JSON.stringify({ element_id: id })
    const end = await askKling(parts, { path: paths.remove, method: 'POST', body }, signal)
    if (end.kind === 'silent') return unreached(end.why)
    const data = dataOf(end.answer)
    return data.ok ? ok(null) : data
  },
})
