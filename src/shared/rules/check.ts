import type { Finding, Verdict } from './finding.ts'
import { choicesFor, fixFor } from './fixes.ts'
import { cutsFinding, hintFindings } from './hints.ts'
import { gauges, type Gauge } from './gauges.ts'
import type { ModelRules, Rule } from './rules.ts'
import { findingSentence, limitText } from './sentence.ts'
import { subjectOf, type CheckInputs, type Subject } from './subject.ts'

/** A whole number of pixels can miss a ratio by less than a double can tell. */
const limitTolerance = 1e-9

function holds(gauge: Gauge, limit: NonNullable<Rule['limit']>, measured: number | string): boolean {
  if (gauge.bound === 'present') return Number(measured) > 0
  if (typeof limit === 'number')
    return gauge.bound === 'min' ? Number(measured) >= limit : Number(measured) <= limit
  if ('min' in limit)
    return Number(measured) >= limit.min - limitTolerance && Number(measured) <= limit.max + limitTolerance
  return limit.includes(String(measured))
}

/** As many digits as a person reads, and more where fewer would make a broken limit look kept. */
function readable(measured: number | string, gauge: Gauge, limit: Rule['limit'], fine: boolean) {
  if (typeof measured === 'string') return measured
  const short = Number(measured.toFixed(3))
  if (fine || limit === null || !holds(gauge, limit, short)) return short
  return Number(measured.toFixed(6))
}

/** The input is there, but this rule has nothing to measure in it. */
function nothingMeasured(rule: Rule, { target, absent }: Gauge, subject: Subject): Finding | null {
  const message = rule.limit === null ? rule.says : absent
  if (message === undefined || (target !== 'settings' && subject[target] === null)) return null
  const level = rule.limit === null ? 'info' : 'pass'
  const limit = limitText(rule)
  return { rule: rule.rule, target, level, measured: null, limit, unit: rule.unit, message }
}

function findingOf(rule: Rule, subject: Subject): Finding | null {
  if (rule.rule === 'clip.cuts') return cutsFinding(rule, subject)
  const gauge = gauges[rule.rule]
  const exact = gauge.measure(subject)
  if (exact === null) return nothingMeasured(rule, gauge, subject)
  const fine = rule.limit === null || holds(gauge, rule.limit, exact)
  const measured = readable(exact, gauge, rule.limit, fine)
  const base = {
    rule: rule.rule,
    target: gauge.target,
    measured,
    limit: typeof rule.limit === 'number' ? rule.limit : limitText(rule),
    unit: rule.unit,
  }
  const message = findingSentence(gauge, rule, { measured, holds: fine, subject })
  if (rule.limit === null) return { ...base, level: 'info', message: rule.says ?? message }
  if (fine) return { ...base, level: 'pass', message }
  const fix = fixFor(rule, subject)
  const choices = choicesFor(rule, subject)
  const besides = rule.severity === 'error' && !fix ? (gauge.besides?.(subject) ?? '') : ''
  return {
    ...base,
    level: rule.severity,
    message: `${message}${besides}`,
    ...(fix && { fix }),
    ...(choices.length > 0 && { choices }),
  }
}

/** Every rule of the model that applies, held against the inputs, and what was seen in them; the passing ones too. */
export function check(inputs: CheckInputs, rules: ModelRules): readonly Finding[] {
  const subject = subjectOf(inputs, rules)
  const findings = rules.rules
    .filter((rule) => rule.orientation === undefined || rule.orientation === inputs.settings.orientation)
    .map((rule) => findingOf(rule, subject))
    .filter((finding) => finding !== null)
  return [...findings, ...hintFindings(subject)]
}

/** What the findings mean together; missing inputs are not a finding and are asked for elsewhere. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const errors = findings.filter((finding) => finding.level === 'error')
  if (errors.length === 0) return 'ready'
  return errors.every((finding) => finding.fix !== undefined) ? 'fixable' : 'refused'
}

/** True where the user can fix an error with another choice, without another file. */
export function isChoice(finding: Finding, inputs: CheckInputs): boolean {
  if (finding.target === 'settings') return true
  if (finding.rule === 'clip.duration.max') return true
  // Another crop fixes what this one broke.
  if (finding.target === 'character' && /^image\.(side|aspect)/.test(finding.rule))
    return inputs.settings.fit.crop !== null
  if (finding.rule !== 'clip.duration.min') return false
  if (finding.choices !== undefined) return true
  return inputs.clip !== null && inputs.clip.duration >= Number(finding.limit)
}
