import type { Finding, Target } from '../../../shared/rules/finding.ts'
import { classNames } from '../../ui/class-names.ts'
import { Checklist } from './Checklist.tsx'
import { FixedFinding } from './FixedFinding.tsx'
import { HintFinding } from './HintFinding.tsx'
import { isHint, isQuestion } from '../../lib/hints.ts'
import { OpenFinding } from './OpenFinding.tsx'
import { QuietFindings } from './QuietFindings.tsx'
import { useReport } from '../../state/use-report.ts'

const targetWords: Readonly<Record<Target, string>> = {
  character: 'the character',
  clip: 'the clip',
  settings: 'the settings',
}
/** A warning adds nothing where the harder limit of the same rule is broken as well. */
const isCovered = (finding: Finding, all: readonly Finding[]) =>
  finding.level === 'warning' && all.some(({ rule, level }) => rule === finding.rule && level === 'error')

const isQuiet = ({ level }: Finding) => level === 'pass' || level === 'info'
const keyOf = ({ rule, limit }: Finding) => `${rule} ${String(limit)}`

/** Every rule held against one input: what needs attention in full, what passed folded away. */
export function Findings({ target }: { readonly target: Target }) {
  const { report, current } = useReport()
  const all = report?.findings.filter((finding) => finding.target === target) ?? []
  const findings = all.filter((finding) => !isCovered(finding, all))
  if (findings.length === 0) return null
  const loud = findings.filter((finding) => !isQuiet(finding))
  const open = loud
    .filter((finding) => !finding.fix)
    .toSorted((a, b) => a.level.localeCompare(b.level) || Number(isHint(a)) - Number(isHint(b)))
  const fixed = loud.flatMap((finding) => (finding.fix ? [{ finding, fix: finding.fix }] : []))
  return (
    <section
      aria-label={`Findings about ${targetWords[target]}`}
      aria-busy={!current}
      className={classNames('space-y-1.5 transition-opacity', !current && 'opacity-60')}
    >
      {open.length > 0 && (
        <ul className="space-y-1.5">
          {open.map((finding) =>
            isHint(finding) ? (
              <HintFinding key={keyOf(finding)} finding={finding} />
            ) : (
              <OpenFinding key={keyOf(finding)} finding={finding} />
            ),
          )}
        </ul>
      )}
      {fixed.length > 0 && (
        <ul className="divide-y divide-line rounded-lg bg-panel">
          {fixed.map(({ finding, fix }) => (
            <FixedFinding key={keyOf(finding)} finding={finding} fix={fix} />
          ))}
        </ul>
      )}
      <Checklist findings={findings.filter(isQuestion)} />
      <QuietFindings findings={findings.filter((finding) => isQuiet(finding) && !isQuestion(finding))} />
    </section>
  )
}
