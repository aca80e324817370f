import { Wrench } from 'lucide-react'
import type { Finding, FixId } from '../../../shared/rules/finding.ts'
import { labelOf } from '../../../shared/rules/labels.ts'
import { fixWords } from '../../lib/finding-words.ts'
import { ShortChoice } from './ShortChoice.tsx'
import { valuesOf } from '../../lib/values.ts'

/** What the app mends by itself: one line, because there is nothing to do. */
export function FixedFinding({ finding, fix }: { readonly finding: Finding; readonly fix: FixId }) {
  const { measured, limit } = valuesOf(finding)
  return (
    <li className="flex gap-2.5 px-3 py-2 text-xs">
      <Wrench aria-label="Will be fixed" className="mt-px size-3.5 shrink-0 text-accent" />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 font-medium text-ink">
          <span className="sr-only">{finding.message}</span>
          <span aria-hidden className="first-letter:uppercase">
            {labelOf(finding)}
          </span>
          <span aria-hidden className="tabular whitespace-nowrap">
            <span className="font-semibold text-accent">{measured}</span>{' '}
            <span className="font-normal text-faint">{limit}</span>
          </span>
        </p>
        <p className="mt-0.5 text-soft">Understudy {fixWords[fix]}</p>
        <ShortChoice finding={finding} />
      </div>
    </li>
  )
}
