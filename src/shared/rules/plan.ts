import { formatSeconds } from '../units.ts'
import { check, subjectOf, type CheckInputs } from './check.ts'
import type { Finding, PlanStep } from './finding.ts'
import type { ModelRules } from './rules.ts'

const because = (findings: readonly Finding[]) => findings.map((finding) => finding.message).join(' ')

function characterSteps(findings: readonly Finding[]): readonly PlanStep[] {
  const reasons = findings.filter((finding) => finding.fix === 'convert-image')
  const strip: PlanStep = {
    step: 'strip-metadata',
    target: 'character',
    why: 'Place, device and author are nobody else’s business.',
    cost: 'none',
  }
  if (reasons.length === 0) return [strip]
  return [
    { step: 'convert-image', target: 'character', why: because(reasons), cost: 'hardly visible' },
    strip,
  ]
}

function clipSteps(
  inputs: CheckInputs,
  rules: ModelRules,
  findings: readonly Finding[],
): readonly PlanStep[] {
  const { clip, window } = subjectOf(inputs, rules)
  if (!clip || !window) return []
  const steps: PlanStep[] = []
  const wanting = (fix: string) => findings.filter((finding) => finding.fix === fix)
  if (window.length < clip.duration - 0.001) {
    const part = `${formatSeconds(window.length)} from ${formatSeconds(window.start)}`
    const why = because(wanting('trim'))
    steps.push({
      step: 'trim',
      target: 'clip',
      why: [why, `Performed: ${part}.`].join(' ').trim(),
      cost: 'the rest of the clip is not sent',
    })
  }
  const large = wanting('scale-down')
  if (large.length > 0)
    steps.push({ step: 'scale-down', target: 'clip', why: because(large), cost: 'fewer pixels' })
  const heavy = wanting('compress')
  if (heavy.length > 0)
    steps.push({ step: 'compress', target: 'clip', why: because(heavy), cost: 'some detail' })
  const other = because(wanting('re-encode'))
  steps.push({
    step: 're-encode',
    target: 'clip',
    why: [other, 'Upright H.264 with exact first and last frames reads the same everywhere.']
      .join(' ')
      .trim(),
    cost: 'hardly visible',
  })
  steps.push({
    step: 'strip-metadata',
    target: 'clip',
    why: 'Place, device and author are nobody else’s business.',
    cost: 'none',
  })
  return steps
}

/** The chain of changes that makes both inputs fit, in the order they are made. */
export function planOf(inputs: CheckInputs, rules: ModelRules): readonly PlanStep[] {
  const findings = check(inputs, rules).filter((finding) => finding.level !== 'pass')
  const character = inputs.character
    ? characterSteps(findings.filter((finding) => finding.target === 'character'))
    : []
  return [
    ...character,
    ...clipSteps(
      inputs,
      rules,
      findings.filter((finding) => finding.target === 'clip'),
    ),
  ]
}
