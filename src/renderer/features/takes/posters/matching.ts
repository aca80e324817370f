import type { Take } from '../../../../shared/domain/take.ts'
import { labelOf } from '../../../../shared/text/take-status.ts'
import { madeWith } from './poster-words.ts'

/** Whether the names, prompt, provider, model, task or state of a take hold every word of the search. */
export function fitsSearch(search: string): (take: Take) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return () => true
  return (take) => {
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
  }
}
