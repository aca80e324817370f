import { Check, ChevronDown, CircleAlert, TriangleAlert, Wrench, type LucideIcon } from 'lucide-react'
import type { Finding, FixId, Target } from '../../../shared/rules/finding.ts'
import { boundOf, labelOf } from '../../../shared/rules/labels.ts'
import { inUnit } from '../../../shared/rules/sentence.ts'
import { classNames } from '../../ui/class-names.ts'
import { adviceWords, boundSigns, fixWords } from './finding-words.ts'
import { useReport } from './use-report.ts'

type Look = { readonly icon: LucideIcon; readonly box: string; readonly mark: string; readonly kind: string }

const looks = {
  error: { icon: CircleAlert, box: 'bg-bad-wash', mark: 'text-bad', kind: 'Has to be solved' },
  warning: { icon: TriangleAlert, box: 'bg-warn-wash', mark: 'text-warn', kind: 'Worth knowing' },
} as const satisfies Record<string, Look>

const values = ({ measured, limit, unit, rule }: Finding) => ({
  measured: measured === null ? '–' : inUnit(measured, unit),
  limit: limit === null ? 'no limit stated' : `${boundSigns[boundOf(rule)]} ${inUnit(limit, unit)}`.trim(),
})

/** What the user has to solve or should know: in a whole sentence, with what to do. */
function OpenFinding({ finding }: { readonly finding: Finding }) {
  const { icon: Icon, box, mark, kind } = looks[finding.level === 'error' ? 'error' : 'warning']
  return (
    <li className={classNames('flex gap-2.5 rounded-lg px-3 py-2.5 text-sm', box)}>
      <Icon aria-label={kind} className={classNames('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium text-ink">{finding.message}</p>
        <p className="mt-0.5 text-xs text-soft">{adviceWords[finding.rule]}</p>
      </div>
    </li>
  )
}

/** What the app mends by itself: one line, because there is nothing to do. */
function FixedFinding({ finding, fix }: { readonly finding: Finding; readonly fix: FixId }) {
  const { measured, limit } = values(finding)
  return (
    <li className="flex gap-2.5 px-3 py-2 text-xs">
      <Wrench aria-label="Will be fixed" className="mt-px size-3.5 shrink-0 text-accent" />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 font-medium text-ink">
          <span className="sr-only">{finding.message}</span>
          <span aria-hidden className="first-letter:uppercase">
            {labelOf(finding.rule)}
          </span>
          <span aria-hidden className="tabular whitespace-nowrap">
            <span className="font-semibold text-accent">{measured}</span>{' '}
            <span className="font-normal text-faint">{limit}</span>
          </span>
        </p>
        <p className="mt-0.5 text-soft">Understudy {fixWords[fix]}</p>
      </div>
    </li>
  )
}

/** What is fine, and what only informs. */
function QuietFindings({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  const passed = findings.filter(({ level }) => level === 'pass').length
  return (
    <details className="group text-xs text-faint">
      <summary className="flex w-fit items-center gap-1.5 rounded px-1 py-0.5 hover:text-ink">
        <Check aria-hidden className="size-3.5 text-good" />
        {passed === 1 ? '1 check passed' : `${String(passed)} checks passed`}
        <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
      </summary>
      <table className="tabular mt-1.5 w-full text-left">
        <thead className="sr-only">
          <tr>
            <th>Check</th>
            <th>Measured</th>
            <th>Limit</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => {
            const { measured, limit } = values(finding)
            return (
              <tr key={`${finding.rule} ${limit}`} className="border-t border-line">
                <td className="py-1 pr-2 first-letter:uppercase">{labelOf(finding.rule)}</td>
                <td className="py-1 pr-2 text-right text-ink">{measured}</td>
                <td className="py-1 text-right">{limit}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </details>
  )
}

const targetWords: Readonly<Record<Target, string>> = {
  character: 'the character',
  clip: 'the clip',
  settings: 'the settings',
}
/** A warning adds nothing where the harder limit of the same rule is broken as well. */
const isCovered = (finding: Finding, all: readonly Finding[]) =>
  finding.level === 'warning' && all.some(({ rule, level }) => rule === finding.rule && level === 'error')

const isQuiet = ({ level }: Finding) => level === 'pass' || level === 'info'

/** Every rule held against one input: what needs attention in full, what passed folded away. */
export function Findings({ target }: { readonly target: Target }) {
  const { report, current } = useReport()
  const all = report?.findings.filter((finding) => finding.target === target) ?? []
  const findings = all.filter((finding) => !isCovered(finding, all))
  if (findings.length === 0) return null
  const open = findings.filter((finding) => !isQuiet(finding) && !finding.fix)
  const fixed = findings.flatMap((finding) =>
    !isQuiet(finding) && finding.fix ? [{ finding, fix: finding.fix }] : [],
  )
  return (
    <section
      aria-label={`Findings about ${targetWords[target]}`}
      aria-busy={!current}
      className={classNames('space-y-1.5 transition-opacity', !current && 'opacity-60')}
    >
      {open.length > 0 && (
        <ul className="space-y-1.5">
          {open
            .toSorted((a, b) => a.level.localeCompare(b.level))
            .map((finding) => (
              <OpenFinding key={`${finding.rule} ${String(finding.limit)}`} finding={finding} />
            ))}
        </ul>
      )}
      {fixed.length > 0 && (
        <ul className="divide-y divide-line rounded-lg bg-panel">
          {fixed.map(({ finding, fix }) => (
            <FixedFinding key={`${finding.rule} ${String(finding.limit)}`} finding={finding} fix={fix} />
          ))}
        </ul>
      )}
      <QuietFindings findings={findings.filter(isQuiet)} />
    </section>
  )
}
