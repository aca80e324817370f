import { dateFormat } from '../../lib/language.ts'
import type { SpendEntry } from '../../../shared/domain/money.ts'
import { ledgerDays, type LedgerDay } from '../../lib/ledger.ts'
import { useApp } from '../../state/store.ts'
import { Cell, DataTable } from '../../ui/DataTable.tsx'
import { AmountField } from '../../ui/AmountField.tsx'
import { useCall } from '../../lib/use-call.ts'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { text } from './text.ts'

const outcomeWords: Readonly<Record<SpendEntry['outcome'], string>> = {
  open: 'no final answer yet',
  refused: 'refused, nothing was made',
  failed: 'failed at the provider',
  done: 'done',
}

const columns = [
  { name: 'Time' },
  { name: 'Clip' },
  { name: 'Paid by' },
  { name: 'Estimate', numeric: true },
  { name: 'Charged', numeric: true },
  { name: 'Outcome' },
] as const

const time = dateFormat({ hour: '2-digit', minute: '2-digit' })
const fullDay = dateFormat({ weekday: 'short', year: 'numeric', month: 'long', day: 'numeric' })

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
          {time.format(new Date(at))}
        </time>
      </Cell>
      <Cell>{clipName}</Cell>
      <Cell soft>
        {provider ?? entry.provider}, {account ?? 'a removed account'}
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
  const name = fullDay.format(new Date(`${day.day}T12:00:00`))
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
function Ledger({ entries }: { readonly entries: readonly SpendEntry[] }) {
  if (entries.length === 0) return <p className="text-sm text-soft">No spending yet.</p>
  return ledgerDays(entries).map((day) => <Day key={day.day} day={day} />)
}

/** The user's own limits. Passing one needs a yes of its own. */
export function Limits() {
  const guards = useApp((state) => state.settings.guards)
  const changeSettings = useApp((state) => state.changeSettings)
  return (
    <section aria-label="Limits" className="space-y-2">
      <h3 className="text-sm font-semibold">Limits</h3>
      <AmountField
        label="Ask me before a take costs more than"
        unit="USD"
        placeholder="no limit"
        value={guards.perTake}
        onChange={(perTake) => void changeSettings({ guards: { ...guards, perTake } })}
      />
      <AmountField
        label="Ask me before a day costs more than"
        unit="USD"
        placeholder="no limit"
        value={guards.perDay}
        onChange={(perDay) => void changeSettings({ guards: { ...guards, perDay } })}
      />
      <p className="text-xs text-faint" title={text.limits}>
        {text.noLimit}
      </p>
    </section>
  )
}

/** The limits, and what was spent. */
export function Spending() {
  const { answer: entries, problem } = useCall('spend:list', {})
  return (
    <>
      <Limits />
      <section aria-label="Ledger" className="mt-4 border-t border-line pt-4">
        <h3 className="text-sm font-semibold">What was sent</h3>
        <p className="mt-0.5 text-xs text-faint">{text.ledger}</p>
        {entries && <Ledger entries={entries} />}
        <ProblemCallout problem={problem} />
      </section>
    </>
  )
}
