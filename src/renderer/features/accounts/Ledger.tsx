import type { SpendEntry } from '../../../shared/domain/spend.ts'
import { useApp } from '../../state/store.ts'
import { Cell, DataTable } from '../../ui/DataTable.tsx'
import { ledgerDays, outcomeWords, type LedgerDay } from './ledger.ts'

const columns = [
  { name: 'Time' },
  { name: 'Clip' },
  { name: 'Paid by' },
  { name: 'Estimate', numeric: true },
  { name: 'Deducted', numeric: true },
  { name: 'Outcome' },
] as const

const dollars = (amount: number) => `${amount.toFixed(2)} USD`

function deductedWords(cost: SpendEntry['cost'], deducted: number | null): string {
  if (cost === null) return 'not stated'
  const units = `${cost.units} ${cost.unitName}`
  return deducted === null || cost.unitName === 'USD' ? units : `${dollars(deducted)} (${units})`
}

function Entry({ entry }: { readonly entry: SpendEntry }) {
  const provider = useApp(({ providers }) => providers.find(({ id }) => id === entry.provider)?.name)
  const account = useApp(
    ({ accounts }) => accounts.find((one) => one.account.id === entry.account)?.account.name,
  )
  const { at, clipName, amount, cost, deducted, outcome } = entry
  return (
    <tr>
      <Cell soft short>
        <time dateTime={at} className="tabular">
          {new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })}
        </time>
      </Cell>
      <Cell>{clipName}</Cell>
      <Cell soft>
        {provider ?? entry.provider}, {account ?? 'an account that was removed'}
      </Cell>
      <Cell numeric>{amount === null ? 'unknown' : `about ${dollars(amount)}`}</Cell>
      <Cell numeric>{deductedWords(cost, deducted)}</Cell>
      <Cell soft>{outcomeWords[outcome]}</Cell>
    </tr>
  )
}

function sumWords({ sum, estimated, unknown }: LedgerDay): string {
  const known = estimated === 0 ? dollars(sum) : `about ${dollars(sum)}`
  const part =
    estimated === 0 || estimated === sum ? known : `${known}, ${dollars(estimated)} of it estimated`
  return unknown === 0 ? part : `${part} + ${String(unknown)} unknown`
}

function Day({ day }: { readonly day: LedgerDay }) {
  // At noon the date is the same whatever the clock did that day.
  const name = new Date(`${day.day}T12:00:00`).toLocaleDateString(undefined, {
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  })
  return (
    <section aria-label={day.day} className="pt-3">
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <h4 className="font-medium">{name}</h4>
        <p className="tabular">{sumWords(day)}</p>
      </div>
      <DataTable caption={`Takes of ${name}`} columns={columns}>
        {day.entries.map((entry) => (
          <Entry key={`${entry.take} ${String(entry.attempt)}`} entry={entry} />
        ))}
      </DataTable>
    </section>
  )
}

/** Everything paid or possibly paid, by day, the newest first. */
export function Ledger({ entries }: { readonly entries: readonly SpendEntry[] }) {
  if (entries.length === 0) return <p className="text-sm text-soft">Nothing was sent to a provider yet.</p>
  return ledgerDays(entries).map((day) => <Day key={day.day} day={day} />)
}
