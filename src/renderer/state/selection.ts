/** How a click adds to what is selected: alone, one more or one less (Ctrl), or everything up to there (Shift). */
export type SelectionStep = 'only' | 'toggle' | 'through'

export type Selection = {
  readonly ids: readonly string[]
  /** Where a stretch begins that Shift ends. */
  readonly anchor: string | null
}

export const nothingSelected: Selection = { ids: [], anchor: null }

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** Whether a take is selected; every poster asks, so ten thousand are not looked through each time. */
export function isSelected({ ids }: Selection, id: string): boolean {
  const known = sets.get(ids) ?? new Set(ids)
  sets.set(ids, known)
  return known.has(id)
}

/** The selection after a click on `id`; `order` is what is on the screen. */
export function selectionAfter(
  { ids, anchor }: Selection,
  id: string,
  step: SelectionStep,
  order: readonly string[],
): Selection {
  if (step === 'toggle')
    return { ids: ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id], anchor: id }
  const from = anchor === null ? -1 : order.indexOf(anchor)
  const to = order.indexOf(id)
  if (step === 'only' || from < 0 || to < 0) return { ids: [id], anchor: id }
  return { ids: order.slice(Math.min(from, to), Math.max(from, to) + 1), anchor }
}

/** What the keys that are held with a click mean. */
export const stepOf = ({
  ctrlKey,
  metaKey,
  shiftKey,
}: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): SelectionStep =>
  shiftKey ? 'through' : ctrlKey || metaKey ? 'toggle' : 'only'
