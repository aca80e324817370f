import type { CheckInputs } from './check.ts'
import type { ModelRules } from './rules.ts'

/** True where the clip can be sent as it is, but for its metadata: nothing about it would be made better by coding it again. */
export function fitsUntouched(_inputs: CheckInputs, _rules: ModelRules): boolean {
  return false
}
