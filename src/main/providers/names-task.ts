/** Deeper than any service was seen to put an id. */
const deepest = 4

const isId = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0)

/**
 * Does an answer name a task under one of these fields, wherever in it? Then one may have been started and charged,
 * whatever else the answer says: it is no refusal, and nothing is sent again by itself.
 */
export function namesTask(answer: unknown, fields: readonly string[], depth = 0): boolean {
  if (typeof answer !== 'object' || answer === null || depth >= deepest) return false
  return Object.entries(answer).some(
    ([name, value]) => (fields.includes(name) && isId(value)) || namesTask(value, fields, depth + 1),
  )
}
