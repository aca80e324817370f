import { formatBytes, formatSeconds } from '../units.ts'
import type { Gauge } from './gauges.ts'
import type { Rule, Unit } from './rules.ts'
import type { Subject } from './subject.ts'

const units: Partial<Record<Unit, string>> = {
  px: ' px',
  fps: ' fps',
  characters: ' characters',
  times: ' times',
}

export function inUnit(value: number | string, unit: Unit): string {
  if (typeof value === 'string') return value
  if (unit === 'bytes') return formatBytes(value)
  if (unit === 's') return formatSeconds(value)
  return `${String(value)}${units[unit] ?? ''}`
}

/** The exact value where the rounded one would read like the limit it breaks. */
function beside(measured: number | string, { limit, unit }: Rule): string {
  const rounded = inUnit(measured, unit)
  if (typeof measured === 'string' || typeof limit !== 'number' || measured === limit) return rounded
  if (rounded !== inUnit(limit, unit)) return rounded
  return unit === 'bytes' ? `${measured.toLocaleString('en')} bytes` : `${String(measured)} s`
}

/** The limit in words a table can show: "300 px", "jpeg or png", "0.4 to 2.5". */
export function limitText({ limit, unit }: Pick<Rule, 'limit' | 'unit'>): string | null {
  if (limit === null) return null
  if (typeof limit === 'number') return inUnit(limit, unit)
  if ('min' in limit) return `${inUnit(limit.min, unit)} to ${inUnit(limit.max, unit)}`
  return limit.join(' or ')
}

const demand: Record<Gauge['bound'], (limit: string) => string> = {
  max: (limit) => `at most ${limit}`,
  min: (limit) => `at least ${limit}`,
  oneOf: (limit) => limit,
  range: (limit) => limit,
  present: () => 'required',
}

type Held = { readonly measured: number | string; readonly holds: boolean; readonly subject: Subject }

/** One sentence with the measured value beside the limit. */
export function findingSentence(gauge: Gauge, rule: Rule, { measured, holds, subject }: Held): string {
  const limit = limitText(rule)
  const shown = holds ? inUnit(measured, rule.unit) : beside(measured, rule)
  const start = `The ${gauge.label} is ${shown}`
  if (limit === null) return `${start}; the provider states no limit.`
  const wish = demand[gauge.bound](limit)
  if (holds) return `${start} (${wish}).`
  const own = gauge.broken?.(shown, limit, rule.severity, subject)
  return own ?? `${start}; ${rule.severity === 'error' ? `it must be ${wish}` : `${wish} is safer`}.`
}
