import type { CharacterFacts, ClipFacts, ClipWindow } from '../media.ts'
import type { Scan } from '../scan.ts'
import type { TakeSettings } from '../take.ts'
import type { Finding, Verdict } from './finding.ts'
import { gauges, type Gauge, type Subject } from './measure.ts'
import type { ModelRules, Rule } from './rules.ts'
import { findingSentence, limitText } from './sentence.ts'
import { performedWindow } from './window.ts'

export type CheckInputs = {
  readonly character: CharacterFacts | null
  readonly clip: ClipFacts | null
  readonly asked: ClipWindow
  readonly settings: TakeSettings
  /** What a look at the moving picture found; null: not looked at. */
  readonly scan: Scan | null
}

export function subjectOf(inputs: CheckInputs, rules: ModelRules): Subject {
  const { clip, asked, settings } = inputs
  return { ...inputs, window: clip && performedWindow(clip, asked, rules, settings.orientation) }
}

function holds(gauge: Gauge, limit: NonNullable<Rule['limit']>, measured: number | string): boolean {
  if (gauge.bound === 'present') return Number(measured) > 0
  if (typeof limit === 'number')
    return gauge.bound === 'min' ? Number(measured) >= limit : Number(measured) <= limit
  if ('min' in limit) return Number(measured) >= limit.min && Number(measured) <= limit.max
  return limit.includes(String(measured))
}

function findingOf(rule: Rule, subject: Subject): Finding | null {
  const gauge = gauges[rule.rule]
  const measured = gauge.measure(subject)
  if (measured === null) return null
  const base = {
    rule: rule.rule,
    target: gauge.target,
    measured,
    limit: typeof rule.limit === 'number' ? rule.limit : limitText(rule),
    unit: rule.unit,
  }
  if (rule.limit === null)
    return { ...base, level: 'info', message: findingSentence(gauge, rule, measured, true) }
  const fine = holds(gauge, rule.limit, measured)
  const message = findingSentence(gauge, rule, measured, fine)
  if (fine) return { ...base, level: 'pass', message }
  const fix = gauge.fix?.(subject)
  return { ...base, level: rule.severity, message, ...(fix && { fix }) }
}

/** Every rule of the model that applies, held against the inputs; the passing ones too. */
export function check(inputs: CheckInputs, rules: ModelRules): readonly Finding[] {
  const subject = subjectOf(inputs, rules)
  return rules.rules
    .filter((rule) => rule.orientation === undefined || rule.orientation === inputs.settings.orientation)
    .map((rule) => findingOf(rule, subject))
    .filter((finding) => finding !== null)
}

/** What the findings mean together; missing inputs are not a finding and are asked for elsewhere. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const errors = findings.filter((finding) => finding.level === 'error')
  if (errors.length === 0) return 'ready'
  return errors.every((finding) => finding.fix !== undefined) ? 'fixable' : 'refused'
}

/** True where the user can mend an error by choosing otherwise, without another file. */
export function isChoice(finding: Finding, inputs: CheckInputs): boolean {
  if (finding.target === 'settings') return true
  if (finding.rule === 'clip.duration.max') return true
  return (
    finding.rule === 'clip.duration.min' &&
    inputs.clip !== null &&
    inputs.clip.duration >= Number(finding.limit)
  )
}
