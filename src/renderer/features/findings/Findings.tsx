import { useId } from 'react'
import { Check, ChevronDown, Wrench, CircleAlert, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { Finding, FixId, Target } from '../../../shared/rules/finding.ts'
import { useApp } from '../../state/store.ts'
import { pairKey } from '../../state/check.ts'
import { FindingTable } from '../../ui/FindingTable.tsx'
import { labelOf } from '../../../shared/rules/providers.ts'
import { fixWords, adviceWords, valuesOf } from '../../lib/finding-words.ts'
import { ShortChoice } from './ShortChoice.tsx'
import { classNames } from '../../ui/class-names.ts'
import { HintFinding } from './HintFinding.tsx'
import { isHint, isQuestion } from '../../lib/hints.ts'
import { isCovered } from '../../lib/report-words.ts'
import { useReport } from '../../state/use-report.ts'

/** What only the user can judge, to tick off. It blocks nothing. */
function Checklist({ findings }: { readonly findings: readonly Finding[] }) {
  return findings.map((finding) => <Question key={finding.rule} finding={finding} />)
}

function Question({ finding }: { readonly finding: Finding }) {
  const id = useId()
  const seen = useApp((state) => state.seenByEye === pairKey(state))
  const setSeen = useApp((state) => state.setSeenByEye)
  return (
    <div className="flex gap-2.5 rounded-lg bg-panel px-3 py-2.5 text-xs">
      <input
        id={id}
        type="checkbox"
        checked={seen}
        onChange={(event) => {
          setSeen(event.target.checked)
        }}
        className="mt-px size-4 shrink-0 accent-accent"
      />
      <label htmlFor={id} className={seen ? 'text-faint' : 'text-soft'}>
        {finding.message}
      </label>
    </div>
  )
}

/** What is fine, and what only informs. A value is listed without a limit only where no limit of it is known. */
function QuietFindings({ findings: all }: { readonly findings: readonly Finding[] }) {
  const findings = all.filter(
    ({ rule, limit }) => limit !== null || !all.some((other) => other.rule === rule && other.limit !== null),
  )
  if (findings.length === 0) return null
  const passed = findings.filter(({ level }) => level === 'pass').length
  const others = findings.length - passed
  return (
    <details className="group text-xs text-faint">
      <summary className="flex w-fit items-center gap-1.5 rounded px-1 py-0.5 hover:text-ink">
        <Check aria-hidden className="size-3.5 text-good" />
        {passed === 1 ? '1 check passed' : `${String(passed)} checks passed`}
        {others > 0 && `, ${String(others)} without a limit`}
        <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
      </summary>
      <FindingTable findings={findings} />
    </details>
  )
}

/** What the app fixes automatically: one line, because there is nothing to do. */
function FixedFinding({ finding, fix }: { readonly finding: Finding; readonly fix: FixId }) {
  const { measured, limit } = valuesOf(finding)
  return (
    <li className="flex gap-2.5 px-3 py-2 text-xs">
      <Wrench aria-label="Will be fixed" className="mt-px size-3.5 shrink-0 text-soft" />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 font-medium text-ink">
          <span className="sr-only">{finding.message}</span>
          <span aria-hidden className="first-letter:uppercase">
            {labelOf(finding)}
          </span>
          <span aria-hidden className="tabular whitespace-nowrap">
            <span className="font-semibold text-ink">{measured}</span>{' '}
            <span className="font-normal text-faint">{limit}</span>
          </span>
        </p>
        <p className="mt-0.5 text-soft">Understudy {fixWords[fix]}</p>
        <ShortChoice finding={finding} />
      </div>
    </li>
  )
}

type Look = { readonly icon: LucideIcon; readonly box: string; readonly mark: string; readonly kind: string }

const looks = {
  error: { icon: CircleAlert, box: 'bg-bad-wash', mark: 'text-bad', kind: 'Must be fixed' },
  warning: { icon: TriangleAlert, box: 'bg-warn-wash', mark: 'text-warn', kind: 'Note' },
} as const satisfies Record<string, Look>

/** What the user has to solve or should know: in a whole sentence, with what to do. */
function OpenFinding({ finding }: { readonly finding: Finding }) {
  const { icon: Icon, box, mark, kind } = looks[finding.level === 'error' ? 'error' : 'warning']
  return (
    <li className={classNames('flex gap-2.5 rounded-lg px-3 py-2.5 text-sm', box)}>
      <Icon aria-label={kind} className={classNames('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium text-ink">{finding.message}</p>
        <p className="mt-0.5 text-xs text-soft">{adviceWords[finding.rule]}</p>
        <ShortChoice finding={finding} />
      </div>
    </li>
  )
}

const targetWords: Readonly<Record<Target, string>> = {
  character: 'the character',
  clip: 'the clip',
  settings: 'the settings',
}
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
      aria-label={`Checks of ${targetWords[target]}`}
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
