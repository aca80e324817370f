import { Check, ChevronDown } from 'lucide-react'
import type { Finding } from '../../../shared/rules/finding.ts'
import { labelOf } from '../../../shared/rules/labels.ts'
import { valuesOf } from '../../lib/values.ts'

/** What is fine, and what only informs. */
export function QuietFindings({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  const passed = findings.filter(({ level }) => level === 'pass').length
  return (
    <details className="group text-xs text-faint">
      <summary className="flex w-fit items-center gap-1.5 rounded px-1 py-0.5 hover:text-ink">
        <Check aria-hidden className="size-3.5 text-good" />
        {passed === 1 ? '1 check passed' : `${String(passed)} checks passed`}
        <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
      </summary>
      <FindingTable findings={findings} />
    </details>
  )
}

export function FindingTable({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <table className="tabular mt-1.5 w-full text-left text-xs text-faint">
      <thead className="sr-only">
        <tr>
          <th>Check</th>
          <th>Measured</th>
          <th>Limit</th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => {
          const { measured, limit } = valuesOf(finding)
          return (
            <tr key={`${finding.rule} ${limit}`} className="border-t border-line">
              <td className="py-1 pr-2 first-letter:uppercase">{labelOf(finding)}</td>
              <td className="py-1 pr-2 text-right text-ink">{measured}</td>
              <td className="py-1 text-right">{limit}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
