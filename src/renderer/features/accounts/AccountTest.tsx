import type { AccountReport, Pack } from '../../../shared/domain/account.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Cell, DataTable } from '../../ui/DataTable.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { verdictWords } from './account-words.ts'

const unitsOf = ({ remaining, total }: Pack) =>
  `${remaining === null ? 'unknown' : String(remaining)} of ${total === null ? 'unknown' : String(total)}`

const dayOf = (when: string | null) => (when === null ? 'not stated' : new Date(when).toLocaleDateString())

function Packs({ packs }: { readonly packs: readonly Pack[] }) {
  return (
    <DataTable
      caption="Packs of this account"
      columns={[{ name: 'Pack' }, { name: 'Left', numeric: true }, { name: 'Expires' }, { name: 'Status' }]}
    >
      {packs.map((pack, index) => (
        <tr key={`${pack.name} ${String(index)}`}>
          <Cell>{pack.name}</Cell>
          <Cell numeric>{unitsOf(pack)}</Cell>
          <Cell soft>{dayOf(pack.expires)}</Cell>
          <Cell soft>{pack.status}</Cell>
        </tr>
      ))}
    </DataTable>
  )
}

/** What a free question told; null while the answer is under way. */
export function AccountTest({ answer }: { readonly answer: Outcome<AccountReport> | null }) {
  if (answer === null)
    return (
      <p role="status" className="flex items-center gap-2 text-xs text-soft">
        <Spinner className="size-3.5" /> Asking. This costs nothing.
      </p>
    )
  if (!answer.ok) return <ProblemCallout problem={answer.problem} />
  const { verdict, message, packs } = answer.value
  return (
    <div role="status" className="space-y-2 rounded-lg bg-sunken px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={verdictWords[verdict].tone}>{verdictWords[verdict].label}</Badge>
        <span className="min-w-0 flex-1 wrap-anywhere" data-selectable>
          {message}
        </span>
        <span className="text-xs text-faint">Cost nothing</span>
      </div>
      {packs.length > 0 && <Packs packs={packs} />}
    </div>
  )
}
