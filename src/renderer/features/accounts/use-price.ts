import { useState } from 'react'
import type { Problem } from '../../../shared/outcome.ts'
import { enteredByUser } from '../../../shared/domain/settings.ts'
import { useApp } from '../../state/store.ts'
import { desktop } from '../../lib/desktop.ts'
import { localDay } from './local-day.ts'
import type { PriceRow } from './price-rows.ts'

/** Changes of one price; the others in the settings stay as they are. */
export function usePrice({ key }: PriceRow) {
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
export function useLivePrice({ rules }: PriceRow) {
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
