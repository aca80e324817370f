import { ok, type Outcome } from '../../shared/outcome.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { Inputs } from '../prepare/types.ts'

type Asked = Omit<Inputs, 'character' | 'clip'> & {
  readonly character: string | null
  readonly clip: string | null
}

function pathOf(fileTokens: FileTokens, token: string | null): Outcome<string | null> {
  return token === null ? ok(null) : fileTokens.path(token)
}

/** The same inputs with paths instead of tokens. */
export function resolveInputs(fileTokens: FileTokens, asked: Asked): Outcome<Inputs> {
  const character = pathOf(fileTokens, asked.character)
  if (!character.ok) return character
  const clip = pathOf(fileTokens, asked.clip)
  if (!clip.ok) return clip
  return ok({ character: character.value, clip: clip.value, window: asked.window, settings: asked.settings })
}
