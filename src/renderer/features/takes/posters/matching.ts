import type { Take } from '../../../../shared/domain/take.ts'
import { labelOf } from '../../../../shared/text/take-status.ts'
import { madeWith } from './poster-words.ts'

/** Takes whose names, prompt, provider, model, task or state hold every word of the search, in the given order. */
export function matchingTakes(
  order: readonly string[],
  takes: Readonly<Record<string, Take>>,
  search: string,
): readonly string[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return order
  return order.filter((id) => {
    const take = takes[id]
    if (!take) return false
    const { characterName, clipName, settings, taskId } = take
    const searched = [
      characterName,
      clipName,
      settings.prompt,
      settings.model,
      madeWith(take),
      taskId ?? '',
      labelOf(take),
    ]
      .join('\n')
      .toLowerCase()
    return words.every((word) => searched.includes(word))
  })
}
