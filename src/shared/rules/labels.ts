import type { Finding, FindingId, HintId } from './finding.ts'
import { gauges, type Gauge } from './gauges.ts'

const hintLabels: Readonly<Record<HintId, string>> = {
  'clip.jumps': 'camera jumps',
  'clip.frozen': 'time without any change',
  'clip.still': 'time with hardly any motion',
  'clip.black': 'time in black',
  'clip.motion': 'time in very fast motion',
  'framing.body': 'framing of picture and clip',
}

const isHint = (id: FindingId): id is HintId => id in hintLabels

/** What a finding measures, as a table names it. */
export function labelOf({ rule, fix }: Pick<Finding, 'rule' | 'fix'>): string {
  // What is cut off by itself was measured before: what is performed keeps the limit.
  if (rule === 'clip.duration.max' && fix === 'trim') return 'length from the in-point'
  return isHint(rule) ? hintLabels[rule] : gauges[rule].label
}

/** How the limit of a finding binds; that of a hint does not. */
export const boundOf = (id: FindingId): Gauge['bound'] => (isHint(id) ? 'present' : gauges[id].bound)
