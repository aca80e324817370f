import { ok, type Outcome } from '../../shared/outcome.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { Inputs } from '../prepare/types.ts'

type Asked = Omit<Inputs, 'character' | 'clip'> & {
  readonly character: string | null
  readonly clip: string | null
}

function pathOf(shelf: FileTokens, token: string | null): Outcome<string | null> {
  return token === null ? ok(null) : shelf.path(token)
}

/** The same inputs with paths in the place of tokens. */
export function resolveInputs(shelf: FileTokens, asked: Asked): Outcome<Inputs> {
  const character = pathOf(shelf, asked.character)
  if (!character.ok) return character
  const clip = pathOf(shelf, asked.clip)
  if (!clip.ok) return clip
  return ok({ character: character.value, clip: clip.value, window: asked.window, settings: asked.settings })
}
