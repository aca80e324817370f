import { check } from './check.ts'
import type { Finding, PlanStep } from './finding.ts'
import { characterSteps } from './plan-character.ts'
import { clipSteps } from './plan-clip.ts'
import type { ModelRules } from './rules.ts'
import { subjectOf, type CheckInputs } from './subject.ts'
import { fitsUntouched } from './untouched.ts'

/** The chain of changes that makes both inputs fit, in the order they are made. */
export function planOf(inputs: CheckInputs, rules: ModelRules): readonly PlanStep[] {
  const findings = check(inputs, rules)
  const subject = subjectOf(inputs, rules)
  const about = (target: Finding['target']) => findings.filter((finding) => finding.target === target)
  return [
    ...(inputs.character ? characterSteps(inputs.character, subject, about('character')) : []),
    ...clipSteps(subject, about('clip'), fitsUntouched(inputs, rules)),
  ]
}
