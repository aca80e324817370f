import { useId, type SyntheticEvent } from 'react'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { addressOptions, otherAddress } from './account-draft.ts'
import { KeyFields, type AccountFieldsProps, ProviderFields } from './AccountFields.tsx'
import { useAccountForm, type AccountFormProps } from './use-account-form.ts'

function Address({ provider, fields, problems, change }: AccountFieldsProps) {
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
        <TextField
          mono
          label="Other address"
          placeholder="https://api.example.com"
          value={fields.otherAddress}
          hint="Gets your key and files. Use trusted services."
          problem={problems.otherAddress}
          onChange={(value) => {
            change({ otherAddress: value })
          }}
        />
      )}
    </>
  )
}

function Fields(props: AccountFieldsProps) {
  const { fields, problems, change } = props
  return (
    <>
      <TextField
        initialFocus
        label="Name"
        value={fields.name}
        maxLength={60}
        problem={problems.name}
        onChange={(name) => {
          change({ name })
        }}
      />
      <Address {...props} />
      <ProviderFields {...props} />
      <KeyFields {...props} />
      <TextField
        label="Takes at once"
        value={fields.parallel}
        maxLength={3}
        hint="From 1 to 100. The others wait in line."
        problem={problems.parallel}
        onChange={(parallel) => {
          change({ parallel })
        }}
      />
    </>
  )
}

/** Adds or changes an account. Keys stay in this form until they are sent, and are gone with it. */
export function AccountForm(props: AccountFormProps) {
  const { provider, view, onClose } = props
  const { fields, problems, refused, saving, change, save } = useAccountForm(props)
  const form = useId()
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!saving) void save()
  }
  return (
    <Modal
      title={view ? `Edit ${view.account.name}` : `Add an account for ${provider.name}`}
      onClose={onClose}
      footer={
        <ModalActions onOut={onClose} action={view ? 'Save' : 'Add account'} disabled={saving} act={form} />
      }
    >
      <form id={form} noValidate autoComplete="off" onSubmit={onSubmit} className="space-y-4">
        <Fields provider={provider} view={view} fields={fields} problems={problems} change={change} />
        {refused && <ProblemCallout problem={refused} />}
      </form>
    </Modal>
  )
}
