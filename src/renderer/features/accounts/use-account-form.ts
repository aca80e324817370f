import { useState } from 'react'
import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { useCall } from '../../lib/use-call.ts'
import { useApp } from '../../state/store.ts'
import {
  draftOf,
  fieldsOf,
  keyKindOf,
  keysOf,
  problemsOf,
  type AccountFields,
  type FieldProblems,
} from './account-draft.ts'
import { text } from './text.ts'

type AccountFormOptions = {
  readonly provider: ProviderView
  /** Null to add an account. */
  readonly view: AccountView | null
  /** Without a key it is not saved. */
  readonly needsKey?: boolean
  readonly onSaved: (view: AccountView) => void
}

/** The content of the form and what is wrong with it; `save` saves the account if nothing is. */
export function useAccountForm({ provider, view, needsKey = false, onSaved }: AccountFormOptions) {
  const readAccounts = useApp((state) => state.readAccounts)
  const taken = useApp(
    ({ accounts }) => accounts.filter((one) => one.account.provider === provider.id).length,
  )
  const [fields, setFields] = useState<AccountFields>(() => fieldsOf(view, provider, taken))
  const [problems, setProblems] = useState<FieldProblems>({})
  const saving = useCall('account:save')

  async function save() {
    const isEmpty = needsKey && Object.keys(keysOf(fields)).length === 0
    const keyField = keyKindOf(fields) === 'pair' ? 'accessKey' : 'key'
    const found = {
      ...problemsOf(fields, view, provider),
      ...(isEmpty && { [keyField]: text.keyFirst }),
    }
    setProblems(found)
    saving.forget()
    if (Object.keys(found).length > 0) return
    const saved = await saving.run({ account: draftOf(fields, view, provider), keys: keysOf(fields) })
    if (!saved.ok) return
    await readAccounts()
    onSaved(saved.value)
  }

  const change = (to: Partial<AccountFields>) => {
    setFields((before) => ({ ...before, ...to }))
    setProblems({})
  }
  return { fields, problems, saving, change, save }
}
