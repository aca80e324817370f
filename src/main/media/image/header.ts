import { parse } from 'icc'
import type { CharacterFacts } from '../../../shared/domain/media.ts'

export type ImageHeader = Omit<CharacterFacts, 'kind' | 'bytes' | 'colourProfile'> & {
  readonly profile: Uint8Array | null
}

const longestName = 80

/** The description inside a colour profile, in plain characters; null where it has none that can be read. */
export function profileName(profile: Uint8Array | null): string | null {
  if (profile === null) return null
  try {
    const { description } = parse(Buffer.from(profile))
    const name = description?.replaceAll(/\p{C}/gu, '').trim().slice(0, longestName)
    return name === undefined || name === '' ? null : name
  } catch {
    // A profile that makes no sense has no name; the picture may be whole all the same.
    return null
  }
}
