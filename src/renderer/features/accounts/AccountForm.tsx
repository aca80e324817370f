import { useId, useState, type SyntheticEvent } from 'react'
import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { useCall } from '../../lib/use-call.ts'
import { useApp } from '../../state/store.ts'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import {
  addressOptions,
  draftOf,
  fieldsOf,
  keysOf,
  otherAddress,
  problemsOf,
  type AccountFields,
  type FieldProblems,
} from './account-draft.ts'
import { Field, KeyFields, type AccountFieldsProps, ProviderFields } from './AccountFields.tsx'
import { text } from './text.ts'

function Address(props: AccountFieldsProps) {
  const { provider, fields, change } = props
  return (
    <>
      <SelectField
        label="Address"
        value={fields.address}
        options={addressOptions(provider.addresses)}
        onChange={(address) => {
          change({ address })
        }}
      />
      {fields.address === otherAddress && (
        <Field
          {...props}
          mono
          name="otherAddress"
          label="Other address"
          placeholder="https://api.example.com"
          hint={text.addressTrust}
        />
      )}
    </>
  )
}

function Fields(props: AccountFieldsProps) {
  return (
    <>
      <Field {...props} initialFocus name="name" label="Name" maxLength={60} />
      <Address {...props} />
      <ProviderFields {...props} />
      <KeyFields {...props} />
      <Field {...props} name="parallel" label="Takes at once" maxLength={3} hint={text.parallelUse} />
    </>
  )
}

type AccountFormProps = {
  readonly provider: ProviderView
  /** Null to add an account. */
  readonly view: AccountView | null
  readonly onClose: () => void
}

/** The content of the form and what is wrong with it; `save` closes the form when the account is saved. */
function useAccountForm({ provider, view, onClose }: AccountFormProps) {
  const readAccounts = useApp((state) => state.readAccounts)
  const taken = useApp(
    ({ accounts }) => accounts.filter((one) => one.account.provider === provider.id).length,
  )
  const [fields, setFields] = useState<AccountFields>(() => fieldsOf(view, provider, taken))
  const [problems, setProblems] = useState<FieldProblems>({})
  const saving = useCall('account:save')

  async function save() {
    const found = problemsOf(fields, view, provider)
    setProblems(found)
    saving.forget()
    if (Object.keys(found).length > 0) return
    const saved = await saving.run({ account: draftOf(fields, view, provider), keys: keysOf(fields) })
    if (!saved.ok) return
    await readAccounts()
    onClose()
  }

  const change = (to: Partial<AccountFields>) => {
    setFields((before) => ({ ...before, ...to }))
    setProblems({})
  }
  return { fields, problems, saving, change, save }
}

/** Adds or changes an account. Keys stay in this form until they are sent, and are gone with it. */
export function AccountForm(props: AccountFormProps) {
  const { provider, view, onClose } = props
  const { fields, problems, saving, change, save } = useAccountForm(props)
  const form = useId()
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!saving.pending) void save()
  }
  return (
    <Modal
      title={view ? `Edit ${view.account.name}` : `Add an account for ${provider.name}`}
      onClose={onClose}
      footer={
        <ModalActions
          onOut={onClose}
          action={view ? 'Save' : 'Add account'}
          disabled={saving.pending}
          act={form}
        />
      }
    >
      <form id={form} noValidate autoComplete="off" onSubmit={onSubmit} className="space-y-4">
        <Fields provider={provider} view={view} fields={fields} problems={problems} change={change} />
        <ProblemCallout problem={saving.problem} />
      </form>
    </Modal>
  )
}
