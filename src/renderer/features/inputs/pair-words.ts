import type { RecentPair } from '../../../shared/domain/views.ts'

/** A pair in a few words. */
export function pairWords({ characterName, clipName }: RecentPair): string {
  if (characterName === null) return clipName ?? ''
  return clipName === null ? characterName : `${characterName} with ${clipName}`
}
