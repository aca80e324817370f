import { useState } from 'react'
import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { useApp } from '../../state/store.ts'
import { desktop } from '../../lib/desktop.ts'
import {
  draftOf,
  fieldsOf,
  keysOf,
  problemsOf,
  type AccountFields,
  type FieldProblems,
} from './account-draft.ts'

export type AccountFormProps = {
  readonly provider: ProviderView
  /** Null to add an account. */
  readonly view: AccountView | null
  readonly onClose: () => void
}

/** The content of the form and what is wrong with it; `save` closes the form when the account is saved. */
export function useAccountForm({ provider, view, onClose }: AccountFormProps) {
  const readAccounts = useApp((state) => state.readAccounts)
  const taken = useApp(
    ({ accounts }) => accounts.filter((one) => one.account.provider === provider.id).length,
  )
  const [fields, setFields] = useState<AccountFields>(() => fieldsOf(view, provider, taken))
  const [problems, setProblems] = useState<FieldProblems>({})
  const [refused, setRefused] = useState<Problem | null>(null)
  const [saving, setSaving] = useState(false)

  async function save() {
    const found = problemsOf(fields, view, provider)
    setProblems(found)
    setRefused(null)
    if (Object.keys(found).length > 0) return
    setSaving(true)
    const saved = await desktop().ask['account:save']({
      account: draftOf(fields, view, provider),
      keys: keysOf(fields),
    })
    setSaving(false)
    if (!saved.ok) {
      setRefused(saved.problem)
      return
    }
    await readAccounts()
    onClose()
  }

  const change = (to: Partial<AccountFields>) => {
    setFields((before) => ({ ...before, ...to }))
    setProblems({})
  }
  return { fields, problems, refused, saving, change, save }
}
