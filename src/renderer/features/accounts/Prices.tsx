import { RotateCcw } from 'lucide-react'
import { enteredByUser } from '../../../shared/domain/settings.ts'
import { useApp } from '../../state/store.ts'
import { useCall } from '../../lib/use-call.ts'
import { localDay } from '../../../shared/domain/local-day.ts'
import { type PriceRow, priceRows } from './price-rows.ts'
import { AmountField } from '../../ui/AmountField.tsx'
import { Button } from '../../ui/Button.tsx'
import { Cell, DataTable } from '../../ui/DataTable.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { text } from './text.ts'

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
          prices: { ...others, [key]: { perSecond, asOf: localDay(new Date()), source: enteredByUser } },
        })
  return { enter, reset }
}

/**
 * Asks the provider itself; the core keeps what it says, and tells it with the settings. Null where the provider serves
 * no price or there is no account to ask with.
 */
function useLivePrice({ rules }: PriceRow) {
  const account = useApp(({ accounts }) => accounts.find((one) => one.account.provider === rules.provider))
  const setSettings = useApp((state) => state.setSettings)
  const price = useCall('price:refresh')
  const settings = useCall('settings:read')
  if (!account || !rules.livePrice) return null
  const read = async () => {
    await price.run({ account: account.account.id, model: rules.model })
    const known = await settings.run({})
    if (known.ok) setSettings(known.value)
  }
  return { problem: price.problem, asking: price.pending || settings.pending, read }
}

type ChangesProps = {
  readonly row: PriceRow
  readonly live: ReturnType<typeof useLivePrice>
  readonly reset: () => unknown
}

function Changes({ row, live, reset }: ChangesProps) {
  // A price that was read never takes the place of one that the user entered.
  const own = row.price.source === enteredByUser
  return (
    <span className="flex items-center justify-end gap-1">
      {live && (
        <Button
          size="small"
          disabled={live.asking || own}
          title={own ? text.ownPriceUsed : undefined}
          onClick={() => void live.read()}
        >
          Get price from Oxen
        </Button>
      )}
      <IconButton
        size="small"
        label={`Reset to the known price: ${row.name}`}
        icon={<RotateCcw />}
        disabled={!row.corrected}
        onClick={() => {
          reset()
        }}
      />
    </span>
  )
}

/** What a second of one model and mode costs, open to correction. */
function PriceTableRow({ row }: { readonly row: PriceRow }) {
  const { enter, reset } = usePrice(row)
  const live = useLivePrice(row)
  const isKnown = row.price.perSecond !== null
  return (
    <>
      <tr aria-label={row.name}>
        <Cell soft short>
          {row.provider}
        </Cell>
        <Cell>{row.model}</Cell>
        <Cell numeric>
          <AmountField
            labelHidden
            label={`US dollars per second: ${row.name}`}
            unit="USD/s"
            placeholder="unknown"
            value={row.price.perSecond}
            onChange={(perSecond) => void enter(perSecond)}
          />
        </Cell>
        <Cell soft short>
          {isKnown ? row.price.asOf : '–'}
        </Cell>
        <Cell soft>{isKnown ? row.price.source : '–'}</Cell>
        <Cell numeric>
          <Changes row={row} live={live} reset={reset} />
        </Cell>
      </tr>
      {live?.problem && (
        <tr>
          <td colSpan={6} className="py-1.5">
            <ProblemCallout problem={live.problem} />
          </td>
        </tr>
      )}
    </>
  )
}

const columns = [
  { name: 'Provider' },
  { name: 'Model and mode' },
  { name: 'Price per second', numeric: true },
  { name: 'As of' },
  { name: 'Source' },
  { name: 'Change', nameHidden: true },
] as const

/** What every estimate is made of. */
export function Prices() {
  const providers = useApp((state) => state.providers)
  const prices = useApp((state) => state.settings.prices)
  return (
    <>
      <p className="mb-3 text-sm text-soft">{text.estimates}</p>
      <DataTable caption="Prices by model and mode" columns={columns}>
        {priceRows(providers, prices).map((row) => (
          <PriceTableRow key={row.key} row={row} />
        ))}
      </DataTable>
    </>
  )
}
