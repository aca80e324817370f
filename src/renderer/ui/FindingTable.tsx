import type { Finding } from '../../shared/rules/finding.ts'
import { labelOf } from '../../shared/rules/providers.ts'
import { valuesOf } from '../lib/finding-words.ts'

/** Each rule with what was measured and its limit. */
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
