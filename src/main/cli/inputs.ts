import type { Problem } from '../../shared/outcome.ts'
import { findModel } from '../../shared/rules/models.ts'
import type { CheckedInputs, Inputs } from '../studio-types.ts'
import { refusal } from '../workshop/judge.ts'

/** Why these inputs cannot go on; null when they are ready or the plan makes them fit. */
export function whyNot({ report, facts }: CheckedInputs, { window, settings }: Inputs): Problem | null {
  const rules = findModel(settings.provider, settings.model)
  if (!rules) throw new Error('a report is written only for a known model')
  const character = facts.character?.kind === 'character' ? facts.character : null
  const clip = facts.clip?.kind === 'clip' ? facts.clip : null
  return refusal({
    report,
    rules,
    facts: { character, clip },
    held: { character, clip, asked: window, settings },
  })
}
