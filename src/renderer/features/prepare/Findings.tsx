import { Check, CircleAlert, Info, TriangleAlert, Wrench, type LucideIcon } from 'lucide-react'
import type { Finding, Target } from '../../../shared/rules/finding.ts'
import { gauges } from '../../../shared/rules/measure.ts'
import { inUnit } from '../../../shared/rules/sentence.ts'
import { classNames } from '../../ui/class-names.ts'
import { adviceWords, boundSigns, fixWords } from './finding-words.ts'
import { useReport } from './use-report.ts'

type Look = { readonly icon: LucideIcon; readonly box: string; readonly mark: string; readonly kind: string }

const looks = {
  error: { icon: CircleAlert, box: 'bg-bad-wash', mark: 'text-bad', kind: 'Has to be solved' },
  fixed: { icon: Wrench, box: 'bg-accent-wash', mark: 'text-accent', kind: 'Will be fixed' },
  warning: { icon: TriangleAlert, box: 'bg-warn-wash', mark: 'text-warn', kind: 'Worth knowing' },
  info: { icon: Info, box: 'bg-raised', mark: 'text-faint', kind: 'For information' },
} as const satisfies Record<string, Look>

function lookOf({ level, fix }: Finding): Look {
  if (level === 'info' || level === 'pass') return looks.info
  if (fix) return looks.fixed
  return looks[level]
}

const values = ({ measured, limit, unit, rule }: Finding) => ({
  measured: measured === null ? '–' : inUnit(measured, unit),
  limit:
    limit === null ? 'no limit stated' : `${boundSigns[gauges[rule].bound]} ${inUnit(limit, unit)}`.trim(),
})

function OpenFinding({ finding }: { readonly finding: Finding }) {
  const { icon: Icon, box, mark, kind } = lookOf(finding)
  const { measured, limit } = values(finding)
  return (
    <li className={classNames('flex gap-2.5 rounded-lg px-3 py-2.5 text-[0.8125rem]', box)}>
      <Icon aria-label={kind} className={classNames('mt-px size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="text-ink">{finding.message}</p>
        {finding.level !== 'info' && (
          <p className="mt-0.5 text-xs text-soft">
            {finding.fix ? `Understudy ${fixWords[finding.fix]}` : adviceWords[finding.rule]}
          </p>
        )}
      </div>
      <p className="tabular shrink-0 text-right text-xs leading-5">
        <span className={classNames('font-semibold', mark)}>{measured}</span>
        <span className="block text-faint">{limit}</span>
      </p>
    </li>
  )
}

function PassedFindings({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <details className="group text-xs text-faint">
      <summary className="flex w-fit items-center gap-1.5 rounded px-1 py-0.5 hover:text-ink">
        <Check aria-hidden className="size-3.5 text-good" />
        {findings.length === 1 ? '1 check passed' : `${String(findings.length)} checks passed`}
        <span className="text-soft underline decoration-line underline-offset-2 group-open:hidden">show</span>
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
                <td className="py-1 pr-2 first-letter:uppercase">{gauges[finding.rule].label}</td>
                <td className="py-1 pr-2 text-right text-ink">{measured}</td>
                <td className="py-1 text-right whitespace-nowrap">{limit}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </details>
  )
}

const weight = ({ level, fix }: Finding) => (level === 'error' ? (fix ? 1 : 0) : level === 'warning' ? 2 : 3)

/** Every rule held against one input: what needs attention in full, what passed folded away. */
export function Findings({ target }: { readonly target: Target }) {
  const { report, current } = useReport()
  const findings = report?.findings.filter((finding) => finding.target === target) ?? []
  if (findings.length === 0) return null
  const open = findings.filter(({ level }) => level !== 'pass').toSorted((a, b) => weight(a) - weight(b))
  const names = { character: 'the character', clip: 'the clip', settings: 'the settings' } as const
  return (
    <section
      aria-label={`Findings about ${names[target]}`}
      aria-busy={!current}
      className={classNames('space-y-1.5 transition-opacity', !current && 'opacity-50')}
    >
      {open.length > 0 && (
        <ul className="space-y-1.5">
          {open.map((finding) => (
            <OpenFinding key={`${finding.rule} ${String(finding.limit)}`} finding={finding} />
          ))}
        </ul>
      )}
      <PassedFindings findings={findings.filter(({ level }) => level === 'pass')} />
    </section>
  )
}
