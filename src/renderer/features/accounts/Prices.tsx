import { useApp } from '../../state/store.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { priceRows } from './price-rows.ts'
import { PriceTableRow } from './PriceTableRow.tsx'

const columns = [
  { name: 'Provider' },
  { name: 'Model and mode' },
  { name: 'A second costs', numeric: true },
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
      <p className="mb-3 text-sm text-soft">
        Estimates are these rates times the seconds that come out. Enter what your plan really charges; an
        unknown rate stays unknown and is never guessed.
      </p>
      <DataTable caption="Prices by model and mode" columns={columns}>
        {priceRows(providers, prices).map((row) => (
          <PriceTableRow key={row.key} row={row} />
        ))}
      </DataTable>
    </>
  )
}
