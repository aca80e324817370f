import type { ElementPage } from '../../../shared/domain/element.ts'
import { fail, ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes } from '../../../shared/units.ts'
import type { Answer } from '../http/http.ts'
import { readEnvelope } from './answers.ts'
import { readElements } from './kling-element-answers.ts'
import { meaningOf, problemOf } from './kling-errors.ts'
import { askKling, sendKling, type KlingParts } from './client.ts'
import type { ElementLibrary, NewElement } from '../provider.ts'
import { rawBase64 } from '../raw-base64.ts'

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
  if (!envelope)
    return fail('provider-silent', `The provider gave no readable answer (HTTP ${String(status)}).`, {
      advice: 'Try again in a minute.',
    })
  const meaning = meaningOf(envelope.code)
  if (!meaning)
    return fail('provider-refused', 'The provider refused this and gave a reason of its own.', {
      advice: 'Read the reason and try again.',
      detail: `code ${envelope.code}: ${envelope.message}`,
    })
  const advice = meaning.kind === 'refused' ? meaning.advice : 'Try again in a minute.'
  return { ok: false, problem: problemOf({ ...meaning, advice }, envelope.message) }
}

const unreached = (detail: string) =>
  fail('provider-silent', 'The provider could not be reached.', { advice: 'Try again in a minute.', detail })

/** What the documentation limits and no page of it leaves open. */
function tooMuch({ name, frontal, others }: NewElement): Failure | null {
  if (others.length < 1 || others.length > 3)
    return fail('input-refused', `The element ${name} needs one to three pictures besides the frontal one.`, {
      advice: 'Add or take away pictures.',
    })
  const large = [frontal, ...others].some((picture) => picture.length > pictureLimit)
  return large
    ? fail('file-too-large', `A picture of the element ${name} is larger than 10 MB.`, {
        advice: 'Make the picture smaller.',
      })
    : null
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
  if (end.kind === 'unknown')
    return fail('outcome-unknown', `Nobody can tell whether the element ${element.name} is being made.`, {
      advice: 'Look at your own elements in a few minutes before you make it again.',
      detail: end.why,
    })
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
