import { Check, ChevronDown } from 'lucide-react'
import type { Finding } from '../../../shared/rules/finding.ts'
import { FindingTable } from '../../ui/FindingTable.tsx'

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
