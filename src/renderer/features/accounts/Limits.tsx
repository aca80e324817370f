import { useApp } from '../../state/store.ts'
import { AmountField } from '../../ui/AmountField.tsx'

/** The user's own limits. Passing one needs a yes of its own. */
export function Limits() {
  const guards = useApp((state) => state.settings.guards)
  const changeSettings = useApp((state) => state.changeSettings)
  return (
    <section aria-label="Limits" className="space-y-2 border-b border-line pb-4">
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
      <p className="text-xs text-faint">
        An empty field is no limit. A take whose cost is unknown is always asked about while there is a limit.
      </p>
    </section>
  )
}
