import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Problem } from '../../../../shared/outcome.ts'
import { useApp } from '../../../app/store.ts'
import { desktop } from '../../../desktop.ts'
import { AmountField } from '../../../ui/AmountField.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Cell } from '../../../ui/DataTable.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { localDay } from '../local-day.ts'
import { ProblemHere } from '../ProblemHere.tsx'
import type { PriceRow } from './price-rows.ts'

/** Changes of one price; the others in the settings stay as they are. */
function usePrice({ key }: PriceRow) {
  const changeSettings = useApp((state) => state.changeSettings)
  const prices = useApp((state) => state.settings.prices)
  const { [key]: _own, ...others } = prices
  const reset = () => changeSettings({ prices: others })
  const enter = (perSecond: number | null) =>
    perSecond === null
      ? reset()
      : changeSettings({
          prices: { ...others, [key]: { perSecond, asOf: localDay(new Date()), source: 'entered by you' } },
        })
  return { enter, reset }
}

/** Asks the provider itself; the core keeps what it says, and tells it with the settings. */
function useLivePrice({ rules }: PriceRow) {
  const account = useApp(({ accounts }) => accounts.find((one) => one.account.provider === rules.provider))
  const setSettings = useApp((state) => state.setSettings)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asking, setAsking] = useState(false)
  if (!account || !rules.livePrice) return null
  const read = async () => {
    setAsking(true)
    const { ask } = desktop()
    const price = await ask['price:refresh']({ account: account.account.id, model: rules.model })
    const settings = await ask['settings:read']({})
    setAsking(false)
    setProblem(price.ok ? null : price.problem)
    if (settings.ok) setSettings(settings.value)
  }
  return { problem, asking, read }
}

function Changes({ row }: { readonly row: PriceRow }) {
  const { reset } = usePrice(row)
  const live = useLivePrice(row)
  return (
    <span className="flex items-center justify-end gap-1">
      {live && (
        <Button size="small" disabled={live.asking} onClick={() => void live.read()}>
          Read from Oxen
        </Button>
      )}
      <IconButton
        size="small"
        label={`Reset to the known price: ${row.name}`}
        icon={<RotateCcw />}
        disabled={!row.corrected}
        onClick={() => void reset()}
      />
      {live?.problem && <ProblemHere problem={live.problem} />}
    </span>
  )
}

/** What a second of one model and mode costs, open to correction. */
export function PriceTableRow({ row }: { readonly row: PriceRow }) {
  const { enter } = usePrice(row)
  return (
    <tr>
      <Cell>{row.name}</Cell>
      <Cell numeric>
        <AmountField
          labelHidden
          label={`US dollars a second: ${row.name}`}
          unit="USD/s"
          placeholder="unknown"
          value={row.price.perSecond}
          onChange={(perSecond) => void enter(perSecond)}
        />
      </Cell>
      <Cell soft>{row.price.asOf}</Cell>
      <Cell soft>{row.price.source}</Cell>
      <Cell numeric>
        <Changes row={row} />
      </Cell>
    </tr>
  )
}
