import { useId, type SyntheticEvent } from 'react'
import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { useAccountForm } from './use-account-form.ts'
import { AddressChoice, AdvancedFields, Field, KeyFields, type AccountFieldsProps } from './AccountFields.tsx'

function Fields(props: AccountFieldsProps) {
  return (
    <>
      <Field {...props} initialFocus name="name" label="Name" maxLength={60} />
      <AddressChoice {...props} />
      <KeyFields {...props} />
      <AdvancedFields {...props} />
    </>
  )
}

type AccountFormProps = {
  readonly provider: ProviderView
  /** Null to add an account. */
  readonly view: AccountView | null
  readonly onClose: () => void
}

/** Adds or changes an account. Keys stay in this form until they are sent, and are gone with it. */
export function AccountForm(props: AccountFormProps) {
  const { provider, view, onClose } = props
  const { fields, problems, saving, change, save } = useAccountForm({ provider, view, onSaved: onClose })
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
