import { useEffect } from 'react'
import { chosenAccount } from '../../state/accounts.ts'
import { useApp } from '../../state/store.ts'
import { chosenModel } from '../../state/inputs.ts'

const hasKey = (state: string | undefined) =>
  state !== undefined && state !== 'none' && state !== 'needed-again'

/** Keeps account, clip hosts and price in step with what is chosen and with what the accounts page changed. */
export function useReach(): void {
  const accounts = useApp((state) => state.accounts)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const readHosts = useApp((state) => state.readHosts)
  const readPriceOnce = useApp((state) => state.readPriceOnce)
  const account = useApp((state) => chosenAccount(state)?.account.id ?? null)
  const keyed = useApp((state) => hasKey(chosenAccount(state)?.key.state))
  const model = useApp((state) => chosenModel(state)?.model)
  const livePrice = useApp((state) => chosenModel(state)?.livePrice === true)
  const pageOpen = useApp((state) => state.accountsPlace !== null)
  const connected = useApp((state) => state.connected)

  useEffect(() => {
    changeTakeSettings({})
  }, [accounts, changeTakeSettings])

  useEffect(() => {
    if (account !== null && !pageOpen && connected) void readHosts(account)
  }, [account, pageOpen, connected, readHosts])

  useEffect(() => {
    if (account !== null && keyed && livePrice && model !== undefined && connected)
      void readPriceOnce(account, model)
  }, [account, keyed, livePrice, model, connected, readPriceOnce])
}
