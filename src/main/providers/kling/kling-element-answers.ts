import { z } from 'zod'
import type { Element } from '../../../shared/domain/element.ts'
import { maybeText, taskIdText, text } from './answers.ts'

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

/** One entry of a list: a task that made elements, a task that is still at it, or an element by itself. */
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
