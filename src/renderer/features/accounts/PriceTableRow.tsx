import { RotateCcw } from 'lucide-react'
import { enteredByUser } from '../../../shared/domain/settings.ts'
import { AmountField } from '../../ui/AmountField.tsx'
import { Button } from '../../ui/Button.tsx'
import { Cell } from '../../ui/DataTable.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import type { PriceRow } from './price-rows.ts'
import { useLivePrice, usePrice } from './use-price.ts'

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
          title={own ? 'Your own price counts until you reset it.' : undefined}
          onClick={() => void live.read()}
        >
          Read from Oxen
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
export function PriceTableRow({ row }: { readonly row: PriceRow }) {
  const { enter, reset } = usePrice(row)
  const live = useLivePrice(row)
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
            label={`US dollars a second: ${row.name}`}
            unit="USD/s"
            placeholder="unknown"
            value={row.price.perSecond}
            onChange={(perSecond) => void enter(perSecond)}
          />
        </Cell>
        <Cell soft short>
          {row.price.asOf}
        </Cell>
        <Cell soft>{row.price.source}</Cell>
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
